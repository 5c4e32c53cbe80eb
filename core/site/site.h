// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/site/opening_hours.h"

namespace halte::site {

// Where feedback is given. Ids are short stable words ("utrecht-centraal"), names are for people.
struct Organisation {
  std::string id;
  std::string name;
  bool operator==(const Organisation&) const = default;
};

struct Region {
  std::string id;
  std::string name;
  bool operator==(const Region&) const = default;
};

struct Branch {
  std::string id;
  std::string name;
  std::optional<std::string> region;  // Region's id
  std::string zone;                   // IANA: "Europe/Amsterdam"
  OpeningHours opening_hours;
  bool operator==(const Branch&) const = default;
};

// A place or moment in a shop where a kiosk asks: "checkout". Without a branch it exists in every one.
struct Touchpoint {
  std::string id;
  std::string name;
  std::optional<std::string> branch;
  bool operator==(const Touchpoint&) const = default;
};

struct Kiosk {
  std::string id;  // given by the server at enrolment
  std::string name;
  std::string branch;
  std::string touchpoint;
  bool operator==(const Kiosk&) const = default;
};

}  // namespace halte::site
