// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/manager/model/snapshot.h"
#include "app/ui/widgets/keyboard.h"
#include "core/base/time.h"
#include "core/site/adjustments.h"
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
enum class Page { score, hours, reasons, delivery, kiosk, settings };
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
// Something is to be typed: a customer's receipt code, where this kiosk belongs, how it gets there.
enum class Form { receipt, enrolment, network };
struct FillIn {
  Form form;
};
struct ChooseField {
  int field;
};
struct Type {
  std::vector<ui::KeyPress> presses;
};
struct Submit {};            // an enrolment without a code: by somebody with a phone
struct TakeCertificates {};  // from a USB stick
struct DropCertificates {};
enum class Knob { brightness, volume, sleep, sleep_from, sleep_until };
struct TurnKnob {
  Knob knob;
  int steps;
};
struct MeasureGlass {};
struct Resize {
  float by;  // the outline of the card: a factor
};
struct KeepSize {
  double diagonal_in;  // of the glass, if the outline is a bank card's
};
struct ForgetSize {};  // as the machine says again
struct TestTouch {};
struct TouchFields {
  int columns, rows;        // that the glass is divided into
  std::vector<int> fields;  // that a finger is on, row by row
};
struct PrintDay {};
struct Unpark {};
struct Export {};
struct Restart {};

// What time and the other threads bring.
struct Tick {};
// Who may come in, and what is set.
struct Arrived {
  std::optional<site::Pin> pin;  // nothing: none is set
  bool is_enrolled;              // the kiosk is somebody's
  std::string server;            // where it is, or where it is to be; may be empty
  site::Adjustments adjustments;
  std::string machine_proxy;  // of its settings; may be empty
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
struct Printed {
  std::string file;
};
// What came of a form.
enum class Answer {
  done,
  not_a_code,
  unknown_code,
  not_an_address,
  not_secure,  // plain http to another machine
  code_refused,
  not_trusted,  // the server is not who it should be, or none of Halte's
  unreachable,
  undelivered,  // answers of the kiosk that this was still wait
  codes_only,   // the server knows no other way
  not_a_proxy,
  no_certificate,
  no_stick,
  store_failed
};
struct Answered {
  Answer answer;
};
struct CertificatesTaken {
  std::string pem;
};
// The server knows that this kiosk asks, and nobody has approved it yet.
struct Waits {
  std::string fingerprint;  // in groups
  std::string link;         // where a person approves it
  base::Millis ask_again{0};
};
struct NotHeard {
  Answer answer;
};
struct Approved {};  // enrolled; Configured follows
// There is something to ask, from headquarters.
struct Configured {};
// Something that was asked for cannot be had: a full disk, no stick.
enum class Trouble { store, no_stick, stick };
struct Failed {
  Trouble trouble;
};

using Intent = std::variant<Open, Touched, PressDigit, Enter, Leave, ShowPage, ShowPeriod, ShowAs, TurnTable,
                            ChooseLanguage, ChangePin, FillIn, ChooseField, Type, Submit, TakeCertificates,
                            DropCertificates, TurnKnob, MeasureGlass, Resize, KeepSize, ForgetSize, TestTouch,
                            TouchFields, PrintDay, Unpark, Export, Restart, Tick, Arrived, PinChecked,
                            PinSaved, Loaded, Unparked, Exported, Printed, Answered, CertificatesTaken, Waits,
                            NotHeard, Approved, Configured, Failed>;

}  // namespace halte::manager::model
