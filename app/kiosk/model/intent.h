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
struct ChooseLanguage {
  std::string language;
};
struct SwitchContrast {};
struct SwitchTextSize {};
struct Choose {  // an answer of the question on the glass: the one, or one more of several
  std::size_t choice;
};
struct Type {  // in order: fast fingers press more than one key between two frames
  std::vector<ui::KeyPress> presses;
};
struct Next {};
struct Skip {};
struct Back {};
struct OpenPrivacy {};
struct ClosePrivacy {};
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

using Intent = std::variant<Touched, ChooseLanguage, SwitchContrast, SwitchTextSize, Choose, Type, Next, Skip,
                            Back, OpenPrivacy, ClosePrivacy, AnswerInvitation, AnswerAge, SwitchPurpose,
                            FocusField, WithdrawConsent, StillHere, Finish, Dismiss, Tick, Saved, SaveFailed,
                            Withdrawn, ServiceChanged, Quit>;

}  // namespace halte::kiosk::model
