// SPDX-License-Identifier: Apache-2.0
#include "core/site/pin.h"

#include <fmt/format.h>

#include <algorithm>

namespace halte::site {
namespace {

constexpr int free_failures = 4;
constexpr base::Millis first_wait = std::chrono::seconds(30), longest_wait = std::chrono::minutes(15);

// Each digit is the one before it plus `step`.
bool is_row(std::string_view digits, int step) {
  return std::ranges::adjacent_find(digits, [step](char a, char b) { return b - a != step; }) == digits.end();
}

}  // namespace

bool is_good_pin(std::string_view digits) {
  if (digits.size() < least_pin_digits || digits.size() > most_pin_digits) return false;
  if (!std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) return false;
  return !is_row(digits, 0) && !is_row(digits, 1) && !is_row(digits, -1);
}

std::string make_pin(base::Random& random) {
  for (;;) {
    std::string digits = fmt::format("{:06}", static_cast<int>(random.uniform() * 1'000'000));
    if (is_good_pin(digits)) return digits;
  }
}

base::Millis wait_after(int failures) {
  if (failures <= free_failures) return base::Millis{0};
  base::Millis wait = first_wait;
  for (int i = free_failures + 1; i < failures && wait < longest_wait; ++i) wait *= 2;
  return std::min(wait, longest_wait);
}

base::Result<bool> take_given_pin(PinStore& store, const GivenPin& given) {
  auto stored = store.pin();
  if (!stored) return std::unexpected(stored.error());
  if (*stored && (*stored)->generation >= given.generation) return false;
  if (auto saved = store.save_pin({given.hash, given.generation, true, 0}); !saved)
    return std::unexpected(saved.error());
  return true;
}

base::Result<PinTry> try_pin(PinStore& store, std::string_view digits) {
  auto stored = store.pin();
  if (!stored) return std::unexpected(stored.error());
  if (!*stored)
    return base::fail("PIN", "none is set on this kiosk", "opening the manager's view",
                      base::ErrorKind::not_found);
  Pin pin = **stored;
  ++pin.failures;
  if (auto noted = store.save_pin(pin); !noted) return std::unexpected(noted.error());
  if (!base::verify_password(digits, pin.hash)) return PinTry{false, pin};
  pin.failures = 0;
  if (auto noted = store.save_pin(pin); !noted) return std::unexpected(noted.error());
  return PinTry{true, pin};
}

base::Status change_pin(PinStore& store, std::string_view digits) {
  if (!is_good_pin(digits))
    return base::fail("PIN", "needs 6 to 12 digits that are no plain row", "changing it",
                      base::ErrorKind::invalid);
  auto stored = store.pin();
  if (!stored) return std::unexpected(stored.error());
  auto hash = base::hash_password(digits);
  if (!hash) return std::unexpected(hash.error());
  const Pin old = stored->value_or(Pin{});
  return store.save_pin({*hash, old.generation, false, 0});
}

}  // namespace halte::site
