// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "app/ui/widgets/keyboard.h"
#include "core/base/error.h"
#include "core/response/id.h"

namespace halte::kiosk::model {

// What a visitor does.
struct Touched {};  // any touch: somebody is there
struct UseKeys {};  // any key: somebody is there who may not see the glass
struct ChooseLanguage {
  std::string language;
};
enum class Aid { large_text, high_contrast, reach, calm, more_time, read_aloud };
struct SwitchAid {
  Aid aid;
};
struct Choose {  // an answer of the question on the glass: the one, or one more of several
  std::size_t choice;
};
struct Type {  // in order: fast fingers press more than one key between two frames
  std::vector<ui::KeyPress> presses;
};
struct Next {};
struct Skip {};
struct Back {};
enum class Sheet { privacy, aids };
struct OpenSheet {
  Sheet sheet;
};
struct CloseSheet {};
struct TurnSheet {  // to that page of a text that does not fit at once
  int page;
};
struct AnswerInvitation {
  bool yes;
};
struct AnswerAge {
  bool old_enough;
};
struct SwitchPurpose {
  std::string purpose;
};
struct FocusField {
  std::size_t field;
};
struct WithdrawConsent {};
struct StillHere {};
struct Finish {};
struct Dismiss {};  // thanks, sorry and closed: back to the first question

// What time and the other threads bring.
struct Tick {};
struct Saved {
  response::Id id;
  bool closed = false;
};
struct SaveFailed {
  response::Id id;
};
struct Withdrawn {
  bool done;
};
enum class Service { open, not_enrolled, no_configuration, paused, storage_full };
struct ServiceChanged {
  Service service;
};
struct Quit {};  // the program ends: what is open is closed as `exit`

using Intent = std::variant<Touched, UseKeys, ChooseLanguage, SwitchAid, Choose, Type, Next, Skip, Back,
                            OpenSheet, CloseSheet, TurnSheet, AnswerInvitation, AnswerAge, SwitchPurpose,
                            FocusField, WithdrawConsent, StillHere, Finish, Dismiss, Tick, Saved, SaveFailed,
                            Withdrawn, ServiceChanged, Quit>;

}  // namespace halte::kiosk::model
