// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/compression.h"

#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cassert>
#include <memory>

namespace halte::http {

namespace {

constexpr std::size_t worth_compressing = 1024;
constexpr int gzip_window = 15 + 16;  // zlib's flag for a gzip wrapper
constexpr int max_window_log = 23;    // 8 MiB: a frame can't ask for more memory than its content may have

base::Result<std::string> too_large() {
  return base::fail("body", "is too large after decompression", {}, base::ErrorKind::refused);
}
base::Result<std::string> broken(std::string cause) {
  return base::fail("body", std::move(cause), {}, base::ErrorKind::invalid);
}

class Inflater {
 public:
  Inflater() { inflateInit2(&stream_, gzip_window); }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream* operator->() { return &stream_; }
  z_stream* get() { return &stream_; }

 private:
  z_stream stream_{};
};

base::Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  Inflater inflater;
  inflater->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  inflater->avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 64u << 10> buffer;
  while (true) {
    inflater->next_out = reinterpret_cast<Bytef*>(buffer.data());
    inflater->avail_out = buffer.size();
    const int result = inflate(inflater.get(), Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return broken("is not valid gzip");
    const std::size_t made = buffer.size() - inflater->avail_out;
    if (out.size() + made > limit) return too_large();
    out.append(buffer.data(), made);
    if (result == Z_STREAM_END) {
      if (inflater->avail_in == 0) return out;
      inflateReset(inflater.get());  // another member follows (RFC 1952 section 2.2)
    } else if (inflater->avail_in == 0 && inflater->avail_out != 0) {
      return broken("is cut gzip");
    }
  }
}

base::Result<std::string> unzstd(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, max_window_log);
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::string out;
  std::array<char, 64u << 10> buffer;
  std::size_t pending = 1;
  while (true) {
    ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
    pending = ZSTD_decompressStream(context.get(), &piece, &in);
    if (ZSTD_isError(pending)) return broken("is not valid zstd");
    if (out.size() + piece.pos > limit) return too_large();
    out.append(buffer.data(), piece.pos);
    if (in.pos == in.size && piece.pos < buffer.size()) break;
  }
  if (pending != 0) return broken("is cut zstd");
  return out;
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  deflateInit2(&stream, 5, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

bool is_compressible(std::string_view type) {
  return type.starts_with("application/json") || type.starts_with("application/problem+json") ||
         type.starts_with("text/");
}

}  // namespace

base::Result<std::string> decompress(std::string_view encoding, std::string_view bytes, std::size_t limit) {
  if (equal_ignoring_case(encoding, "gzip")) return gunzip(bytes, limit);
  if (equal_ignoring_case(encoding, "zstd")) return unzstd(bytes, limit);
  return broken("has an encoding other than gzip and zstd");
}

std::string compress(std::string_view encoding, std::string_view bytes) {
  assert(encoding == "gzip" || encoding == "zstd");
  return encoding == "gzip" ? gzip(bytes) : zstd(bytes);
}

void compress_for(std::string_view accept_encoding, Response& response) {
  if (response.body.size() <= worth_compressing || response.headers.has("Content-Encoding")) return;
  if (!is_compressible(response.headers.get("Content-Type").value_or(""))) return;
  response.headers.add("Vary", "Accept-Encoding");
  std::string encoding;
  if (accepts_encoding(accept_encoding, "zstd"))
    encoding = "zstd";
  else if (accepts_encoding(accept_encoding, "gzip"))
    encoding = "gzip";
  else
    return;
  response.body = compress(encoding, response.body);
  response.headers.set("Content-Encoding", encoding);
  if (const auto etag = response.headers.get("ETag"); etag && !etag->starts_with("W/")) {
    response.headers.set("ETag", "W/" + std::string(*etag));
  }
}

}  // namespace halte::http
