// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "app/kiosk/model/intent.h"
#include "app/ui/widgets/keyboard.h"
#include "core/response/response.h"
#include "core/site/configuration.h"
#include "core/site/flags.h"

namespace halte::kiosk::model {

// What stands on the glass.
struct Attract {};  // the first question, and nobody there yet
struct Asking {
  std::string question;
};
struct Invitation {};  // may we contact you
struct AgeGate {};
struct Purposes {};
struct Contact {};
struct Saving {};  // until the commit that closes the response
struct Thanks {
  std::string code, link;  // empty: no receipt
  base::Bytes receipt_hash;
  std::vector<std::string> given = {};  // purposes that can be taken back with one tap
  bool withdrawn = false;
};
struct Sorry {};
struct ClosedNow {};  // outside the opening hours; a touch opens the question all the same
using Screen =
    std::variant<Attract, Asking, Invitation, AgeGate, Purposes, Contact, Saving, Thanks, Sorry, ClosedNow>;

// What makes the kiosk easier to use. Switched by a visitor, gone with the visit.
struct Aids {
  bool large_text = false, high_contrast = false, reach = false, calm = false, more_time = false,
       read_aloud = false;
  bool& operator[](Aid aid);
  friend bool operator==(const Aids&, const Aids&) = default;
};

enum class Field { name, email, phone };

// What the visitor of this moment is asked: chosen before the first touch, since the first screen shows it.
struct Drawn {
  std::size_t step = 0;  // in Configuration::asks
  site::AskedSurvey asked;
  friend bool operator==(const Drawn&, const Drawn&) = default;
};

// One visit. Typed words are here and nowhere else until they are submitted.
struct Session {
  response::Response response;                // as it would be stored now
  std::vector<std::string> asked;             // questions seen, oldest first: for Back
  std::map<std::string, std::string> typed;   // words, by question
  std::map<std::string, std::string> digits;  // of numbers: no words that need a consent
  ui::KeyboardState keyboard;
  std::map<std::string, bool> switches;  // purpose → on
  std::set<std::string> shown;           // purposes whose text was on the glass: a refusal counts too
  bool leaves_contact = false;           // said yes and is old enough
  std::string refusal = "no";            // how a consent that was not given was refused
  std::array<std::string, 3> fields;     // by Field
  std::size_t focus = 0;                 // in the configured fields
  bool fields_checked = false;           // mistakes are shown only after the first try
  int unsaved = 0;                       // saves that were handed over and not yet acknowledged
  bool without_recommend = false;        // this visitor was not drawn for the 0–10 question
  base::Bytes receipt_hash;
  std::string code, link;
};

struct State {
  Screen screen = Attract{};
  Service service = Service::no_configuration;
  Drawn drawn;
  std::optional<Session> session;
  std::string language;
  bool language_chosen = false;
  Aids aids;  // this visitor's, on top of the settings
  bool uses_keys = false;
  std::optional<Sheet> sheet;  // lies over the screen
  int page = 0;                // of the sheet

  // Steady clock.
  base::Millis screen_since{0};
  base::Millis touched{0};
  base::Millis rotated{0};                  // the headline's language changed
  int turns = 0;                            // how often: the organisation's pictures take turns by it
  std::optional<base::Millis> asked_still;  // "still there?" stands since
  std::optional<base::Millis> advance_at;   // a one-tap answer turns the page by itself

  std::vector<site::Tap> taps;  // ratings of the last seconds, for the marks; no other trace of time
};

}  // namespace halte::kiosk::model
