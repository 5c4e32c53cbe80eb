// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <filesystem>

#include "app/kiosk/model/languages.h"
#include "app/kiosk/shell/tour.h"
#include "app/runtime/messages.h"
#include "core/base/file.h"

// The program's own words and the survey that ships with it.
namespace halte::kiosk::test {

inline runtime::Messages catalogues(const std::string& domain = "halte-kiosk") {
  const auto languages = model::program_languages();
  auto messages = runtime::Messages::create(std::filesystem::path(HALTE_BINARY_DIR) / "share/halte/locale",
                                            domain, {languages.begin(), languages.end()});
  REQUIRE(messages);
  return std::move(*messages);
}

inline model::Say say_with(const runtime::Messages& messages) {
  return [&](const std::string& id, const std::string& language) { return messages.text(id, language); };
}

// Both catalogues outlive what is made of them.
inline shell::Sentences sentences_of(const runtime::Messages& visitors, const runtime::Messages& staff) {
  return {say_with(visitors), say_with(staff)};
}

inline std::shared_ptr<const shell::Setup> setup_of(const std::string& survey) {
  auto setup = shell::sample_setup(survey, "https://hq.halte.example/r");
  REQUIRE_MESSAGE(setup, (setup ? "" : base::to_string(setup.error())));
  return *setup;
}

inline std::string default_survey() {
  auto survey = base::read_file(std::filesystem::path(HALTE_SOURCE_DIR) / "assets/surveys/visit.json");
  REQUIRE(survey);
  return *survey;
}

}  // namespace halte::kiosk::test
