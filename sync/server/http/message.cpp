// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/message.h"

#include <algorithm>

namespace halte::http {

namespace {

constexpr std::size_t max_form_pairs = 256;

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool is_unreserved(char c) {
  const char lower = to_lower(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~';
}

// How many bytes the UTF-8 character at the front takes; 0: none (Unicode 15, table 3-7).
std::size_t utf8_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return at(i) >= low && at(i) <= high;
  };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3)
               ? 4
               : 0;
  }
  return 0;
}

bool is_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0 || text.front() == '\0') return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string_view without_weakness(std::string_view etag) {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string_view> split_list(std::string_view list) {
  std::vector<std::string_view> members;
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (const auto member = trim(list.substr(0, comma)); !member.empty()) members.push_back(member);
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
  }
  return members;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view encoding) {
  for (const auto member : split_list(accept_encoding)) {
    const auto semicolon = member.find(';');
    if (!equal_ignoring_case(trim(member.substr(0, semicolon)), encoding)) continue;
    if (semicolon == member.npos) return true;
    const auto weight = trim(member.substr(semicolon + 1));
    // A weight of 0 is written 0, 0.0, 0.00 or 0.000.
    return !(weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == weight.npos);
  }
  return false;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  return std::ranges::any_of(split_list(if_none_match), [&](std::string_view candidate) {
    return candidate == "*" || without_weakness(candidate) == without_weakness(etag);
  });
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const auto& [key, value] : fields_) {
    if (equal_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

void Headers::set(std::string name, std::string value) {
  std::erase_if(fields_, [&](const auto& field) { return equal_ignoring_case(field.first, name); });
  add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set_default(std::string name, std::string value) {
  if (!has(name)) add(std::move(name), std::move(value));
}

std::optional<std::string_view> Parameters::get(std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::string Parameters::get_or(std::string_view name, std::string_view otherwise) const {
  return std::string(get(name).value_or(otherwise));
}

Response Response::json(int status, const base::Json& value) {
  return {status, {{"Content-Type", "application/json"}}, base::to_text(value), nullptr};
}

Response Response::text(int status, std::string text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::move(text), nullptr};
}

Response Response::html(int status, std::string page) {
  return {status, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(page), nullptr};
}

Response Response::empty(int status) { return {status, {}, {}, nullptr}; }

Response Response::redirect(std::string location) {
  return {303, {{"Location", std::move(location)}}, {}, nullptr};
}

Response Response::file(std::string_view name, std::string type, std::string bytes) {
  auto disposition = "attachment; filename=\"" + std::string(name) + "\"";
  return {200,
          {{"Content-Type", std::move(type)}, {"Content-Disposition", std::move(disposition)}},
          std::move(bytes),
          nullptr};
}

Response Response::stream(std::shared_ptr<Subscription> events) {
  return {200, {{"Content-Type", "text/event-stream"}}, {}, std::move(events)};
}

void set_cookie(Response& response, const Cookie& cookie) {
  std::string field = cookie.name + "=" + cookie.value + "; Path=/; SameSite=Strict";
  if (cookie.max_age_s) field += "; Max-Age=" + std::to_string(*cookie.max_age_s);
  if (cookie.secure) field += "; Secure";
  if (cookie.http_only) field += "; HttpOnly";
  response.headers.add("Set-Cookie", std::move(field));
}

std::optional<std::string_view> cookie(const Request& request, std::string_view name) {
  for (const auto& [field, value] : request.headers.all()) {
    if (!equal_ignoring_case(field, "Cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const auto semicolon = rest.find(';');
      const auto pair = trim(rest.substr(0, semicolon));
      const auto equals = pair.find('=');
      if (equals != pair.npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
      rest.remove_prefix(semicolon == rest.npos ? rest.size() : semicolon + 1);
    }
  }
  return std::nullopt;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!is_text(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

std::optional<Parameters> parse_form(std::string_view text) {
  Pairs pairs;
  while (!text.empty()) {
    const auto ampersand = text.find('&');
    const auto pair = text.substr(0, ampersand);
    text.remove_prefix(ampersand == text.npos ? text.size() : ampersand + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true);
    auto value = percent_decode(equals == pair.npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value || pairs.size() == max_form_pairs) return std::nullopt;
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return Parameters(std::move(pairs));
}

}  // namespace halte::http
