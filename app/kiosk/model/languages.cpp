// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/model/languages.h"

#include <array>

namespace halte::kiosk::model {
namespace {

constexpr std::array<std::string_view, 7> own{"en", "nl", "de", "fr", "tr", "pl", "ar"};

}  // namespace

std::span<const std::string_view> program_languages() { return own; }

}  // namespace halte::kiosk::model
