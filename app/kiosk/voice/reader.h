// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/kiosk/model/views.h"
#include "app/ui/input.h"
#include "app/ui/registry.h"

namespace halte::kiosk::voice {

// What the voice is asked to say. Volume and rate as steps from how the machine is set, −100 to 100.
struct Utterance {
  std::string text, language;
  int volume = 0, rate = 0;
  bool is_secret = false;  // for the visitor's ear: no record of it
};

// Decides what is said when: a screen as it comes, the target that the keys have come to, a state that
// changed. Something new always cuts off what is being said. UI thread.
class Reader {
 public:
  explicit Reader(model::Say say) : say_(std::move(say)) {}

  // After a frame. `is_private`: only the visitor hears it (a headset); without one nothing that is typed is
  // said, not even the keys that are passed, and no code. nullopt: nothing new.
  struct Glass {
    const model::View& view;
    const ui::Registry& registry;
    const std::string& focused;
    const std::vector<ui::Event>& events;
    bool is_private = false;
  };
  std::optional<Utterance> follow(const Glass& glass);
  // Another visitor: volume and rate as they were set up.
  void reset();

 private:
  std::string screen_text(const Glass& glass) const;
  std::string focus_text(const Glass& glass) const;
  void turn_knobs(const std::vector<ui::Event>& events);

  model::Say say_;
  bool is_introduced_ = false;
  int volume_ = 0, rate_ = 0;
  std::size_t screen_ = 0, focus_ = 0;  // fingerprints of what was said last of both
};

}  // namespace halte::kiosk::voice
