// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"

using namespace halte;
using namespace halte::manager;

namespace {

model::PrintView a_print(const std::string& language = "nl") {
  model::PrintView view{
      .language = language, .title = "Utrecht Centraal · Servicebalie", .subtitle = "vandaag"};
  view.scores.scores.push_back({.name = "Hoe het bezoek was",
                                .value = "4,2",
                                .interval = "25 antwoorden",
                                .spread = {{.label = "5", .figure = "60 %", .share = .6f}},
                                .moods = {4}});
  view.hours = {"9", "10"};
  view.cells = {{model::HourCell::Kind::value, .8f, "4,2"}, {model::HourCell::Kind::too_few, 0, ""}};
  view.file = "halte-kiosk-1-2026-11-27.pdf";
  return view;
}

base::Instant noon() { return *base::parse_rfc3339("2026-11-27T12:00:00Z"); }

}  // namespace

TEST_CASE("print: a PDF in each direction of reading, and the same each time") {
  for (const char* language : {"nl", "ar"}) {
    const std::string pdf = print_pdf(a_print(language), noon());
    CHECK(pdf.starts_with("%PDF-1."));
    CHECK(pdf == print_pdf(a_print(language), noon()));
  }
}

TEST_CASE("print: a folder that is not there leaves an error with the file's name, and nothing else") {
  tests::TemporaryFolder folder;
  const auto saved = save_print(folder / "nowhere", a_print(), noon());
  REQUIRE_FALSE(saved);
  CHECK(base::to_string(saved.error()).find("halte-kiosk-1-2026-11-27.pdf") != std::string::npos);
  CHECK(std::filesystem::is_empty(folder / "."));
}

TEST_CASE("print: it is on the stick under its own name") {
  tests::TemporaryFolder folder;
  CHECK(*save_print(folder / ".", a_print(), noon()) == "halte-kiosk-1-2026-11-27.pdf");
  CHECK(*base::read_file(folder / "halte-kiosk-1-2026-11-27.pdf") == print_pdf(a_print(), noon()));
}
