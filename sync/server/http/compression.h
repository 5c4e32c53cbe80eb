// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "sync/server/http/message.h"

namespace halte::http {

// gzip (one or more members) and zstd frames. `encoding` is "gzip" or "zstd", else invalid; broken or cut
// input: invalid; more than `limit` bytes: refused, without having made them.
base::Result<std::string> decompress(std::string_view encoding, std::string_view bytes, std::size_t limit);
std::string compress(std::string_view encoding, std::string_view bytes);

// Compresses JSON, CSV and text above 1 KiB where the client accepts zstd or gzip, unless the response has
// a Content-Encoding already. Sets Vary. A strong ETag becomes weak, since the bytes differ.
void compress_for(std::string_view accept_encoding, Response& response);

}  // namespace halte::http
