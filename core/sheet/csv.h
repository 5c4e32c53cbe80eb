// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/sheet/sheet.h"

namespace halte::sheet {

// The table alone, header first: notes and title have no place in RFC 4180. Numbers have a point and all the
// digits that they hold, a percentage is its number (63.5), a day is 2026-11-21, a time
// 2026-11-21T13:00:00+01:00. Words are guarded against formulas (see base::CsvWriter). `bom` for people with
// Excel. Errors: see check().
base::Result<std::string> to_csv(const Sheet& sheet, bool bom);

}  // namespace halte::sheet
