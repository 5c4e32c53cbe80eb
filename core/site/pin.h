// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/crypto.h"
#include "core/base/error.h"
#include "core/base/time.h"

namespace halte::site {

// The store manager's PIN. It guards a local view and settings, never secrets: a stolen disk breaks six
// digits in hours.
struct Pin {
  std::string hash;             // Argon2id
  std::int64_t generation = 0;  // of the last one that the server gave out: a higher one replaces any
  bool must_change = false;     // somebody else chose it
  int failures = 0;             // in a row; noted before each check, so that pulling the plug saves none
  bool operator==(const Pin&) const = default;
};

inline constexpr std::size_t least_pin_digits = 6, most_pin_digits = 12;

// 6 to 12 digits that are not all the same and no plain row up or down ("123456").
bool is_good_pin(std::string_view digits);

// Six random digits that are a good PIN.
std::string make_pin(base::Random& random);

// How long the next try has to wait, from the last failure or the start of the program, whichever is later:
// a restart shortens nothing and a clock that jumps changes nothing. Nothing for the first 4 failures, 30 s
// for the fifth, doubling up to 15 minutes.
base::Millis wait_after(int failures);

// Durable when a call returns. Any thread.
class PinStore {
 public:
  virtual ~PinStore() = default;
  virtual base::Result<std::optional<Pin>> pin() = 0;
  virtual base::Status save_pin(const Pin& pin) = 0;
};

// One that headquarters gave out: the first one, or a new one where the old one is forgotten.
struct GivenPin {
  std::string hash;
  std::int64_t generation = 0;  // rises with each
  bool operator==(const GivenPin&) const = default;
};
// Takes its place, with its failures forgiven and to be changed at its first use, where its generation is
// higher than that of the one in use. True: taken.
base::Result<bool> take_given_pin(PinStore& store, const GivenPin& given);

// What a try came to.
struct PinTry {
  bool opens = false;
  Pin pin;  // as it is stored now
};
// Takes tens of milliseconds, on purpose. Notes the failure before it looks, and takes it back where the
// digits are right. No PIN yet, or one whose wait was not kept by the caller: not checked here.
base::Result<PinTry> try_pin(PinStore& store, std::string_view digits);

// A new one of the manager's own choice. Invalid: not a good one.
base::Status change_pin(PinStore& store, std::string_view digits);

}  // namespace halte::site
