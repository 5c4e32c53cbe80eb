// SPDX-License-Identifier: Apache-2.0
#include "sync/server/media/pictures.h"

#include <cairo.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string_view>

namespace halte::media {
namespace {

constexpr long most_pixels = 64'000'000;  // decoded, a quarter of a gigabyte

struct Release {
  void operator()(gpointer object) const { g_object_unref(object); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
using Pixbuf = std::unique_ptr<GdkPixbuf, Release>;

std::unexpected<base::Error> refuse(std::string cause) {
  return base::fail("picture", std::move(cause), "importing it", base::ErrorKind::invalid);
}

// GLib's way to tell what went wrong.
class Mistake {
 public:
  ~Mistake() { g_clear_error(&error_); }
  GError** out() { return &error_; }
  std::string words() const { return error_ ? error_->message : "cannot be decoded"; }

 private:
  GError* error_ = nullptr;
};

struct Size {
  int width, height;
};

// The largest of that shape within the limits, where it is larger or where `grows`.
Size fitted(double width, double height, site::PictureLimits limits, bool grows) {
  const double scale = std::min(limits.width / width, limits.height / height);
  const double k = grows ? scale : std::min(1.0, scale);
  return {std::max(1, int(std::lround(width * k))), std::max(1, int(std::lround(height * k)))};
}

// What it is by its first bytes, whatever its name was; null: neither.
const char* raster_format(base::ByteView upload) {
  const auto starts_with = [&](std::initializer_list<std::uint8_t> magic) {
    return upload.size() > magic.size() && std::equal(magic.begin(), magic.end(), upload.begin());
  };
  if (starts_with({0x89, 'P', 'N', 'G'})) return "png";
  if (starts_with({0xFF, 0xD8, 0xFF})) return "jpeg";
  return nullptr;
}

// The decoders make a picture of the half that came: with the rest missing it would hang in every shop.
bool is_whole(base::ByteView upload, std::string_view format) {
  const std::string_view bytes(reinterpret_cast<const char*>(upload.data()), upload.size());
  return bytes.substr(bytes.size() / 2).find(format == "png" ? "IEND" : "\xFF\xD9") != bytes.npos;
}

bool looks_like_svg(base::ByteView upload) {
  constexpr std::size_t head = 4'096;
  const std::string_view text(reinterpret_cast<const char*>(upload.data()), std::min(head, upload.size()));
  return text.find("<svg") != std::string_view::npos;
}

// A picture in an SVG would be decoded without our limits, and so would one that an entity or another
// encoding hides.
bool is_plain_svg(base::ByteView upload) {
  const std::string_view text(reinterpret_cast<const char*>(upload.data()), upload.size());
  constexpr std::array<std::string_view, 4> with_pictures{"<image", ":image", "feImage", "<!ENTITY"};
  if (std::ranges::any_of(with_pictures, [&](std::string_view w) { return text.find(w) != text.npos; }))
    return false;
  const std::string_view declaration = text.substr(0, std::min(text.find("?>"), text.find("<svg")));
  const auto encoding = declaration.find("encoding=");
  if (encoding == declaration.npos) return true;
  const std::string_view name = declaration.substr(encoding + 10, 5);
  return name == "UTF-8" || name == "utf-8";
}

// Before a pixel is decoded: a size of nothing makes the decoder stop.
void stop_if_too_large(GdkPixbufLoader* loader, int width, int height, gpointer is_too_large) {
  if (long{width} * height <= most_pixels) return;
  *static_cast<bool*>(is_too_large) = true;
  gdk_pixbuf_loader_set_size(loader, 0, 0);
}

base::Result<Pixbuf> decode_raster(base::ByteView upload, const char* format) {
  Mistake mistake;
  std::unique_ptr<GdkPixbufLoader, Release> loader(gdk_pixbuf_loader_new_with_type(format, mistake.out()));
  if (!loader) return refuse(mistake.words());
  bool is_too_large = false;
  g_signal_connect(loader.get(), "size-prepared", G_CALLBACK(stop_if_too_large), &is_too_large);
  const bool written = gdk_pixbuf_loader_write(loader.get(), upload.data(), upload.size(), mistake.out());
  const bool closed = gdk_pixbuf_loader_close(loader.get(), written ? mistake.out() : nullptr);
  if (is_too_large) return refuse("has more than 64 million pixels");
  GdkPixbuf* decoded = gdk_pixbuf_loader_get_pixbuf(loader.get());
  if (!written || !closed || !decoded) return refuse("is broken: " + mistake.words());
  if (!is_whole(upload, format)) return refuse("is broken: its end is missing");
  return Pixbuf(gdk_pixbuf_apply_embedded_orientation(decoded));
}

// Cairo's pixels are multiplied by their alpha and stand in the machine's byte order.
Pixbuf pixbuf_of(cairo_surface_t* surface) {
  const int width = cairo_image_surface_get_width(surface), height = cairo_image_surface_get_height(surface);
  Pixbuf pixbuf(gdk_pixbuf_new(GDK_COLORSPACE_RGB, true, 8, width, height));
  const unsigned char* from = cairo_image_surface_get_data(surface);
  guchar* to = gdk_pixbuf_get_pixels(pixbuf.get());
  const int from_row = cairo_image_surface_get_stride(surface),
            to_row = gdk_pixbuf_get_rowstride(pixbuf.get());
  for (int y = 0; y < height; ++y) {
    const auto* pixels = reinterpret_cast<const std::uint32_t*>(from + std::ptrdiff_t(y) * from_row);
    guchar* out = to + std::ptrdiff_t(y) * to_row;
    for (int x = 0; x < width; ++x, out += 4) {
      const std::uint32_t argb = pixels[x], alpha = argb >> 24;
      const auto channel = [&](int shift) {
        return guchar(alpha == 0 ? 0 : std::min(255u, ((argb >> shift & 255u) * 255u + alpha / 2) / alpha));
      };
      out[0] = channel(16);
      out[1] = channel(8);
      out[2] = channel(0);
      out[3] = guchar(alpha);
    }
  }
  return pixbuf;
}

// Its shape: its own size in pixels, else its view box; without both a square.
std::pair<double, double> shape_of(RsvgHandle* svg) {
  double width = 0, height = 0;
  if (rsvg_handle_get_intrinsic_size_in_pixels(svg, &width, &height) && width > 0 && height > 0)
    return {width, height};
  gboolean has_width = false, has_height = false, has_box = false;
  RsvgLength ignored_width, ignored_height;
  RsvgRectangle box{};
  rsvg_handle_get_intrinsic_dimensions(svg, &has_width, &ignored_width, &has_height, &ignored_height,
                                       &has_box, &box);
  if (has_box && box.width > 0 && box.height > 0) return {box.width, box.height};
  return {1, 1};
}

base::Result<Pixbuf> decode_svg(base::ByteView upload, site::PictureLimits limits) {
  Mistake mistake;
  std::unique_ptr<RsvgHandle, Release> svg(
      rsvg_handle_new_from_data(upload.data(), upload.size(), mistake.out()));
  if (!svg) return refuse("is broken: " + mistake.words());
  const auto [width, height] = shape_of(svg.get());
  const Size size = fitted(width, height, limits, true);
  std::unique_ptr<cairo_surface_t, Release> surface(
      cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height));
  std::unique_ptr<cairo_t, Release> context(cairo_create(surface.get()));
  const RsvgRectangle whole{0, 0, double(size.width), double(size.height)};
  if (!rsvg_handle_render_document(svg.get(), context.get(), &whole, mistake.out()))
    return refuse("cannot be drawn: " + mistake.words());
  cairo_surface_flush(surface.get());
  return pixbuf_of(surface.get());
}

Pixbuf scaled(Pixbuf picture, Size size) {
  if (gdk_pixbuf_get_width(picture.get()) == size.width &&
      gdk_pixbuf_get_height(picture.get()) == size.height)
    return picture;
  return Pixbuf(gdk_pixbuf_scale_simple(picture.get(), size.width, size.height, GDK_INTERP_BILINEAR));
}

Pixbuf on_white(const Pixbuf& picture) {
  constexpr guint32 white = 0xFFFFFF;
  constexpr int opaque = 255, checks = 16;
  return Pixbuf(gdk_pixbuf_composite_color_simple(picture.get(), gdk_pixbuf_get_width(picture.get()),
                                                  gdk_pixbuf_get_height(picture.get()), GDK_INTERP_NEAREST,
                                                  opaque, checks, white, white));
}

base::Result<Picture> encode(const Pixbuf& pixels, site::PictureUse use) {
  const bool is_logo = use == site::PictureUse::logo;
  gchar* bytes = nullptr;
  gsize size = 0;
  Mistake mistake;
  const bool done = is_logo ? gdk_pixbuf_save_to_buffer(pixels.get(), &bytes, &size, "png", mistake.out(),
                                                        "compression", "9", nullptr)
                            : gdk_pixbuf_save_to_buffer(pixels.get(), &bytes, &size, "jpeg", mistake.out(),
                                                        "quality", "86", nullptr);
  if (!done) return refuse(mistake.words());
  Picture picture{is_logo ? "image/png" : "image/jpeg", base::Bytes(bytes, bytes + size),
                  gdk_pixbuf_get_width(pixels.get()), gdk_pixbuf_get_height(pixels.get())};
  g_free(bytes);
  if (picture.content.size() > site::most_picture_bytes) return refuse("is too large for kiosks: over 4 MiB");
  return picture;
}

}  // namespace

base::Result<Picture> import_picture(base::ByteView upload, site::PictureUse use) {
  const site::PictureLimits limits = site::limits_of(use);
  const char* format = raster_format(upload);
  if (!format && !looks_like_svg(upload)) return refuse("is neither PNG, JPEG nor SVG");
  if (!format && !is_plain_svg(upload))
    return refuse("is an SVG with a picture in it, or not in UTF-8: send it as PNG");
  auto decoded = format ? decode_raster(upload, format) : decode_svg(upload, limits);
  if (!decoded) return std::unexpected(decoded.error());
  const Size size =
      fitted(gdk_pixbuf_get_width(decoded->get()), gdk_pixbuf_get_height(decoded->get()), limits, false);
  Pixbuf pixels = scaled(std::move(*decoded), size);
  if (use == site::PictureUse::attract) pixels = on_white(pixels);
  if (!pixels) return refuse("no memory for it");
  return encode(pixels, use);
}

}  // namespace halte::media
