// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "core/site/adjustments.h"

namespace halte::manager::model {

// What the shell must do, on the store thread; each is answered by an intent.
struct Arrive {};  // Arrived
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
};  // Answered
struct Enrol {
  std::string server, code;
};  // Answered; done: Configured follows
struct AskApproval {
  std::string server;
};  // Waits, NotHeard or Approved
struct ReadCertificates {};  // CertificatesTaken, or Answered
struct SavePrint {};         // Printed
// In force at once, and kept; nothing comes back unless it fails.
struct Adjust {
  site::Adjustments adjustments;
};
// In force until something else is, and not kept.
struct Try {
  site::Adjustments adjustments;
};
// A sentence as loud as it is set.
struct Speak {};
// The program ends in order and its supervisor starts it again.
struct EndProgram {};
// The manager is gone: what was typed leaves the caches.
struct Forget {};

using Effect = std::variant<Arrive, CheckPin, SavePin, Load, UnparkAll, ExportParked, EraseReceipt, Enrol,
                            AskApproval, ReadCertificates, SavePrint, Adjust, Try, Speak, EndProgram, Forget>;

}  // namespace halte::manager::model
