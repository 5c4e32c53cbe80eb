// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "app/kiosk/model/views.h"
#include "app/ui/input.h"
#include "app/ui/registry.h"

namespace halte::kiosk::voice {

// What the voice is asked to say. Volume and rate from −100 to 100, 0 as the machine is set.
struct Utterance {
  std::string text, language;
  int volume = 0, rate = 0;
};

// Decides what is said when: a screen as it comes, the target that the keys have come to, a state that
// changed. Something new always cuts off what is being said. UI thread.
class Reader {
 public:
  explicit Reader(model::Say say) : say_(std::move(say)) {}

  // After a frame. `is_private`: only the visitor hears it (a headset); without one nothing of contact
  // details is said, not even the keys that are passed. nullopt: nothing new.
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
  std::string screen_text(const Glass& glass);
  std::string focus_text(const Glass& glass) const;
  void turn_knobs(const std::vector<ui::Event>& events);

  model::Say say_;
  bool is_introduced_ = false;
  int volume_ = 0, rate_ = 0;
  std::string screen_, focus_;  // what was said last of both
};

}  // namespace halte::kiosk::voice
