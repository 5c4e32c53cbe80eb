// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>

#include "app/runtime/settings.h"
#include "app/tool/commands.h"
#include "core/base/file.h"
#include "core/site/configuration.h"
#include "core/survey/flow.h"
#include "core/survey/survey.h"

namespace halte::tool {
namespace {

// Such answers are redacted: an address belongs on the contact form, where it is sealed.
void warn_of_contact_questions(const std::string& path, const survey::Survey& survey) {
  using Type = survey::TextInput::Type;
  for (const survey::Page& page : survey.pages)
    for (const survey::Question& question : page.questions)
      if (auto input = std::get_if<survey::TextInput>(&question.kind);
          input && (input->type == Type::email || input->type == Type::tel))
        fmt::print(
            "{}: {}: e-mail addresses and phone numbers are taken out of answers before they are kept; "
            "switch contact on in the settings to ask for them\n",
            path, question.name);
}

int validate_survey(const std::string& path, const std::string& text,
                    const std::vector<std::string>& languages) {
  auto survey = survey::parse(text);
  if (!survey) {
    for (const auto& problem : survey.error())
      fmt::print(stderr, "{}: {}: {}\n", path, problem.pointer, problem.reason);
    fmt::print(stderr, "{}: {} problems; nothing is used of it\n", path, survey.error().size());
    return int(base::ExitStatus::failed);
  }
  auto missing = survey::missing_translations(*survey, languages);
  for (const auto& m : missing)
    fmt::print("{}: {}: no text in '{}'; another language is shown\n", path, m.pointer, m.locale);
  if (const std::size_t more = survey::most_follow_ups(*survey); more > survey::follow_up_questions)
    fmt::print("{}: asks up to {} questions after the first; at a counter people leave after {}\n", path,
               more, survey::follow_up_questions);
  warn_of_contact_questions(path, *survey);
  fmt::print("{}: valid, {} pages, {} missing translations\n", path, survey->pages.size(), missing.size());
  return 0;
}

int validate_configuration(const std::string& path, const base::Json& json) {
  auto configuration = site::parse_configuration(json);
  if (configuration) {
    fmt::print("{}: valid\n", path);
    return 0;
  }
  for (const auto& problem : configuration.error())
    fmt::print(stderr, "{}: {}: {}\n", path, problem.pointer, problem.reason);
  return int(base::ExitStatus::failed);
}

}  // namespace

int validate(const std::vector<std::string>& arguments) {
  std::vector<std::string> languages{"nl", "en", "de", "fr"}, files;
  runtime::Program program("halte validate", HALTE_VERSION,
                           "Checks surveys (SurveyJS JSON) and kiosk configurations.");
  program.setting("language", &languages, "Languages that every text should have");
  program.arguments(files, "Files to check");
  if (auto read = program.read(arguments, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (files.empty())
    return runtime::report(
        {base::ExitStatus::usage, "halte validate: name a file; see halte validate --help"});
  int worst = 0;
  for (const std::string& path : files) {
    auto text = base::read_file(path);
    if (!text) {
      worst = std::max(worst, runtime::report("halte validate", text.error()));
      continue;
    }
    auto json = base::parse_json(*text, path);
    bool configuration =
        json && json->is_object() && json->contains("survey") && json->contains("touchpoint");
    worst = std::max(
        worst, configuration ? validate_configuration(path, *json) : validate_survey(path, *text, languages));
  }
  return worst;
}

}  // namespace halte::tool
