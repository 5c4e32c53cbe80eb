// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "app/manager/model/print_view.h"
#include "core/base/error.h"
#include "core/base/time.h"

namespace halte::manager {

// A page of A4, upright, as PDF with text that can be searched. `at`: when it was made. The same view at the
// same time gives the same bytes on one machine.
std::string print_pdf(const model::PrintView& view, base::Instant at);

// Into `folder` under the view's file name, whole or not at all. Gives the name.
base::Result<std::string> save_print(const std::filesystem::path& folder, const model::PrintView& view,
                                     base::Instant at);

}  // namespace halte::manager
