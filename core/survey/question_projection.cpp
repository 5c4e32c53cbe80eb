// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "core/survey/definition_reader.h"
#include "core/survey/markup.h"
#include "core/survey/projection.h"

namespace halte::survey {
namespace {

using base::Json;

// What SurveyJS says by itself in the visitor's language.
const Json& own_words(std::string_view key) {
  static const std::map<std::string, Json, std::less<>> all{
      {"otherText",
       {{"nl", "Anders"},
        {"en", "Other"},
        {"de", "Sonstiges"},
        {"fr", "Autre"},
        {"tr", "Diğer"},
        {"pl", "Inne"},
        {"ar", "أخرى"}}},
      {"noneText",
       {{"nl", "Geen"},
        {"en", "None"},
        {"de", "Keine"},
        {"fr", "Aucun"},
        {"tr", "Hiçbiri"},
        {"pl", "Żadne"},
        {"ar", "لا شيء"}}},
      {"refuseText",
       {{"nl", "Wil ik niet zeggen"},
        {"en", "Prefer not to say"},
        {"de", "Keine Angabe"},
        {"fr", "Je préfère ne pas répondre"},
        {"tr", "Söylemek istemiyorum"},
        {"pl", "Wolę nie odpowiadać"},
        {"ar", "أفضل عدم الإجابة"}}},
      {"dontKnowText",
       {{"nl", "Weet ik niet"},
        {"en", "Don’t know"},
        {"de", "Weiß nicht"},
        {"fr", "Je ne sais pas"},
        {"tr", "Bilmiyorum"},
        {"pl", "Nie wiem"},
        {"ar", "لا أعرف"}}},
      {"labelTrue",
       {{"nl", "Ja"},
        {"en", "Yes"},
        {"de", "Ja"},
        {"fr", "Oui"},
        {"tr", "Evet"},
        {"pl", "Tak"},
        {"ar", "نعم"}}},
      {"labelFalse",
       {{"nl", "Nee"},
        {"en", "No"},
        {"de", "Nein"},
        {"fr", "Non"},
        {"tr", "Hayır"},
        {"pl", "Nie"},
        {"ar", "لا"}}},
  };
  return all.find(key)->second;
}

struct SpecialItem {
  std::string_view switch_key, text_key, value;
};
// In the order in which SurveyJS adds them.
constexpr SpecialItem kSpecialItems[] = {{"showNoneItem", "noneText", "none"},
                                         {"showRefuseItem", "refuseText", "refused"},
                                         {"showDontKnowItem", "dontKnowText", "dontknow"},
                                         {"showOtherItem", "otherText", "other"}};

const Json& value_of(const Json& item) {
  auto value = item.is_object() ? item.find("value") : item.end();
  return item.is_object() && value != item.end() ? *value : item;
}

class QuestionProjector {
 public:
  QuestionProjector(Projector& projector, const Json& source, const std::string& pointer)
      : projector_(projector), source_(source), pointer_(pointer) {}

  std::expected<ProjectedQuestion, std::string> project() {
    const Json* type = find("type");
    if (!type || !type->is_string()) return std::unexpected("has no type");
    if (is_true("readOnly")) return std::unexpected("is not asked: it is read only");
    const auto name = type->get<std::string>();
    std::string refusal = kind(name);
    if (!refusal.empty()) return std::unexpected(refusal);
    made_.question["type"] = kind_;
    if (kind_ != name)
      projector_.changed(pointer_, fmt::format("is asked as {}, not {}{}", kind_, name, remark_));
    else if (!remark_.empty())
      projector_.changed(pointer_, "is shown" + remark_);
    if (kind_ != "html") common();
    use({"type", "name", "valueName", "visible", "visibleIf"});
    projector_.keep_others(source_, pointer_, used_);
    return std::move(made_);
  }

 private:
  const Json* find(std::string_view key) const {
    auto found = source_.find(spelling(source_, key));
    return found == source_.end() ? nullptr : &*found;
  }
  bool is_true(std::string_view key) const {
    const Json* json = find(key);
    return json && json->is_boolean() && json->get<bool>();
  }
  void use(std::initializer_list<std::string_view> keys) {
    for (auto key : keys) used_.push_back(spelling(source_, key));
  }
  void text(std::string_view key) {
    use({key});
    if (const Json* json = find(key))
      if (auto shown = projector_.text(*json, fmt::format("{}/{}", pointer_, spelling(source_, key))))
        made_.question[key] = std::move(*shown);
  }
  void number(std::string_view key, int min, int max) {
    const Json* json = find(key);
    if (!json || !json->is_number_integer() || *json < min || *json > max) return;  // stays with the others
    use({key});
    made_.question[key] = *json;
  }

  void common() {
    text("title");
    text("description");
    if (const Json* required = find("isRequired"); required && required->is_boolean()) {
      use({"isRequired"});
      made_.question["isRequired"] = *required;
    }
  }

  // Returns why it is not asked; else sets kind_ and its properties.
  std::string kind(const std::string& type) {
    if (type == "rating") return rating();
    if (type == "radiogroup" || type == "dropdown" || type == "buttongroup") return choices("radiogroup");
    if (type == "checkbox" || type == "tagbox") return choices("checkbox");
    if (type == "imagepicker") {
      use({"multiSelect"});
      remark_ = ", without the pictures";
      return choices(is_true("multiSelect") ? "checkbox" : "radiogroup");
    }
    if (type == "boolean") return boolean();
    if (type == "comment") return input("comment");
    if (type == "text") return text_input();
    if (type == "html") return html();
    return fmt::format("is not asked: the kiosk has no question of type {}", type);
  }

  std::string input(std::string_view kind) {
    kind_ = kind;
    number("maxLength", 1, 10000);
    text("placeholder");
    return "";
  }

  std::string text_input() {
    const Json* type = find("inputType");
    if (type && *type != "text" && *type != "email" && *type != "tel" && *type != "number")
      return "is not asked: the kiosk has no input of this kind";
    use({"inputType"});
    if (type) made_.question["inputType"] = *type;
    return input("text");
  }

  std::string boolean() {
    kind_ = "boolean";
    const Json* on = find("valueTrue");
    const Json* off = find("valueFalse");
    use({"valueTrue", "valueFalse"});
    const Json yes = on ? *on : Json(true), no = off ? *off : Json(false);
    if (yes == true && no == false) return text("labelTrue"), text("labelFalse"), "";
    kind_ = "radiogroup";
    remark_ = ": its answers are not true and false";
    // A choice cannot be true or false; one of the two may still be left out.
    for (const auto& [value, label] : {std::pair(yes, "labelTrue"), std::pair(no, "labelFalse")}) {
      if (value.is_boolean()) return "is not asked: only one of its answers has a value of its own";
      special(value, label, "");
    }
    return "";
  }

  std::string html() {
    kind_ = "html";
    use({"html"});
    const Json* source = find("html");
    if (!source) return "is not shown: it has no html";
    Json simplified = source->is_object() ? Json::object() : Json();
    bool has_text = false, as_it_was = true;
    auto simplify = [&](const Json& json) -> Json {
      const auto* markup = json.get_ptr<const std::string*>();
      if (!markup) return json;  // the reader of texts says so
      std::string simple = parse_markup(*markup) ? *markup : simplified_markup(*markup);
      has_text = has_text || !simple.empty();
      as_it_was = as_it_was && simple == *markup;
      return simple;
    };
    if (source->is_object())
      for (const auto& [locale, markup] : source->items()) simplified[locale] = simplify(markup);
    else
      simplified = simplify(*source);
    if (!has_text) return "is not shown: nothing but tags and pictures";
    auto shown = projector_.text(simplified, pointer_ + "/html");
    if (!shown) return "is not shown: the kiosk can show no text of it";
    made_.question["html"] = std::move(*shown);
    if (!as_it_was) remark_ = " as text with bold, italic and line ends only";
    return "";
  }

  // SurveyJS takes "1|One" for the value 1 with the text One.
  Json item(const Json& source, const std::string& at) {
    if (const auto* text = source.get_ptr<const std::string*>();
        text && text->find('|') != std::string::npos) {
      auto bar = text->find('|');
      Json made{{"value", text->substr(0, bar)}};
      if (auto shown = projector_.text(text->substr(bar + 1), at)) made["text"] = std::move(*shown);
      return made;
    }
    if (!source.is_object()) return source;
    Json made{{"value", value_of(source)}};
    if (!source.contains("value")) made["value"] = nullptr;  // the judge says that it needs one
    projector_.copy_text(source, at, made, "text");
    projector_.keep_others(source, at, {"value", "text"});
    return made;
  }

  Json items(std::string_view key) {
    made_.origin.list_key = key;
    use({key});
    Json made = Json::array();
    const Json* list = find(key);
    for (std::size_t i = 0; list && list->is_array() && i < list->size(); ++i)
      made.push_back(item((*list)[i], fmt::format("{}/{}/{}", pointer_, key, i)));
    return made;
  }

  void special(const Json& value, std::string_view text_key, std::string_view switch_key) {
    use({text_key});
    const Json* own = find(text_key);
    auto shown = own ? projector_.text(*own, fmt::format("{}/{}", pointer_, text_key)) : std::nullopt;
    made_.question["choices"].push_back({{"value", value}, {"text", shown ? *shown : own_words(text_key)}});
    made_.origin.special[base::to_text(value)] = {std::string(text_key), std::string(switch_key)};
  }

  std::string choices(std::string_view kind) {
    kind_ = kind;
    const Json* own = find("choices");
    if (!own || !own->is_array() || own->empty()) return "is not asked: it has no choices of its own";
    made_.question["choices"] = items("choices");
    const Json written = made_.question["choices"];
    for (const auto& extra : kSpecialItems) {
      bool is_there = std::ranges::any_of(written, [&](const Json& c) { return value_of(c) == extra.value; });
      if (!is_true(extra.switch_key) || is_there) continue;
      special(extra.value, extra.text_key, spelling(source_, extra.switch_key));
      use({extra.switch_key});
      projector_.changed(fmt::format("{}/{}", pointer_, spelling(source_, extra.switch_key)),
                         fmt::format("is a choice like the others, with the answer \"{}\"", extra.value));
    }
    if (kind != "checkbox") return "";
    int most = static_cast<int>(made_.question["choices"].size());
    number("minSelectedChoices", 0, most);
    number("maxSelectedChoices", 1, most);
    return "";
  }

  std::string rating() {
    kind_ = "rating";
    const Json* values = find("rateValues");
    bool listed = values && values->is_array() && !values->empty() && !is_true("autoGenerate");
    text("minRateDescription");
    text("maxRateDescription");
    if (listed) return listed_rating(*values);
    for (auto key : {"rateMin", "rateMax", "rateStep", "rateCount"})
      if (const Json* json = find(key); json && !(json->is_number_integer() && *json >= 0 && *json <= 1000))
        return fmt::format("is not asked: {} is not a whole number from 0 to 1000", key);
    auto get = [&](const char* key) {
      return find(key) ? std::optional(find(key)->get<int>()) : std::nullopt;
    };
    const auto min = get("rateMin"), max = get("rateMax"), count = get("rateCount");
    const int step = get("rateStep").value_or(1);
    if (step < 1) return "is not asked: its scale has no steps";
    const int first = min.value_or(max && count ? *max - *count + 1 : 1);
    const int last = max.value_or(min && count ? *min + *count - 1 : 5);
    use({"rateMin", "rateMax", "rateCount", "rateStep", "autoGenerate", "rateType"});
    made_.origin.list_key = "rateValues";
    if (step == 1) {
      made_.question["rateMin"] = first;
      made_.question["rateMax"] = last;
    } else {
      Json steps = Json::array();
      for (int value = first; value <= last; value += step) steps.push_back(value);
      made_.question["rateValues"] = std::move(steps);
    }
    look(static_cast<std::size_t>(std::max(0, (last - first) / step + 1)));
    return "";
  }

  std::string listed_rating(const Json& values) {
    auto fits = [&](std::size_t i) {
      const Json& value = value_of(values[i]);
      return value.is_number_integer() && value >= 0 && value <= 100 &&
             (i == 0 || value > value_of(values[i - 1]));
    };
    bool scale = values.size() <= 11 && values.size() >= 2;
    for (std::size_t i = 0; scale && i < values.size(); ++i) scale = fits(i);
    Json made = items("rateValues");
    use({"autoGenerate", "rateCount", "rateMin", "rateMax", "rateType"});
    made_.question[scale ? "rateValues" : "choices"] = std::move(made);
    if (scale) return look(values.size()), "";
    kind_ = "radiogroup";
    remark_ = ": its values are not whole numbers that rise";
    for (auto key : {"minRateDescription", "maxRateDescription"}) {
      if (find(key)) projector_.kept(fmt::format("{}/{}", pointer_, key), "is not shown beside a list");
      made_.question.erase(key);
    }
    return "";
  }

  void look(std::size_t steps) {
    const Json* type = find("rateType");
    if (!type) return;
    bool known = *type == "labels" || *type == "numbers" || *type == "stars" || *type == "smileys";
    if (known && !(*type == "smileys" && steps > 10))
      made_.question["rateType"] = *type;
    else
      projector_.changed(pointer_ + "/rateType", "is shown as numbers");
  }

  Projector& projector_;
  const Json& source_;
  const std::string& pointer_;
  ProjectedQuestion made_{Json::object(), {}};
  std::string kind_, remark_;
  std::vector<std::string_view> used_;
};

}  // namespace

std::expected<ProjectedQuestion, std::string> project_question(Projector& projector, const base::Json& source,
                                                               const std::string& pointer) {
  auto made = QuestionProjector(projector, source, pointer).project();
  if (made) made->origin.pointer = pointer;
  return made;
}

}  // namespace halte::survey
