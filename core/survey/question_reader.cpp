// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/survey/definition_reader.h"
#include "core/survey/markup.h"
#include "core/survey/script_value.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

constexpr int kMaxRateValue = 100;
constexpr std::size_t kMaxRateItems = 11;
constexpr std::size_t kMaxSmileys = 10;  // SurveyJS draws no more

bool is_choice_value(const base::Json& json) {
  if (json.is_number_integer()) return true;
  const auto* text = json.get_ptr<const std::string*>();
  return text && !text->empty() && text->size() <= Limits::name_bytes && trim(*text).size() == text->size();
}

bool same_value(const base::Json& a, const base::Json& b) {
  return script::equal_answers(script::from_json(a), script::from_json(b));
}

// An item of choices: "staff", 3, or {"value": "staff", "text": ...}. nullopt after noting a problem.
std::optional<Choice> read_choice(DefinitionReader& reader, const Node& node) {
  bool has_own_text = node.json.is_object();
  if (has_own_text) reader.only(node, {"value", "text"}, "a choice");
  const base::Json* value = has_own_text ? node.find("value") : &node.json;
  if (!value || !is_choice_value(*value)) {
    reader.note(node.pointer, fmt::format("needs a value: a whole number, or a text of at most {} bytes",
                                          Limits::name_bytes));
    return std::nullopt;
  }
  Choice choice{*value, has_own_text ? reader.text(node, "text") : LocalizedText{}};
  if (choice.text.empty()) {
    std::string shown = value->is_string() ? value->get<std::string>() : base::to_text(*value);
    choice.text.by_locale.emplace(reader.default_locale, shown);
  }
  return choice;
}

std::vector<Choice> read_choices(DefinitionReader& reader, const Node& node) {
  std::vector<Choice> choices;
  const auto* list = reader.list(node, "choices", 1, Limits::choices);
  if (!list) return choices;
  for (std::size_t i = 0; i < list->size(); ++i) {
    Node item{(*list)[i], fmt::format("{}/choices/{}", node.pointer, i)};
    auto choice = read_choice(reader, item);
    if (!choice) continue;
    bool twice = std::ranges::any_of(
        choices, [&](const Choice& other) { return same_value(other.value, choice->value); });
    if (twice) reader.note(item.pointer, "has the value of an earlier choice");
    choices.push_back(std::move(*choice));
  }
  return choices;
}

Rating::Look read_look(DefinitionReader& reader, const Node& node) {
  auto type = reader.string(node, "rateType");
  if (!type || *type == "labels" || *type == "numbers") return Rating::Look::numbers;
  if (*type == "stars") return Rating::Look::stars;
  if (*type == "smileys") return Rating::Look::smileys;
  reader.note(node.pointer_to("rateType"), "must be labels (or numbers), stars or smileys");
  return Rating::Look::numbers;
}

std::vector<RatingItem> read_rate_values(DefinitionReader& reader, const Node& node) {
  std::vector<RatingItem> items;
  const auto* list = reader.list(node, "rateValues", 2, kMaxRateItems);
  if (!list) return items;
  for (std::size_t i = 0; i < list->size(); ++i) {
    Node item{(*list)[i], fmt::format("{}/rateValues/{}", node.pointer, i)};
    bool has_text = item.json.is_object();
    if (has_text) reader.only(item, {"value", "text"}, "a rate value");
    const auto* value = has_text ? item.find("value") : &item.json;
    bool fits = value && value->is_number_integer() && *value >= 0 && *value <= kMaxRateValue;
    if (!fits || (!items.empty() && *value <= items.back().value)) {
      reader.note(item.pointer, fmt::format("needs a whole number from 0 to {}, greater than the one before",
                                            kMaxRateValue));
      continue;
    }
    items.push_back({value->get<int>(), has_text ? reader.text(item, "text") : LocalizedText{}});
  }
  for (std::string_view key : {"rateMin", "rateMax"})
    if (node.find(key)) reader.note(node.pointer_to(key), "says again what rateValues says");
  return items;
}

// From rateMin, rateMax and rateCount, each of which may be left out.
std::vector<RatingItem> generated_rate_values(DefinitionReader& reader, const Node& node) {
  auto min = reader.integer(node, "rateMin", 0, kMaxRateValue);
  auto max = reader.integer(node, "rateMax", 0, kMaxRateValue);
  auto count = reader.integer(node, "rateCount", 2, kMaxRateItems);
  int first = min.value_or(max && count ? *max - *count + 1 : 1);
  int last = max.value_or(min && count ? *min + *count - 1 : 5);
  if (last - first < 1 || last - first >= static_cast<int>(kMaxRateItems)) {
    reader.note(node.pointer, fmt::format("has a scale from {} to {}: it must have 2 to {} steps", first,
                                          last, kMaxRateItems));
    return {};
  }
  std::vector<RatingItem> items;
  for (int value = first; value <= last; ++value) items.push_back({value, {}});
  return items;
}

Rating read_rating(DefinitionReader& reader, const Node& node) {
  Rating rating;
  rating.look = read_look(reader, node);
  bool generated = !node.find("rateValues");
  rating.items = generated ? generated_rate_values(reader, node) : read_rate_values(reader, node);
  if (node.find("autoGenerate") && reader.boolean(node, "autoGenerate") != generated)
    reader.note(node.pointer_to("autoGenerate"), "contradicts rateValues");
  auto count = node.find("rateCount") ? reader.integer(node, "rateCount", 2, kMaxRateItems) : std::nullopt;
  if (count && !rating.items.empty() && static_cast<std::size_t>(*count) != rating.items.size())
    reader.note(node.pointer_to("rateCount"),
                fmt::format("does not match the scale, which has {} steps", rating.items.size()));
  if (rating.look == Rating::Look::smileys && rating.items.size() > kMaxSmileys)
    reader.note(node.pointer, fmt::format("has more than {} smileys", kMaxSmileys));
  rating.min_text = reader.text(node, "minRateDescription");
  rating.max_text = reader.text(node, "maxRateDescription");
  return rating;
}

Checkbox read_checkbox(DefinitionReader& reader, const Node& node) {
  Checkbox box{.choices = read_choices(reader, node)};
  int most = static_cast<int>(std::max<std::size_t>(box.choices.size(), 1));
  if (auto min = reader.integer(node, "minSelectedChoices", 0, most))
    box.min_selected = static_cast<std::size_t>(*min);
  if (auto max = reader.integer(node, "maxSelectedChoices", 1, most))
    box.max_selected = static_cast<std::size_t>(*max);
  if (box.max_selected && *box.max_selected < box.min_selected)
    reader.note(node.pointer_to("maxSelectedChoices"), "is less than minSelectedChoices");
  return box;
}

std::optional<std::size_t> read_max_length(DefinitionReader& reader, const Node& node) {
  constexpr int kLongest = 10000;
  auto length = reader.integer(node, "maxLength", 1, kLongest);
  return length ? std::optional(static_cast<std::size_t>(*length)) : std::nullopt;
}

TextInput read_text_input(DefinitionReader& reader, const Node& node) {
  TextInput input;
  auto type = reader.string(node, "inputType").value_or("text");
  if (type == "email")
    input.type = TextInput::Type::email;
  else if (type == "tel")
    input.type = TextInput::Type::tel;
  else if (type == "number")
    input.type = TextInput::Type::number;
  else if (type != "text")
    reader.note(node.pointer_to("inputType"), "must be text, email, tel or number");
  input.max_length = read_max_length(reader, node);
  input.placeholder = reader.text(node, "placeholder");
  return input;
}

Html read_html(DefinitionReader& reader, const Node& node) {
  Html html{reader.text(node, "html")};
  if (!node.find("html")) reader.note(node.pointer, "html is missing");
  for (const auto& [locale, text] : html.html.by_locale)
    if (auto runs = parse_markup(text); !runs)
      reader.note(node.pointer_to("html"), fmt::format("in \"{}\": {}", locale, runs.error()));
  return html;
}

void only(DefinitionReader& reader, const Node& node, std::string_view type,
          std::initializer_list<std::string_view> own) {
  constexpr std::string_view kCommon[] = {"type", "name", "title", "description", "isRequired", "visibleIf"};
  for (const auto& [key, value] : node.json.items())
    if (std::ranges::find(kCommon, key) == std::end(kCommon) && std::ranges::find(own, key) == own.end())
      reader.note(node.pointer_to(key), fmt::format("is not supported in a {} question", type));
}

QuestionKind read_kind(DefinitionReader& reader, const Node& node, std::string_view type) {
  if (type == "rating") {
    only(reader, node, type,
         {"rateType", "rateValues", "rateMin", "rateMax", "rateCount", "autoGenerate", "minRateDescription",
          "maxRateDescription"});
    return read_rating(reader, node);
  }
  if (type == "radiogroup")
    return only(reader, node, type, {"choices"}), Radiogroup{read_choices(reader, node)};
  if (type == "checkbox") {
    only(reader, node, type, {"choices", "minSelectedChoices", "maxSelectedChoices"});
    return read_checkbox(reader, node);
  }
  if (type == "comment") {
    only(reader, node, type, {"maxLength", "placeholder"});
    return Comment{read_max_length(reader, node), reader.text(node, "placeholder")};
  }
  if (type == "text") {
    only(reader, node, type, {"inputType", "maxLength", "placeholder"});
    return read_text_input(reader, node);
  }
  if (type == "boolean") {
    only(reader, node, type, {"labelTrue", "labelFalse"});
    return Boolean{reader.text(node, "labelTrue"), reader.text(node, "labelFalse")};
  }
  if (type == "html") {
    only(reader, node, type, {"html"});
    for (std::string_view key : {"title", "description", "isRequired"})
      if (node.find(key)) reader.note(node.pointer_to(key), "is not supported in an html question");
    return read_html(reader, node);
  }
  reader.note(node.pointer_to("type"), fmt::format("the question type \"{}\" is not supported", type));
  return Html{};
}

}  // namespace

Question read_question(DefinitionReader& reader, const Node& node) {
  Question question;
  if (!node.json.is_object()) {
    reader.note(node.pointer, "must be an object: a question");
    return question;
  }
  question.name = reader.name(node);
  question.title = reader.text(node, "title");
  question.description = reader.text(node, "description");
  question.required = reader.boolean(node, "isRequired");
  question.visible_if = reader.expression(node, "visibleIf");
  if (auto type = reader.string(node, "type")) {
    question.kind = read_kind(reader, node, *type);
  } else if (!node.find("type")) {
    reader.note(node.pointer, "has no type");
  }
  if (question.title.empty() && !question.name.empty() && !std::holds_alternative<Html>(question.kind))
    question.title.by_locale.emplace(reader.default_locale, question.name);
  return question;
}

}  // namespace halte::survey
