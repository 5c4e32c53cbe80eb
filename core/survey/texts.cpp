// SPDX-License-Identifier: Apache-2.0
#include "core/survey/texts.h"

#include <fmt/format.h>

#include <map>
#include <optional>

#include "core/base/po.h"
#include "core/survey/definition_reader.h"

namespace halte::survey {
namespace {

using base::Json;
using Problems = std::vector<Problem>;

// Where a text stands, or would stand.
struct Slot {
  std::string name;
  Json* holder;  // the object with the text under `key`; for an item of a list the item, which may be a bare
                 // value
  std::string key;
  std::string fallback;  // what is shown where the definition has no text; "" for nothing
};

class Slots {
 public:
  explicit Slots(Json& definition) {
    for (auto key : {"title", "description"}) all.push_back({key, &definition, key, ""});
    for (Json& page : definition["pages"]) {
      const std::string name = "page " + page["name"].get<std::string>();
      for (auto key : {"title", "description"}) add(name, page, key);
      for (Json& question : page["elements"]) add_question(question);
    }
  }

  std::vector<Slot> all;

 private:
  void add(const std::string& name, Json& holder, std::string_view key, std::string fallback = "") {
    all.push_back({fmt::format("{}/{}", name, key), &holder, std::string(key), std::move(fallback)});
  }

  void add_question(Json& question) {
    const std::string name = question["name"];
    add(name, question, "title", question["type"] == "html" ? "" : name);
    for (auto key : {"description", "placeholder", "labelTrue", "labelFalse", "html", "minRateDescription",
                     "maxRateDescription"})
      add(name, question, key);
    for (std::string_view list : {"choices", "rateValues"}) {
      if (!question.contains(list)) continue;
      for (Json& item : question[std::string(list)]) {
        const Json& value = item.is_object() ? item["value"] : item;
        const std::string shown = value.is_string() ? value.get<std::string>() : base::to_text(value);
        all.push_back(
            {fmt::format("{}/{}/{}", name, list, shown), &item, "text", list == "choices" ? shown : ""});
      }
    }
  }
};

struct Text {
  std::string source;  // "" if the slot is empty
  std::string translation;
};

Text text_of(const Slot& slot, const std::string& own, std::string_view language) {
  DefinitionReader reader;
  reader.default_locale = own;
  const LocalizedText text =
      slot.holder->is_object() ? reader.text(Node{*slot.holder, ""}, slot.key) : LocalizedText{};
  const std::string chain[] = {own};
  auto translation = text.by_locale.find(language);
  return {text.empty() ? slot.fallback : std::string(text.in(chain)),
          translation == text.by_locale.end() ? "" : translation->second};
}

void set_translation(const Slot& slot, const Text& text, const std::string& language,
                     const std::string& translation) {
  if (!slot.holder->is_object()) *slot.holder = Json{{"value", *slot.holder}};
  Json& texts = (*slot.holder)[slot.key];
  // "default" and not the language: in SurveyJS it also serves all others.
  if (!texts.is_object()) texts = Json{{"default", text.source}};
  texts[language] = translation;
}

// The survey's own language; or why there is nothing to translate into that one.
std::expected<std::string, Problems> own_language(const Json& definition, std::string_view language) {
  auto survey = parse(base::to_text(definition));
  if (!survey) return std::unexpected(std::move(survey.error()));
  if (!is_locale(language))
    return std::unexpected(
        Problems{{"", fmt::format("\"{}\" is not a language like \"nl\" or \"pt-BR\"", language)}});
  if (survey->locale == language)
    return std::unexpected(
        Problems{{"/locale", fmt::format("\"{}\" is the survey's own language", language)}});
  return survey->locale;
}

// msgfmt wants both texts to begin and to end with a line end, or none.
bool same_line_ends(std::string_view a, std::string_view b) {
  return a.starts_with('\n') == b.starts_with('\n') && a.ends_with('\n') == b.ends_with('\n');
}

}  // namespace

std::expected<std::string, Problems> export_texts(const Json& definition, std::string_view language) {
  auto own = own_language(definition, language);
  if (!own) return std::unexpected(std::move(own.error()));
  Json copy = definition;
  base::PoFile file{{{"Language", std::string(language)}}, {}};
  for (const Slot& slot : Slots(copy).all) {
    const Text text = text_of(slot, *own, language);
    if (text.source.empty()) continue;
    bool fuzzy = !text.translation.empty() && !same_line_ends(text.source, text.translation);
    file.entries.push_back({slot.name, text.source, text.translation, fuzzy});
  }
  return base::write_po(file);
}

std::expected<TranslatedSurvey, Problems> import_texts(const Json& definition, std::string_view po) {
  auto file = base::read_po(po, "translations");
  if (!file) return std::unexpected(Problems{{"", file.error().cause}});
  const auto language = file->header.find("Language");
  if (language == file->header.end() || language->second.empty())
    return std::unexpected(Problems{{"", "the header names no Language"}});
  auto own = own_language(definition, language->second);
  if (!own) return std::unexpected(std::move(own.error()));
  TranslatedSurvey made{definition, language->second, 0, 0, {}};
  const Slots slots(made.definition);
  std::map<std::string, const Slot*> by_name;
  for (const Slot& slot : slots.all) by_name.emplace(slot.name, &slot);
  for (const base::PoEntry& entry : file->entries) {
    auto leave = [&](std::string reason) {
      made.left_out.push_back({entry.context, fmt::format("line {}: {}", entry.line, reason)});
    };
    const auto slot = by_name.find(entry.context);
    const Text text = slot == by_name.end() ? Text{} : text_of(*slot->second, *own, made.language);
    if (entry.translation.empty()) {
      ++made.untranslated;
    } else if (text.source.empty()) {
      leave("the survey has no such text");
    } else if (entry.text != text.source) {
      leave(fmt::format("fuzzy, not applied: the text is now \"{}\"", text.source));
    } else if (entry.fuzzy) {
      leave("is marked fuzzy, not applied");
    } else if (entry.translation != text.translation) {
      set_translation(*slot->second, text, made.language, entry.translation);
      ++made.applied;
    }
  }
  if (auto survey = parse(base::to_text(made.definition)); !survey)
    return std::unexpected(std::move(survey.error()));
  return made;
}

}  // namespace halte::survey
