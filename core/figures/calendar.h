// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"

namespace halte::figures {

// The steps of a trend, on the branch's own calendar.
enum class Step { hour, day, week, month };
inline constexpr std::array<std::pair<std::string_view, Step>, 4> step_names{
    {{"hour", Step::hour}, {"day", Step::day}, {"week", Step::week}, {"month", Step::month}}};
std::optional<Step> step_named(std::string_view name);

// The name of the step that holds `at`; names sort by time. "2026-11-28T14", "2026-11-28", "2026-W48" (ISO
// 8601: the year of its Thursday), "2026-11".
std::string name_of(Step step, const base::LocalTime& at);

}  // namespace halte::figures
