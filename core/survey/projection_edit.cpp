// SPDX-License-Identifier: Apache-2.0
#include "core/survey/projection_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/survey/script_value.h"
#include "core/survey/text.h"

namespace halte::survey {
namespace {

using base::Json;

// Marks what is asked with its name in the definition while things move about; no document holds a property
// that begins with a control character.
constexpr const char* kMark = "\x01halte";

const Json& member(const Json& object, std::string_view key) {
  static const Json kNone;
  auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? *found : kNone;
}

std::string text_member(const Json& object, std::string_view key) {
  const auto* text = member(object, key).get_ptr<const std::string*>();
  return text ? *text : std::string();
}

void put(Json& object, std::string_view key, const Json& value) {
  if (value.is_null())
    object.erase(std::string(key));
  else
    object[key] = value;
}

// A text or another property: language by language where it is an object on all sides.
void patch(Json& target, std::string_view key, const Json& before, const Json& wanted) {
  if (before == wanted) return;
  if (!before.is_object() || !wanted.is_object() || !member(target, key).is_object())
    return put(target, key, wanted);
  Json& texts = target[key];
  for (const auto& [locale, text] : before.items())
    if (!wanted.contains(locale)) texts.erase(locale);
  for (const auto& [locale, text] : wanted.items())
    if (member(before, locale) != text) texts[locale] = text;
}

const Json& value_of(const Json& item) { return item.is_object() ? member(item, "value") : item; }

bool same_value(const Json& a, const Json& b) {
  return script::equal_answers(script::from_json(a), script::from_json(b));
}

const Json* item_of(const Json& list, const Json& value) {
  auto has_value = [&](const Json& item) { return same_value(value_of(item), value); };
  auto found = std::find_if(list.begin(), list.end(), has_value);
  return list.is_array() && found != list.end() ? &*found : nullptr;
}

// The list of choices or rate values: an item keeps what else the document says of it.
void patch_items(Json& target, const Origin& origin, const Json& before, const Json& wanted) {
  const Json written = member(target, origin.list_key);
  Json list = Json::array();
  std::set<std::string> special_left;
  for (const auto& [value, special] : origin.special) special_left.insert(value);
  for (const auto& item : wanted) {
    const Json* old = item_of(before, value_of(item));
    const Json old_text = old ? member(*old, "text") : Json();
    if (auto special = origin.special.find(base::to_text(value_of(item))); special != origin.special.end()) {
      special_left.erase(special->first);
      patch(target, special->second.text_key, old_text, member(item, "text"));
      continue;
    }
    // "1|One" stands in the document as one text: there the old item is found by what it was read as.
    std::size_t index = old ? static_cast<std::size_t>(old - &before.front()) : 0;
    if (!old || !written.is_array() || index >= written.size()) {
      list.push_back(item);
    } else if (old_text == member(item, "text")) {
      list.push_back(written[index]);
    } else {
      Json kept = written[index].is_object() ? written[index] : Json{{"value", value_of(*old)}};
      patch(kept, "text", old_text, member(item, "text"));
      list.push_back(std::move(kept));
    }
  }
  for (const auto& value : special_left)
    if (const auto& key = origin.special.at(value).switch_key; !key.empty()) target[key] = false;
  if (!origin.list_key.empty() && list != written && !(list.empty() && written.is_null()))
    target[origin.list_key] = std::move(list);
}

class Editor {
 public:
  Editor(Json& document, const Projection& before) : document_(document), before_(before) {
    for (const auto& [name, ours] : before.names) old_names_.emplace(lower_case(ours), original_name(ours));
  }

  void apply(const Json& wanted) {
    mark();
    for (auto key : {"locale", "title", "description"})
      patch(document_, key, member(before_.definition, key), member(wanted, key));
    remove_missing(wanted);
    arrange_pages(wanted);
    for (const auto& page : wanted["pages"]) {
      edit_page(page);
      for (const auto& question : page["elements"]) edit_question(question);
    }
    arrange_questions(wanted);
    unmark(document_);
  }

 private:
  // The name as conditions of the document spell it.
  std::string original_name(const std::string& ours) const {
    auto origin = before_.questions.find(ours);
    if (origin == before_.questions.end()) return ours;
    const Json& source = document_.at(Json::json_pointer(origin->second.pointer));
    std::string value_name = text_member(source, "valueName");
    return value_name.empty() ? text_member(source, "name") : value_name;
  }

  void mark() {
    for (const auto& [name, origin] : before_.pages)
      document_[Json::json_pointer(origin.pointer)][kMark] = "page " + name;
    for (const auto& [name, origin] : before_.questions)
      document_[Json::json_pointer(origin.pointer)][kMark] = name;
  }
  void unmark(Json& node) {
    if (node.is_object()) node.erase(kMark);
    for (auto& child : node)
      if (child.is_structured()) unmark(child);
  }

  // The list that holds the marked element, and where in it; a list of nullptr if there is none.
  struct Place {
    Json* list = nullptr;
    std::size_t index = 0;
    Json& element() const { return (*list)[index]; }
  };
  Place find(Json& node, const std::string& mark) {
    for (std::string_view key : {"pages", "elements", "questions"}) {
      auto list = node.find(key);
      if (list == node.end() || !list->is_array()) continue;
      for (std::size_t i = 0; i < list->size(); ++i) {
        if (!(*list)[i].is_object()) continue;
        if (text_member((*list)[i], kMark) == mark) return {&*list, i};
        if (Place inside = find((*list)[i], mark); inside.list) return inside;
      }
    }
    return {};
  }
  Json* page_of(const std::string& name) {
    if (text_member(document_, kMark) == "page " + name) return &document_;
    Place place = find(document_, "page " + name);
    return place.list ? &place.element() : nullptr;
  }

  void remove_missing(const Json& wanted) {
    std::set<std::string> there;
    for (const auto& page : wanted["pages"]) {
      there.insert("page " + text_member(page, "name"));
      for (const auto& question : page["elements"]) there.insert(text_member(question, "name"));
    }
    auto remove = [&](const std::string& mark) {
      if (there.contains(mark)) return;
      if (Place place = find(document_, mark); place.list) place.list->erase(place.index);
    };
    for (const auto& [name, origin] : before_.questions) remove(name);
    // A page that moves its last question elsewhere goes when that is done: see arrange_questions().
    for (const auto& [name, origin] : before_.pages)
      if (!there.contains("page " + name)) leaving_.push_back("page " + name);
  }

  // The pages that are asked, in the wanted order; those that are not stay where they are.
  void arrange_pages(const Json& wanted) {
    if (text_member(document_, kMark).starts_with("page ")) {
      const auto& first = wanted["pages"][0];
      if (wanted["pages"].size() == 1 && page_of(text_member(first, "name"))) return;
      split_off_page();
    }
    Json& pages = document_["pages"];
    std::size_t after = 0;
    for (const auto& page : wanted["pages"]) {
      const std::string mark = "page " + text_member(page, "name");
      Place place = find(document_, mark);
      if (!place.list) {
        Json made = page;
        made["elements"] = Json::array();
        made[kMark] = mark;
        pages.insert(pages.begin() + std::ptrdiff_t(after), std::move(made));
        ++after;
        continue;
      }
      if (place.index < after) {
        Json moved = std::move(place.element());
        pages.erase(place.index);
        pages.insert(pages.begin() + std::ptrdiff_t(after - 1), std::move(moved));
      } else {
        after = place.index + 1;
      }
    }
  }

  // A document without pages gets them once there is more than one.
  void split_off_page() {
    Json page{{"name", text_member(document_, kMark).substr(5)}, {kMark, document_[kMark]}};
    std::string key(spelling(document_, "elements"));
    page["elements"] = std::move(document_[key]);
    document_.erase(key);
    document_.erase(kMark);
    document_["pages"] = Json::array({std::move(page)});
  }

  const Json* question_before(const std::string& name) const {
    for (const auto& page : before_.definition["pages"])
      for (const auto& question : page["elements"])
        if (text_member(question, "name") == name) return &question;
    return nullptr;
  }

  void edit_page(const Json& wanted) {
    const std::string name = text_member(wanted, "name");
    Json* page = page_of(name);
    if (!page || page == &document_) return;
    for (const auto& old : before_.definition["pages"])
      if (text_member(old, "name") == name)
        for (auto key : {"title", "description", "visibleIf"})
          patch(*page, key, member(old, key), in_old_names(key, member(wanted, key)));
  }

  Json in_old_names(std::string_view key, const Json& value) const {
    const auto* condition = value.get_ptr<const std::string*>();
    return key == "visibleIf" && condition ? Json(with_names(*condition, old_names_)) : value;
  }

  void edit_question(const Json& wanted) {
    const std::string name = text_member(wanted, "name");
    const Json* old = question_before(name);
    Place place = find(document_, name);
    if (!old || !place.list || *old == wanted) return;
    const Origin& origin = before_.questions.at(name);
    Json& target = place.element();
    std::set<std::string> keys;
    for (const auto* side : {old, &wanted})
      for (const auto& [key, value] : side->items()) keys.insert(key);
    for (const auto& key : keys) {
      const Json& from = member(*old, key);
      const Json& to = member(wanted, key);
      if (from == to) continue;
      if ((key == "choices" || key == "rateValues") && from.is_array() && to.is_array())
        patch_items(target, origin, from, to);
      else if (key == "visibleIf")
        put(target, key, own_condition(origin, to));
      else
        patch(target, spelling(target, key), from, to);
    }
  }

  Json own_condition(const Origin& origin, const Json& wanted) const {
    const auto* text = wanted.get_ptr<const std::string*>();
    if (!text) return wanted;
    const std::string& outer = origin.outer_condition;  // "(a) = true and ("
    bool inside = !outer.empty() && text->starts_with(outer) && text->ends_with(')');
    return in_old_names("visibleIf",
                        inside ? text->substr(outer.size(), text->size() - outer.size() - 1) : *text);
  }

  void names_in_order(const Json& node, std::vector<std::string>& names) const {
    for (std::string_view key : {"pages", "elements", "questions"})
      for (const auto& child : member(node, key)) {
        if (std::string mark = text_member(child, kMark); !mark.empty() && !mark.starts_with("page "))
          names.push_back(mark);
        if (child.is_object()) names_in_order(child, names);
      }
  }

  bool stands_on(const Json& page, const std::string& name) const {
    std::vector<std::string> names;
    names_in_order(page, names);
    return std::ranges::find(names, name) != names.end();
  }

  // What is new or stands elsewhere goes right behind the question that comes before it.
  void arrange_questions(const Json& wanted) {
    for (const auto& wanted_page : wanted["pages"]) {
      const Json& questions = wanted_page["elements"];
      std::string previous;
      for (std::size_t i = 0; i < questions.size(); ++i) {
        const std::string name = text_member(questions[i], "name");
        const std::string next = i + 1 < questions.size() ? text_member(questions[i + 1], "name") : "";
        Json* page = page_of(text_member(wanted_page, "name"));
        if (!page) continue;
        std::vector<std::string> there;
        names_in_order(*page, there);
        auto before = std::ranges::find(there, previous);
        auto at = previous.empty() ? there.begin() : before == there.end() ? before : before + 1;
        if (at == there.end() || *at != name) place_between(questions[i], previous, next, *page);
        previous = name;
      }
    }
    for (const auto& mark : leaving_)
      if (Place place = find(document_, mark); place.list) place.list->erase(place.index);
  }

  void place_between(const Json& question, const std::string& previous, const std::string& next, Json& page) {
    const std::string name = text_member(question, "name");
    Json element = question;
    if (question.contains("visibleIf"))
      element["visibleIf"] = in_old_names("visibleIf", question["visibleIf"]);
    element[kMark] = name;
    if (Place old = find(document_, name); old.list) {
      element = std::move(old.element());
      old.list->erase(old.index);
    }
    Json* inside = &page;
    for (;;) {
      Json& list = (*inside)[std::string(spelling(*inside, "elements"))];
      if (!list.is_array()) list = Json::array();
      auto behind = std::ranges::find_if(list, [&](const Json& child) {
        return !previous.empty() && (text_member(child, kMark) == previous || stands_on(child, previous));
      });
      // Into a panel only where the next question stands there too.
      if (behind != list.end() && text_member(*behind, kMark) != previous && stands_on(*behind, next)) {
        inside = &*behind;
        continue;
      }
      list.insert(behind == list.end() ? list.begin() : behind + 1, std::move(element));
      return;
    }
  }

  Json& document_;
  const Projection& before_;
  NameMap old_names_;  // from a name here to that in the document
  std::vector<std::string> leaving_;
};

}  // namespace

base::Json with_edits(base::Json document, const Projection& before, const base::Json& wanted) {
  Editor(document, before).apply(wanted);
  return document;
}

}  // namespace halte::survey
