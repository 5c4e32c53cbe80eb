// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/voice/sentences.h"

#include <algorithm>

#include "app/ui/unicode.h"
#include "core/base/visit.h"

namespace halte::kiosk::voice {
namespace {

using Sentences = std::vector<std::string>;

using model::fill;

void add(Sentences& all, std::string_view sentence) {
  if (!sentence.empty()) all.emplace_back(sentence);
}

void add(Sentences& all, const model::QuestionText& question) {
  add(all, question.title);
  add(all, question.description);
}

void add_ends(Sentences& all, int low, const std::string& low_label, int high,
              const std::string& high_label) {
  if (!low_label.empty()) add(all, std::to_string(low) + ": " + low_label + ".");
  if (!high_label.empty()) add(all, std::to_string(high) + ": " + high_label + ".");
}

// "7Q4K" as "7, Q, 4, K".
std::string spelled(std::string_view code) {
  std::string letters;
  for (const char c : code) {
    if (c == '-' || c == ' ') continue;
    if (!letters.empty()) letters += ", ";
    letters += c;
  }
  return letters;
}

Sentences of_body(const model::View& view, bool is_private) {
  Sentences all;
  std::visit(base::Visitor{[&](const model::RateView& v) { add(all, v.question); },
                           [&](const model::ChipsView& v) { add(all, v.question); },
                           [&](const model::NumbersView& v) {
                             add(all, v.question);
                             add_ends(all, v.low, v.low_label, v.high, v.high_label);
                           },
                           [&](const model::StarsView& v) {
                             add(all, v.question);
                             add_ends(all, 1, v.low_label, v.count, v.high_label);
                           },
                           [&](const model::WritingView& v) {
                             add(all, v.question);
                             add(all, v.warning);
                           },
                           [&](const model::StatementView& v) { add(all, v.question); },
                           [&](const model::DecisionView& v) {
                             add(all, v.above);
                             add(all, v.question);
                           },
                           [&](const model::PurposesView& v) { add(all, v.question); },
                           [&](const model::ContactView& v) {
                             add(all, v.title);
                             add(all, v.mistake);
                           },
                           [&](const model::ThanksView& v) {
                             add(all, v.title);
                             add(all, v.withdrawn.empty() ? v.detail : v.withdrawn);
                             add(all, v.receipt);
                             if (is_private) add(all, spelled(v.code));
                           },
                           [&](const model::MessageView& v) {
                             add(all, v.title);
                             add(all, v.detail);
                           },
                           [&](const model::PrivacyView& v) {
                             add(all, v.title);
                             for (const std::string& paragraph : v.paragraphs) add(all, paragraph);
                           },
                           [&](const model::AidsView& v) { add(all, v.title); }},
             view.body);
  return all;
}

// "face/" of "face/3"; empty for an only one.
std::string_view family(std::string_view id) {
  const std::size_t slash = id.find('/');
  return slash == id.npos ? std::string_view{} : id.substr(0, slash + 1);
}

std::string place_of(const ui::Element& element, const ui::Registry& glass, const std::string& pattern) {
  int count = 0, place = 0;
  for (const ui::Element& other : glass.elements) {
    if (family(other.id).empty() || family(other.id) != family(element.id)) continue;
    ++count;
    if (other.id == element.id) place = count;
  }
  return fill(fill(pattern, "number", std::to_string(place)), "count", std::to_string(count));
}

std::string key_words(const std::string& label, const auto& t) {
  if (label == "delete" || label == "shift" || label == "space") return t(label.c_str());
  if (label == "123") return t("digits and signs");
  if (label == "ABC") return t("letters");
  const std::u32string letters = ui::decode_utf8(label);
  const bool is_capital = letters.size() == 1 && letters[0] < 128 && std::isupper(int(letters[0]));
  return is_capital ? fill(t("capital {letter}"), "letter", label) : label;
}

}  // namespace

std::vector<std::string> sentences(const model::View& view, bool is_private, const model::Say& say) {
  if (view.blocked) return {view.blocked->title, view.blocked->detail};
  if (view.still_there) return {view.still_there->title, view.still_there->detail};
  Sentences all;
  const bool is_question = view.footer.count > 1 && view.name.starts_with("question/");
  if (is_question)
    add(all, fill(fill(say("Question {number} of {count}.", view.language), "number",
                       std::to_string(view.footer.step + 1)),
                  "count", std::to_string(view.footer.count)));
  std::ranges::move(of_body(view, is_private), std::back_inserter(all));
  if (is_personal(view) && !is_private)
    add(all, say("For your privacy this part is read aloud only through a headset.", view.language));
  return all;
}

std::string spoken(const ui::Element& element, const ui::Registry& glass, const std::string& language,
                   const model::Say& say) {
  const auto t = [&](const char* id) { return say(id, language); };
  const auto join = [](std::string a, const std::string& b) { return b.empty() ? a : a + ", " + b; };
  const std::string chosen = element.selected ? t("chosen") : "";
  switch (element.role) {
    case ui::Role::face:
    case ui::Role::choice:
    case ui::Role::chip:
      return join(join(element.label, place_of(element, glass, t("answer {number} of {count}"))), chosen);
    case ui::Role::number: return join(element.label, chosen);
    case ui::Role::toggle: return join(element.label, t(element.selected ? "on" : "off"));
    case ui::Role::key: return key_words(element.label, t);
    case ui::Role::field: {
      const std::string length =
          element.length == 0 ? t("empty")
                              : fill(t("characters: {count}"), "count", std::to_string(element.length));
      return join(join(element.label, t("field")), length);
    }
    case ui::Role::control:
    case ui::Role::button:
    case ui::Role::link: return join(join(element.label, t("button")), chosen);
    case ui::Role::image:
    case ui::Role::scrim: break;
  }
  return element.label;
}

bool is_personal(const model::View& view) {
  const auto* thanks = std::get_if<model::ThanksView>(&view.body);
  return std::holds_alternative<model::ContactView>(view.body) ||
         std::holds_alternative<model::WritingView>(view.body) ||
         (thanks != nullptr && !thanks->code.empty());
}

}  // namespace halte::kiosk::voice
