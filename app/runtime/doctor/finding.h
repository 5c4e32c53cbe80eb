// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a program that looks after another one finds: halte-kiosk doctor, halte-hq doctor.

#include <functional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/time.h"

namespace halte::runtime::doctor {

enum class Level { ok, warning, wrong };
std::string_view to_string(Level level);

// One thing that was looked at, for people.
struct Finding {
  Level level = Level::ok;
  std::string subject;  // "clock"
  std::string cause;    // how it is
  std::string mend;     // what to do about it, a step or a command; empty where it is ok
};
using Findings = std::vector<Finding>;

// Something to look at. It may block, and is called on a thread of its own.
struct Check {
  std::string subject;
  std::function<Findings()> run;
  std::string when_silent;  // what to do if it does not come to an end
};

struct Report {
  Findings findings;         // in the order of the checks
  bool left_behind = false;  // a check still runs: end the process without waiting for its threads
};

// All of them side by side. One that has not ended after `patience` is found wrong, and its thread is left.
Report run(std::vector<Check> checks, base::Millis patience);

bool has_wrong(const Findings& findings);
// "wrong    clock: 400 days ahead of the server; set it by a time server: timedatectl set-ntp true"
std::string line(const Finding& finding);
// "2 wrong (touch, clock), 1 warning (disk), 9 ok"
std::string summary(const Findings& findings);
// {"findings": [{"level", "subject", "cause", "mend"}], "wrong": 2, "warnings": 1, "ok": 9}
base::Json to_json(const Findings& findings);

// Prints them to standard output, as lines or as JSON. Returns the exit status, 1 where something is wrong;
// where something was left behind it ends the process: no destructor may wait for, or pull the ground from
// under, it.
int tell(const Report& report, bool json);

}  // namespace halte::runtime::doctor
