// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print/print.h"

#include "app/manager/print/page.h"
#include "app/manager/print/paper.h"
#include "core/base/file.h"

namespace halte::manager {

base::Result<std::string> to_pdf(const model::PrintView& view) {
  auto paper = print::Paper::create({.language = view.language,
                                     .title = view.title,
                                     .subject = view.date,
                                     .program = view.program,
                                     .created = view.printed});
  if (!paper) return std::unexpected(paper.error());
  print::draw_page(**paper, view);
  return (*paper)->finish();
}

base::Result<std::string> save_print(const std::filesystem::path& folder, const model::PrintView& view) {
  auto pdf = to_pdf(view);
  if (!pdf) return std::unexpected(pdf.error());
  if (auto saved = base::write_file(folder / view.file, *pdf); !saved) return std::unexpected(saved.error());
  return view.file;
}

}  // namespace halte::manager
