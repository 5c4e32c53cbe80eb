// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/site/pictures.h"

namespace halte::media {

struct Picture {
  std::string type;  // "image/png" or "image/jpeg"
  base::Bytes content;
  int width = 0, height = 0;  // pixels
};

// Makes of a PNG, a JPEG or an SVG what kiosks show: scaled down to site::limits_of(use), a logo as PNG with
// its transparency, the others as JPEG on white. Of a photo only the pixels stay, turned the right way up:
// not the place, the time or the camera. An SVG is drawn as large as allowed, in shapes and
// letters alone. Invalid: no such picture, a broken one, one of more than 64 million pixels, or an SVG with a
// picture in it. Any thread.
base::Result<Picture> import_picture(base::ByteView upload, site::PictureUse use);

}  // namespace halte::media
