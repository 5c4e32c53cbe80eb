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

}  // namespace

Result<Json> parse_json(std::string_view text, std::string subject, int max_depth) {
  bool too_deep = false;
  auto watch_depth = [&](int depth, Json::parse_event_t event, Json&) {
    using Event = Json::parse_event_t;
    if ((event == Event::object_start || event == Event::array_start) && depth >= max_depth) too_deep = true;
    return !too_deep;
  };
  try {
    Json json = Json::parse(text.begin(), text.end(), watch_depth);
    if (too_deep)
      return fail(std::move(subject), fmt::format("nested deeper than {} levels", max_depth), "reading JSON",
                  ErrorKind::invalid);
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
