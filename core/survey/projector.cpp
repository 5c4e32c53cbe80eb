// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/survey/definition_reader.h"
#include "core/survey/projection.h"

namespace halte::survey {
namespace {

using base::Json;

// "You gave us {score}. Why?" becomes "You gave us …. Why?".
std::string without_piping(std::string_view text) {
  std::string out;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{')) {
    auto close = text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    out += "…";
    text.remove_prefix(close + 1);
  }
  return out += text;
}

}  // namespace

void Projector::keep_others(const Json& object, const std::string& pointer,
                            std::vector<std::string_view> used) {
  Node node{object, pointer};
  for (const auto& [key, value] : object.items())
    if (std::ranges::find(used, key) == used.end()) kept(node.pointer_to(key), reason_to_keep(key));
}

void Projector::copy_text(const Json& source, const std::string& pointer, Json& target,
                          std::string_view key) {
  auto found = source.find(key);
  if (found == source.end()) return;
  if (auto shown = text(*found, fmt::format("{}/{}", pointer, key))) target[key] = std::move(*shown);
}

std::optional<Json> Projector::text(const Json& json, const std::string& pointer) {
  if (!json.is_object()) {
    auto plain = plain_text(json, pointer);
    return plain ? std::optional<Json>(*plain) : std::nullopt;
  }
  Json shown = Json::object();
  Node node{json, pointer};
  for (const auto& [key, value] : json.items()) {
    // SurveyJS's "default" is English and what every other language falls back to.
    std::string target = key == "default" && json.contains(locale) ? "en" : key;
    if (key != "default" && !is_locale(key)) {
      kept(node.pointer_to(key), "is not shown: not a language like \"nl\" or \"pt-BR\"");
    } else if (target != key && json.contains(target)) {
      kept(node.pointer_to(key), fmt::format("is not shown: \"{}\" and \"{}\" are there", locale, target));
    } else if (auto plain = plain_text(value, node.pointer_to(key))) {
      shown[target] = *plain;
    }
  }
  return shown.empty() ? std::nullopt : std::optional(shown);
}

std::optional<std::string> Projector::plain_text(const Json& json, const std::string& pointer) {
  if (json.is_number()) return base::to_text(json);  // "text": 5 is the text 5 in SurveyJS as well
  const auto* text = json.get_ptr<const std::string*>();
  if (!text) {
    if (!json.is_null()) kept(pointer, "is not shown: it is no text");
    return std::nullopt;
  }
  if (text->empty()) return std::nullopt;
  std::string shown = *text;
  if (has_piping(shown)) {
    shown = without_piping(shown);
    changed(pointer, "is shown with … in place of the answer in braces");
  }
  if (shown.size() <= Limits::text_bytes) return shown;
  kept(pointer, fmt::format("is not shown: longer than {} bytes", Limits::text_bytes));
  return std::nullopt;
}

}  // namespace halte::survey
