// SPDX-License-Identifier: Apache-2.0
#include "sync/server/media/pictures.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace halte;
using media::import_picture;
using site::PictureUse;

namespace {

base::Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

base::Bytes svg(int width, int height,
                const std::string& body = "<rect width='100%' height='100%' fill='red'/>") {
  return bytes_of("<svg xmlns='http://www.w3.org/2000/svg' width='" + std::to_string(width) + "' height='" +
                  std::to_string(height) + "'>" + body + "</svg>");
}

media::Picture must_import(const base::Bytes& upload, PictureUse use) {
  auto picture = import_picture(upload, use);
  REQUIRE_MESSAGE(picture.has_value(), (picture ? "" : base::to_string(picture.error())));
  return *picture;
}

bool holds(const base::Bytes& content, const std::string& words) {
  return !std::ranges::search(content, words).empty();
}

// The same JPEG with an Exif segment behind its first marker: orientation 6 (the camera was turned) and a
// place, as a telephone writes them.
base::Bytes with_exif(const base::Bytes& jpeg, const std::string& place) {
  std::string exif("Exif\0\0MM\0*\0\0\0\b\0\2\1\022\0\3\0\0\0\1\0\6\0\0", 6 + 8 + 2 + 12);
  exif += std::string("\1\016\0\2\0\0\0", 7) + char(place.size()) + std::string("\0\0\0\046", 4);
  exif += std::string("\0\0\0\0", 4) + place;
  const std::size_t length = exif.size() + 2;
  base::Bytes out(jpeg.begin(), jpeg.begin() + 2);
  for (const unsigned byte : {0xFFu, 0xE1u, unsigned(length >> 8), unsigned(length & 255)})
    out.push_back(std::uint8_t(byte));
  out.insert(out.end(), exif.begin(), exif.end());
  out.insert(out.end(), jpeg.begin() + 2, jpeg.end());
  return out;
}

}  // namespace

TEST_CASE("picture: a logo is a PNG that fits, drawn from an SVG as large as allowed") {
  const media::Picture wide = must_import(svg(400, 50), PictureUse::logo);
  CHECK(wide.type == "image/png");
  CHECK(wide.width == 960);
  CHECK(wide.height == 120);
  const media::Picture tall = must_import(svg(10, 20), PictureUse::logo);
  CHECK(tall.width == 120);
  CHECK(tall.height == 240);
}

TEST_CASE("picture: an SVG without a size has the shape of its view box") {
  const auto upload =
      bytes_of("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 100'><circle r='9'/></svg>");
  const media::Picture picture = must_import(upload, PictureUse::logo);
  CHECK(picture.width == 720);
  CHECK(picture.height == 240);
}

TEST_CASE("picture: pixels are never blown up") {
  const media::Picture small =
      must_import(must_import(svg(400, 50), PictureUse::logo).content, PictureUse::attract);
  CHECK(small.type == "image/jpeg");
  CHECK(small.width == 960);
  CHECK(small.height == 120);
}

TEST_CASE("picture: a photo is scaled down to what a kiosk shows") {
  const media::Picture photo = must_import(svg(4000, 3000), PictureUse::attract);
  CHECK(photo.width == 1280);
  CHECK(photo.height == 960);
  CHECK(photo.content.size() < site::most_picture_bytes);
}

TEST_CASE("picture: of a photo only the pixels stay, turned the right way up") {
  const base::Bytes plain = must_import(svg(600, 300), PictureUse::attract).content;
  const base::Bytes upload = with_exif(plain, "52.0907N 5.1214E");
  REQUIRE(holds(upload, "52.0907N"));
  const media::Picture photo = must_import(upload, PictureUse::attract);
  CHECK_FALSE(holds(photo.content, "52.0907N"));
  CHECK_FALSE(holds(photo.content, "Exif"));
  CHECK(photo.width < photo.height);
}

TEST_CASE("picture: the same file gives the same bytes, so the same name") {
  CHECK(must_import(svg(300, 200), PictureUse::attract).content ==
        must_import(svg(300, 200), PictureUse::attract).content);
}

TEST_CASE("picture: what is none, broken or empty is refused in words") {
  const auto half_of = [](const base::Bytes& all) {
    return base::Bytes(all.begin(), all.begin() + std::ptrdiff_t(all.size() / 2));
  };
  const base::Bytes png = must_import(svg(100, 100), PictureUse::logo).content;
  const base::Bytes jpeg = must_import(svg(100, 100), PictureUse::attract).content;
  for (const base::Bytes& upload :
       {base::Bytes{}, bytes_of("GIF89a"), bytes_of("<html></html>"), half_of(png), half_of(jpeg),
        bytes_of("<svg xmlns='http://www.w3.org/2000/svg'><rect"),
        base::Bytes(png.begin(), png.begin() + 12)}) {
    auto picture = import_picture(upload, PictureUse::logo);
    REQUIRE_FALSE(picture);
    CHECK(picture.error().kind == base::ErrorKind::invalid);
    CHECK(picture.error().cause.size() > 8);
  }
}

TEST_CASE("picture: one that would take a gigabyte to decode is refused before it does") {
  base::Bytes png = must_import(svg(100, 100), PictureUse::logo).content;
  // The header says 30,000 x 30,000; its checksum is made to fit.
  const base::Bytes huge{0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 6, 0, 0, 0, 0x66, 0x27, 0xF8, 0xBA};
  std::ranges::copy(huge, png.begin() + 16);
  auto picture = import_picture(png, PictureUse::logo);
  REQUIRE_FALSE(picture);
  CHECK(picture.error().cause.find("64 million") != std::string::npos);
}

TEST_CASE("picture: an SVG with a picture in it is refused, however it is written") {
  const std::string data = "href='data:image/png;base64,iVBORw0KGgo=' width='9' height='9'/>";
  for (const std::string& body : {"<image " + data, "<s:image xmlns:s='http://www.w3.org/2000/svg' " + data,
                                  "<filter id='f'><feImage " + data + "</filter>",
                                  std::string("<image href='file:///etc/hostname' width='9' height='9'/>")}) {
    auto picture = import_picture(svg(100, 100, body), PictureUse::logo);
    REQUIRE_FALSE(picture);
    CHECK(picture.error().cause.find("picture in it") != std::string::npos);
  }
  const std::string root =
      "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='3'/></svg>";
  CHECK_FALSE(import_picture(bytes_of("<!DOCTYPE svg [<!ENTITY x 'y'>]>" + root), PictureUse::logo));
  CHECK_FALSE(import_picture(bytes_of("<?xml version='1.0' encoding='UTF-7'?>" + root), PictureUse::logo));
  CHECK(import_picture(bytes_of("<?xml version='1.0' encoding='UTF-8'?>" + root), PictureUse::logo));
}
