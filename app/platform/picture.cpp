// SPDX-License-Identifier: Apache-2.0
#include "app/platform/picture.h"

#include <png.h>
#include <turbojpeg.h>

#include <memory>
#include <string>

namespace halte::platform {
namespace {

constexpr int most_side = 2'048;  // pixels; site::limits_of() is well below

std::unexpected<base::Error> refuse(std::string cause) {
  return base::fail("picture", std::move(cause), "decoding it", base::ErrorKind::invalid);
}

base::Result<Image> make_image(int width, int height) {
  if (width <= 0 || height <= 0 || width > most_side || height > most_side)
    return refuse("is larger than 2048 pixels on a side");
  constexpr std::size_t channels = 4;
  return Image{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * channels)};
}

base::Result<Image> decode_png(base::ByteView picture) {
  png_image reader{};
  reader.version = PNG_IMAGE_VERSION;
  const auto release = [](png_image* p) { png_image_free(p); };
  const std::unique_ptr<png_image, decltype(release)> guard(&reader, release);
  if (!png_image_begin_read_from_memory(&reader, picture.data(), picture.size()))
    return refuse(std::string("is broken: ") + reader.message);
  reader.format = PNG_FORMAT_RGBA;
  auto image = make_image(int(reader.width), int(reader.height));
  if (!image) return image;
  if (!png_image_finish_read(&reader, nullptr, image->rgba.data(), 0, nullptr))
    return refuse(std::string("is broken: ") + reader.message);
  return image;
}

base::Result<Image> decode_jpeg(base::ByteView picture) {
  const auto release = [](tjhandle handle) { tjDestroy(handle); };
  const std::unique_ptr<void, decltype(release)> reader(tjInitDecompress(), release);
  if (!reader) return refuse("no memory for it");
  int width = 0, height = 0, subsampling = 0, space = 0;
  const auto size = static_cast<unsigned long>(picture.size());
  if (tjDecompressHeader3(reader.get(), picture.data(), size, &width, &height, &subsampling, &space) != 0)
    return refuse(std::string("is broken: ") + tjGetErrorStr2(reader.get()));
  auto image = make_image(width, height);
  if (!image) return image;
  if (tjDecompress2(reader.get(), picture.data(), size, image->rgba.data(), width, 0, height, TJPF_RGBA, 0) !=
      0)
    return refuse(std::string("is broken: ") + tjGetErrorStr2(reader.get()));
  return image;
}

}  // namespace

base::Result<Image> decode_picture(base::ByteView picture) {
  if (picture.size() > 4 && picture[0] == 0x89 && picture[1] == 'P') return decode_png(picture);
  if (picture.size() > 4 && picture[0] == 0xFF && picture[1] == 0xD8) return decode_jpeg(picture);
  return refuse("is neither PNG nor JPEG");
}

}  // namespace halte::platform
