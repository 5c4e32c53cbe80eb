// SPDX-License-Identifier: Apache-2.0
#include "app/ui/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "app/ui/layout.h"

namespace halte::ui {
namespace {

// Rounding to whole pixels may move an edge by a fifth of a millimetre: not a fault.
constexpr Mm tolerance = 0.3f;

bool overlap(const Rect& a, const Rect& b) {
  const Rect common = intersect(a, b);
  return common.w > tolerance && common.h > tolerance;
}

// A label lies in its target; any other text stays clear of it.
bool runs_into(const TextElement& t, const Element& e) {
  return overlap(t.rect_mm, e.rect_mm) && !grow(e.rect_mm, 1.5f).contains(t.rect_mm);
}

bool are_close(const Element& a, const Element& b, const LayoutRules& rules) {
  if (a.role == Role::key || b.role == Role::key) return false;
  const Mm half = (rules.least_gap - tolerance) / 2;
  const Rect common = intersect(grow(a.rect_mm, half), grow(b.rect_mm, half));
  return !common.empty();
}

Mm least_size(Role role, const LayoutRules& rules) {
  switch (role) {
    case Role::button:
    case Role::choice: return rules.least_answer;
    case Role::face: return rules.least_face;
    case Role::control:
    case Role::link:
    case Role::number:
    case Role::chip:
    case Role::toggle:
    case Role::field: return rules.least_control;
    case Role::key: return rules.least_key;
    case Role::image:
    case Role::scrim: return 0;
  }
  return 0;
}

void check_element(const Element& e, const Display& display, const LayoutRules& rules,
                   std::vector<std::string>& out) {
  const Mm least = least_size(e.role, rules) - tolerance;
  if (e.hit_mm.w < least || e.hit_mm.h < least) {
    out.push_back(fmt::format("{}: target is {:.1f} x {:.1f} mm", e.id, e.hit_mm.w, e.hit_mm.h));
  }
  if (!grow(display.bounds(), tolerance).contains(e.rect_mm)) {
    out.push_back(fmt::format("{}: outside the glass", e.id));
  }
  if (!grow(e.hit_mm, tolerance).contains(e.rect_mm)) {
    out.push_back(fmt::format("{}: answers on less than what is seen", e.id));
  }
}

void check_text(const TextElement& t, const Display& display, const LayoutRules& rules,
                std::vector<std::string>& out) {
  if (t.cut) out.push_back(fmt::format("text \"{}\": does not fit its box", t.text));
  if (t.broken_word) out.push_back(fmt::format("text \"{}\": a word is broken", t.text));
  const Mm margin = display.bezel / display.scale + rules.least_margin;
  if (!grow(inset(display.bounds(), margin), tolerance).contains(t.rect_mm)) {
    out.push_back(fmt::format("text \"{}\": outside the safe area", t.text));
  }
  const double ratio = contrast(t.foreground, t.background);
  if (ratio < rules.least_contrast) {
    out.push_back(fmt::format("text \"{}\": contrast {:.2f}", t.text, ratio));
  }
}

}  // namespace

std::string_view to_string(Role role) {
  switch (role) {
    case Role::button:
    case Role::control: return "button";
    case Role::link: return "link";
    case Role::choice: return "choice";
    case Role::face: return "face";
    case Role::number: return "number";
    case Role::chip: return "chip";
    case Role::toggle: return "switch";
    case Role::key: return "key";
    case Role::field: return "field";
    case Role::image: return "image";
    case Role::scrim: return "scrim";
  }
  return "";
}

std::span<const Element> reachable(const Registry& registry) {
  std::span<const Element> all = registry.elements;
  for (std::size_t i = all.size(); i-- > 0;) {
    if (all[i].role == Role::scrim) return all.subspan(i + 1);
  }
  return all;
}

const Element* Registry::find(std::string_view id) const {
  // From the top: a dialogue may use an id that the screen below it has too.
  for (std::size_t i = elements.size(); i-- > 0;) {
    if (elements[i].id == id) return &elements[i];
  }
  return nullptr;
}

void Registry::clear() {
  elements.clear();
  texts.clear();
  texts_below_scrim = 0;
}

std::vector<std::string> complaints(const Registry& registry, const Display& display,
                                    const LayoutRules& rules) {
  std::vector<std::string> out;
  const std::span<const Element> elements = reachable(registry);
  for (std::size_t i = 0; i < elements.size(); ++i) {
    check_element(elements[i], display, rules, out);
    for (std::size_t j = i + 1; j < elements.size(); ++j) {
      if (overlap(elements[i].hit_mm, elements[j].hit_mm)) {
        out.push_back(fmt::format("{} and {}: targets overlap", elements[i].id, elements[j].id));
      } else if (are_close(elements[i], elements[j], rules)) {
        out.push_back(fmt::format("{} and {}: less than a gap apart", elements[i].id, elements[j].id));
      }
    }
  }
  const auto texts = std::span(registry.texts).subspan(registry.texts_below_scrim);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    check_text(texts[i], display, rules, out);
    for (const Element& e : elements)
      if (runs_into(texts[i], e)) out.push_back(fmt::format("text \"{}\" runs into {}", texts[i].text, e.id));
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      if (overlap(texts[i].rect_mm, texts[j].rect_mm)) {
        out.push_back(fmt::format("texts \"{}\" and \"{}\" overlap", texts[i].text, texts[j].text));
      }
    }
  }
  return out;
}

}  // namespace halte::ui
