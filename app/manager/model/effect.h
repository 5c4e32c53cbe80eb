// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

namespace halte::manager::model {

// What the shell must do, on the store thread; each is answered by an intent.
struct LoadPin {};  // PinLoaded
struct CheckPin {
  std::string digits;
};  // PinChecked
struct SavePin {
  std::string digits;
};  // PinSaved
struct Load {};          // Loaded
struct UnparkAll {};     // Unparked
struct ExportParked {};  // Exported
struct EraseReceipt {
  std::string code;
};  // CodeAnswered
// The program ends in order and its supervisor starts it again.
struct EndProgram {};
// The manager is gone: what was typed leaves the caches.
struct Forget {};

using Effect =
    std::variant<LoadPin, CheckPin, SavePin, Load, UnparkAll, ExportParked, EraseReceipt, EndProgram, Forget>;

}  // namespace halte::manager::model
