// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/voice/reader.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "app/kiosk/voice/sentences.h"
#include "core/base/crypto.h"

namespace halte::kiosk::voice {
namespace {

constexpr int knob_step = 20;

bool has_key(const std::vector<ui::Event>& events, ui::Key::Code code) {
  return std::ranges::any_of(events, [&](const ui::Event& event) {
    const auto* key = std::get_if<ui::Key>(&event);
    return key != nullptr && key->code == code;
  });
}

// As sentences: with a pause between, so a full stop where the words have no sign of their own.
void append(std::string& all, const std::string& sentence) {
  constexpr std::string_view latin = ".!?:";
  const bool ends =
      all.empty() || latin.find(all.back()) != latin.npos || all.ends_with("؟") || all.ends_with("…");
  all += (all.empty() ? "" : ends ? " " : ". ") + sentence;
}

// Only a fingerprint of what was said stays: it may have been for one ear.
bool is_other(std::size_t& said, std::string now) {
  const std::size_t print = std::hash<std::string>{}(now);
  base::wipe(now);
  return std::exchange(said, print) != print;
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string all;
  for (const std::string& sentence : sentences) append(all, sentence);
  return all;
}

}  // namespace

std::optional<Utterance> Reader::follow(const Glass& glass) {
  turn_knobs(glass.events);
  std::string screen = screen_text(glass), focus = focus_text(glass);
  const bool is_new = is_other(screen_, screen);
  const bool has_moved = is_other(focus_, glass.focused + "\n" + focus);
  const bool again = has_key(glass.events, ui::Key::Code::repeat);
  const bool typed = !focus.empty() && has_key(glass.events, ui::Key::Code::ok);

  std::string text;
  if (is_new || again) text = screen;
  if (again || ((has_moved || typed) && !focus.empty())) append(text, focus);
  if (!is_introduced_ && !text.empty()) {
    append(text,
           say_("Use the arrow keys to move and the middle key to choose. Press zero to hear this again.",
                glass.view.language));
    is_introduced_ = true;
  }
  const bool knob =
      has_key(glass.events, ui::Key::Code::louder) || has_key(glass.events, ui::Key::Code::softer) ||
      has_key(glass.events, ui::Key::Code::faster) || has_key(glass.events, ui::Key::Code::slower);
  if (text.empty() && knob) text = focus.empty() ? screen : focus;
  base::wipe(screen);
  base::wipe(focus);
  if (text.empty()) return std::nullopt;
  return Utterance{std::move(text), glass.view.language, volume_, rate_,
                   is_personal(glass.view) && glass.is_private};
}

void Reader::reset() {
  is_introduced_ = false;
  volume_ = rate_ = 0;
  screen_ = focus_ = 0;
}

std::string Reader::screen_text(const Glass& glass) const {
  return joined(sentences(glass.view, glass.is_private, say_));
}

std::string Reader::focus_text(const Glass& glass) const {
  const ui::Element* at = glass.registry.find(glass.focused);
  if (at == nullptr) return {};
  const bool is_key = at->role == ui::Role::key;
  if (is_key && is_personal(glass.view) && !glass.is_private) return say_("key", glass.view.language);
  return spoken(*at, glass.registry, glass.view.language, say_);
}

void Reader::turn_knobs(const std::vector<ui::Event>& events) {
  const auto turn = [](int& knob, int by) { knob = std::clamp(knob + by, -100, 100); };
  for (const ui::Event& event : events) {
    const auto* key = std::get_if<ui::Key>(&event);
    if (key == nullptr) continue;
    if (key->code == ui::Key::Code::louder) turn(volume_, knob_step);
    if (key->code == ui::Key::Code::softer) turn(volume_, -knob_step);
    if (key->code == ui::Key::Code::faster) turn(rate_, knob_step);
    if (key->code == ui::Key::Code::slower) turn(rate_, -knob_step);
  }
}

}  // namespace halte::kiosk::voice
