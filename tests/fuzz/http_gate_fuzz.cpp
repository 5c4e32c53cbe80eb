// SPDX-License-Identifier: Apache-2.0
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sync/server/http/gatekeeper.h"
#include "sync/server/http/message.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::size_t count(std::string_view text, std::string_view wanted) {
  std::size_t found = 0;
  for (auto at = text.find(wanted); at != text.npos; at = text.find(wanted, at + 1)) ++found;
  return found;
}

}  // namespace

// What the gatekeeper lets through has one reading: Beast takes it too, and sees the same framing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace http = halte::http;
  namespace beast = boost::beast::http;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)http::percent_decode(bytes);
  if (const auto form = http::parse_form(bytes)) require(form->all().size() <= 256);

  const auto end = http::end_of_head(bytes);
  if (!end) return 0;
  require(*end <= size);
  const auto head = bytes.substr(0, *end);
  if (head.size() > 8'192 || http::refuse_head(head)) return 0;
  require(head.ends_with("\r\n\r\n") && head.find('\0') == head.npos);
  require(count(head, "\n") == count(head, "\r\n") && count(head, "\r") == count(head, "\r\n"));

  beast::request_parser<beast::string_body> parser;
  parser.header_limit(8'192);
  parser.body_limit(boost::none);
  boost::system::error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(head.data(), head.size()), error);
  // Beast refuses some more, such as a Connection that is no list of tokens: that is a 400 too.
  if (error) return 0;
  require(used == head.size() && parser.is_header_done());
  const auto& message = parser.get();
  require(message.count("Host") == 1);
  require(message.count("Content-Length") + message.count("Transfer-Encoding") <= 1);
  require(parser.chunked() == (message.count("Transfer-Encoding") == 1));
  if (const auto length = parser.content_length()) {
    require(message.count("Content-Length") == 1 &&
            *length == std::strtoull(message["Content-Length"].data(), nullptr, 10));
  }
  return 0;
}
