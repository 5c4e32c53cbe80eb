// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "app/manager/model/print_view.h"
#include "core/base/error.h"

namespace halte::manager {

// The day on one A4 sheet as PDF: words that can be searched, shapes that can be enlarged. The same view
// gives the same bytes. Any thread; some ten milliseconds.
base::Result<std::string> to_pdf(const model::PrintView& view);

// The same as `view.file` in `folder`, whole or not at all: an older one of that name stays until the new one
// is on the disk, and a failure leaves nothing behind. Returns the name; an error names the file.
base::Result<std::string> save_print(const std::filesystem::path& folder, const model::PrintView& view);

}  // namespace halte::manager
