// SPDX-License-Identifier: Apache-2.0
#include "core/survey/definition_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace halte::survey {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_locale(std::string_view locale) {
  auto language = locale.substr(0, locale.find('-'));
  bool subtags_follow = language.size() < locale.size();
  return (language.size() == 2 || language.size() == 3) && std::ranges::all_of(language, is_letter) &&
         locale.size() <= 16 && !locale.ends_with('-') &&
         (!subtags_follow || std::ranges::all_of(locale.substr(language.size()), [](char c) {
           return is_letter(c) || is_digit(c) || c == '-';
         }));
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= Limits::name_bytes && is_letter(name[0]) &&
         std::ranges::all_of(name,
                             [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool has_piping(std::string_view text) {
  auto open = text.find('{');
  return open != std::string_view::npos && text.find('}', open) != std::string_view::npos;
}

const base::Json* Node::find(std::string_view key) const {
  auto found = json.find(key);
  return found == json.end() ? nullptr : &*found;
}

std::string Node::pointer_to(std::string_view key) const {
  std::string path = pointer + "/";
  for (char c : key) {
    if (c == '~')
      path += "~0";
    else if (c == '/')
      path += "~1";
    else
      path += c;
  }
  return path;
}

std::string Node::pointer_to(std::size_t index) const { return fmt::format("{}/{}", pointer, index); }

void DefinitionReader::only(const Node& node, std::initializer_list<std::string_view> known,
                            std::string_view what) {
  for (const auto& [key, value] : node.json.items())
    if (std::ranges::find(known, key) == known.end())
      note(node.pointer_to(key), fmt::format("is not supported in {}", what));
}

std::string DefinitionReader::locale(const Node& node) {
  auto locale = string(node, "locale");
  if (!locale) return "en";
  if (is_locale(*locale)) return *locale;
  note(node.pointer_to("locale"), "is not a locale like \"nl\" or \"pt-BR\"");
  return "en";
}

std::string DefinitionReader::name(const Node& node) {
  if (!node.find("name")) {
    note(node.pointer, "has no name");
    return "";
  }
  auto name = string(node, "name");
  if (!name) return "";
  if (!is_name(*name)) {
    note(node.pointer_to("name"),
         fmt::format("must be a letter, then letters, digits, _ and -, at most {} in all",
                     Limits::name_bytes));
    return "";
  }
  return *name;
}

LocalizedText DefinitionReader::text(const Node& node, std::string_view key) {
  const auto* json = node.find(key);
  return json ? text(*json, node.pointer_to(key)) : LocalizedText{};
}

LocalizedText DefinitionReader::text(const base::Json& json, const std::string& pointer) {
  LocalizedText text;
  if (!json.is_object()) {
    translation(text, default_locale, json, pointer);
    return text;
  }
  Node node{json, pointer};
  for (const auto& [key, value] : json.items()) {
    if (key != "default" && !is_locale(key)) {
      note(node.pointer_to(key), "is not a locale like \"nl\" or \"pt-BR\"");
    } else if (key == "default" && json.contains(default_locale)) {
      note(node.pointer_to(key),
           fmt::format("is given besides \"{}\", which is the default", default_locale));
    } else {
      translation(text, key == "default" ? default_locale : key, value, node.pointer_to(key));
    }
  }
  if (json.empty()) note(pointer, "has no text in any language");
  return text;
}

void DefinitionReader::translation(LocalizedText& text, std::string_view locale, const base::Json& json,
                                   const std::string& pointer) {
  const auto* string = json.get_ptr<const std::string*>();
  if (!string) return note(pointer, "must be a text, or an object of texts by locale");
  if (string->size() > Limits::text_bytes)
    return note(pointer, fmt::format("is longer than {} bytes", Limits::text_bytes));
  if (has_piping(*string))
    return note(pointer, "has an answer in braces inside a text, which is not supported");
  if (!string->empty()) text.by_locale.emplace(locale, *string);
}

bool DefinitionReader::boolean(const Node& node, std::string_view key) {
  const auto* json = node.find(key);
  if (json && !json->is_boolean()) note(node.pointer_to(key), "must be true or false");
  return json && json->is_boolean() && json->get<bool>();
}

std::optional<int> DefinitionReader::integer(const Node& node, std::string_view key, int min, int max) {
  const auto* json = node.find(key);
  if (!json) return std::nullopt;
  bool fits = json->is_number_integer() && *json >= min && *json <= max;
  if (fits) return json->get<int>();
  note(node.pointer_to(key), fmt::format("must be a whole number from {} to {}", min, max));
  return std::nullopt;
}

std::optional<std::string> DefinitionReader::string(const Node& node, std::string_view key) {
  const auto* json = node.find(key);
  if (!json) return std::nullopt;
  if (const auto* string = json->get_ptr<const std::string*>()) return *string;
  note(node.pointer_to(key), "must be a text");
  return std::nullopt;
}

std::optional<Expression> DefinitionReader::expression(const Node& node, std::string_view key) {
  auto text = string(node, key);
  if (!text || text->empty()) return std::nullopt;
  auto expression = Expression::parse(*text);
  if (!expression) {
    const auto& error = expression.error();
    note(node.pointer_to(key), fmt::format("at character {}: {}", error.position + 1, error.reason));
    return std::nullopt;
  }
  for (auto& reference : expression->references())
    references.push_back({node.pointer_to(key), std::move(reference)});
  return std::move(*expression);
}

const base::Json* DefinitionReader::list(const Node& node, std::string_view key, std::size_t min,
                                         std::size_t max) {
  const auto* json = node.find(key);
  if (json && json->is_array() && json->size() >= min && json->size() <= max) return json;
  note(json ? node.pointer_to(key) : node.pointer,
       fmt::format("{}must be a list of {} to {} items", json ? "" : fmt::format("{} is missing: it ", key),
                   min, max));
  return nullptr;
}

}  // namespace halte::survey
