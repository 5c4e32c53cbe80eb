// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/sheet/sheet.h"

namespace halte::sheet {

// A workbook with a tab for each sheet, as the bytes of an XLSX file: the header bold, frozen and with
// filters, the notes two rows below the table. Numbers, days and times are such, shown as the reader's own
// computer writes them (a spreadsheet knows no zones: a time is what clocks there said, and the header names
// the zone); words stay words, whatever they begin with. No person's name is in it. The same sheets and
// `created` (to the second) give the same bytes.
//
// From any thread; one workbook is written at a time. Numbers of more than 15 digits are written as words,
// since a spreadsheet would round them. Characters that XML does not know become U+FFFD, and each line break
// a line feed. Errors: see check(); more than 1,048,576 rows or 32,767 characters in a cell (failed); no
// memory or no room in the temporary folder, where the library keeps the parts, unlinked, until they are
// packed (unavailable).
base::Result<std::string> to_xlsx(std::span<const Sheet> sheets, base::Instant created);

// What the tabs read: titles as a spreadsheet takes them (at most 31 UTF-16 units, none of []:*?/\, no
// apostrophe at either end), and none twice. A title that leaves nothing is "-".
std::vector<std::string> tab_names(std::span<const Sheet> sheets);

}  // namespace halte::sheet
