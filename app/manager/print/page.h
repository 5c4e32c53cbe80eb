// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/manager/model/print_view.h"
#include "app/manager/print/paper.h"

namespace halte::manager::print {

// Lays the day out on one sheet: as large as it fits, smaller where there is much to say, never a second
// sheet.
void draw_page(Paper& paper, const model::PrintView& view);

}  // namespace halte::manager::print
