// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/manager/model/snapshot.h"
#include "app/ui/widgets/keyboard.h"
#include "core/site/pin.h"

namespace halte::manager::model {

// What the store manager does.
struct Open {};  // held the hidden corner
struct Touched {};
struct PressDigit {
  int digit;  // 0 … 9; −1: delete
};
struct Enter {};
struct Leave {};  // this page, or the view
enum class Page { score, hours, reasons, delivery, kiosk };
struct ShowPage {
  Page page;
};
struct ShowPeriod {
  figures::PeriodKind period;
};
struct ShowAs {
  bool table;
};
struct TurnTable {
  int page;
};
struct ChooseLanguage {
  std::string language;
};
struct ChangePin {};
struct EnterCode {};  // of a customer's receipt
struct TypeCode {
  std::vector<ui::KeyPress> presses;
};
struct EraseByCode {};
struct Unpark {};
struct Export {};
struct Restart {};

// What time and the other threads bring.
struct Tick {};
struct PinLoaded {
  std::optional<site::Pin> pin;  // nothing: none is set
};
struct PinChecked {
  site::PinTry result;
};
struct PinSaved {};
struct Loaded {
  std::shared_ptr<const Snapshot> snapshot;
};
struct Unparked {
  int items;
};
struct Exported {
  std::string file;
};
enum class Erasure { done, not_a_code, unknown };
struct CodeAnswered {
  Erasure erasure;
};
// Something that was asked for cannot be had: a full disk, no stick.
enum class Trouble { store, no_stick, stick };
struct Failed {
  Trouble trouble;
};

using Intent =
    std::variant<Open, Touched, PressDigit, Enter, Leave, ShowPage, ShowPeriod, ShowAs, TurnTable,
                 ChooseLanguage, ChangePin, EnterCode, TypeCode, EraseByCode, Unpark, Export, Restart, Tick,
                 PinLoaded, PinChecked, PinSaved, Loaded, Unparked, Exported, CodeAnswered, Failed>;

}  // namespace halte::manager::model
