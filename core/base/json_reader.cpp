// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_reader.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

namespace halte::base {
namespace {

std::string escaped_for_pointer(std::string_view key) {
  std::string escaped;
  for (char c : key) {
    if (c == '~')
      escaped += "~0";
    else if (c == '/')
      escaped += "~1";
    else
      escaped += c;
  }
  return escaped;
}

std::optional<int> digits(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

}  // namespace

std::string to_string(const Problems& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += "; ";
    text += fmt::format("{}: {}", problem.pointer.empty() ? "document" : problem.pointer, problem.reason);
  }
  return text;
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = digits(text.substr(0, 4));
  auto month = digits(text.substr(5, 2));
  auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year(*year),
                                   std::chrono::month(static_cast<unsigned>(*month)),
                                   std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string to_text(std::chrono::year_month_day date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

ObjectReader::ObjectReader(const Json& json, std::string pointer, Problems& problems)
    : json_(json), pointer_(std::move(pointer)), problems_(problems) {
  if (!json_.is_object()) problem("", "must be an object");
}

bool ObjectReader::has(std::string_view key) const { return json_.is_object() && json_.contains(key); }

const Json* ObjectReader::find(const std::string& key) {
  known_.insert(key);
  if (!json_.is_object()) return nullptr;
  auto found = json_.find(key);
  return found == json_.end() ? nullptr : &*found;
}

const Json* ObjectReader::find_required(const std::string& key) {
  const Json* found = find(key);
  if (!found && json_.is_object()) problem(key, "is missing");
  return found;
}

const Json* ObjectReader::value(const std::string& key) { return find(key); }

std::string ObjectReader::text(const std::string& key) {
  const Json* found = find_required(key);
  if (!found) return {};
  if (found->is_string() && !found->get_ref<const std::string&>().empty()) return *found;
  problem(key, "must be a text that is not empty");
  return {};
}

std::string ObjectReader::text(const std::string& key, std::string fallback) {
  return optional_text(key).value_or(std::move(fallback));
}

std::optional<std::string> ObjectReader::optional_text(const std::string& key) {
  const Json* found = find(key);
  if (!found) return std::nullopt;
  if (found->is_string()) return found->get<std::string>();
  problem(key, "must be a text");
  return std::nullopt;
}

std::vector<std::string> ObjectReader::texts(const std::string& key) {
  const Json* found = find(key);
  std::vector<std::string> result;
  if (!found) return result;
  if (!found->is_array()) {
    problem(key, "must be a list of texts");
    return result;
  }
  for (std::size_t i = 0; i < found->size(); ++i) {
    const Json& item = (*found)[i];
    if (item.is_string())
      result.push_back(item.get<std::string>());
    else
      problems_.push_back({fmt::format("{}/{}/{}", pointer_, escaped_for_pointer(key), i), "must be a text"});
  }
  return result;
}

std::int64_t ObjectReader::integer(const std::string& key, std::int64_t low, std::int64_t high) {
  find_required(key);
  return integer(key, low, high, low);
}

std::int64_t ObjectReader::integer(const std::string& key, std::int64_t low, std::int64_t high,
                                   std::int64_t fallback) {
  const Json* found = find(key);
  if (!found) return fallback;
  bool fits =
      found->is_number_integer() && (!found->is_number_unsigned() ||
                                     found->get<std::uint64_t>() <= std::numeric_limits<std::int64_t>::max());
  if (fits && low <= found->get<std::int64_t>() && found->get<std::int64_t>() <= high) return *found;
  problem(key, fmt::format("must be a whole number from {} to {}", low, high));
  return fallback;
}

std::optional<double> ObjectReader::number(const std::string& key, double low, double high) {
  const Json* found = find(key);
  if (!found) return std::nullopt;
  if (found->is_number() && low <= found->get<double>() && found->get<double>() <= high)
    return found->get<double>();
  problem(key, fmt::format("must be a number from {} to {}", low, high));
  return std::nullopt;
}

bool ObjectReader::flag(const std::string& key, bool fallback) {
  const Json* found = find(key);
  if (!found) return fallback;
  if (found->is_boolean()) return *found;
  problem(key, "must be true or false");
  return fallback;
}

Instant ObjectReader::instant(const std::string& key) {
  const Json* found = find_required(key);
  if (!found) return {};
  if (found->is_string())
    if (auto at = parse_rfc3339(found->get_ref<const std::string&>())) return *at;
  problem(key, "must be a time in UTC like 2026-03-01T08:00:00Z");
  return {};
}

std::optional<std::chrono::year_month_day> ObjectReader::date(const std::string& key) {
  const Json* found = find(key);
  if (!found) return std::nullopt;
  if (found->is_string())
    if (auto date = parse_date(found->get_ref<const std::string&>())) return date;
  problem(key, "must be a date like 2026-03-01");
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> ObjectReader::text_map(const std::string& key) {
  std::vector<std::pair<std::string, std::string>> result;
  optional_object(key, [&](ObjectReader& map) {
    for (const auto& [name, value] : map.json_.items()) result.emplace_back(name, map.text(name));
  });
  return result;
}

void ObjectReader::object(const std::string& key, const Read& read) {
  if (find_required(key)) optional_object(key, read);
}

void ObjectReader::optional_object(const std::string& key, const Read& read) {
  const Json* found = find(key);
  if (!found) return;
  ObjectReader reader(*found, fmt::format("{}/{}", pointer_, escaped_for_pointer(key)), problems_);
  if (!found->is_object()) return;
  read(reader);
  reader.refuse_unknown_keys();
}

void ObjectReader::objects(const std::string& key, const Read& read) {
  const Json* found = find(key);
  if (!found) return;
  if (!found->is_array()) return problem(key, "must be a list");
  for (std::size_t i = 0; i < found->size(); ++i) {
    ObjectReader reader((*found)[i], fmt::format("{}/{}/{}", pointer_, escaped_for_pointer(key), i),
                        problems_);
    if (!(*found)[i].is_object()) continue;
    read(reader);
    reader.refuse_unknown_keys();
  }
}

void ObjectReader::problem(const std::string& key, std::string reason) {
  std::string pointer = key.empty() ? pointer_ : fmt::format("{}/{}", pointer_, escaped_for_pointer(key));
  problems_.push_back({std::move(pointer), std::move(reason)});
}

void ObjectReader::note_wrong_word(const std::string& key, const std::string& allowed) {
  problem(key, fmt::format("must be one of {}", allowed));
}

void ObjectReader::refuse_unknown_keys() {
  if (!json_.is_object()) return;
  for (const auto& [key, value] : json_.items())
    if (!known_.contains(key)) problem(key, "unknown key");
}

}  // namespace halte::base
