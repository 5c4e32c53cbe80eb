// SPDX-License-Identifier: Apache-2.0
#include "core/base/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace halte::base {
namespace {

std::string place(std::string_view text, std::size_t byte) {
  std::string_view before = text.substr(0, std::min(byte > 0 ? byte - 1 : 0, text.size()));
  auto line = std::count(before.begin(), before.end(), '\n') + 1;
  auto line_start = before.rfind('\n');
  auto column = before.size() - (line_start == std::string_view::npos ? 0 : line_start + 1) + 1;
  return fmt::format("line {}, column {}", line, column);
}

// Of brackets outside strings. Counted before parsing: the library's own callback for it looks through all
// elements of a list at the end of each, which takes a minute for a megabyte of {}.
bool is_deeper_than(std::string_view text, int max_depth) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"')
      in_string = !in_string;
    else if (in_string && c == '\\')
      ++at;
    else if (!in_string && (c == '[' || c == '{') && ++depth > max_depth)
      return true;
    else if (!in_string && (c == ']' || c == '}'))
      --depth;
  }
  return false;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::string subject, int max_depth) {
  if (is_deeper_than(text, max_depth))
    return fail(std::move(subject), fmt::format("nested deeper than {} levels", max_depth), "reading JSON",
                ErrorKind::invalid);
  try {
    Json json = Json::parse(text.begin(), text.end());
    return json;
  } catch (const Json::parse_error& e) {
    return fail(std::move(subject), fmt::format("not JSON at {}", place(text, e.byte)), "reading JSON",
                ErrorKind::invalid);
  } catch (const Json::out_of_range&) {  // 1e9999
    return fail(std::move(subject), "holds a number that is too large", "reading JSON", ErrorKind::invalid);
  }
}

std::string to_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace halte::base
