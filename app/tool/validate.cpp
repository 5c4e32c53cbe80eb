// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>

#include "app/runtime/settings.h"
#include "app/tool/commands.h"
#include "app/tool/survey_file.h"
#include "core/site/configuration.h"
#include "core/survey/flow.h"
#include "core/survey/survey.h"
#include "core/survey/surveyjs.h"
#include "core/survey/templates.h"

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

// What of a SurveyJS document is asked, be it this one or the one that this survey was imported from.
bool report_import(const std::string& path, const base::Json& document) {
  auto imported = survey::import_surveyjs(base::to_text(document));
  if (imported) print_remarks(path, imported->remarks);
  return imported.has_value();
}

int refuse_survey(const std::string& path, const base::Json& definition,
                  const std::vector<survey::Problem>& problems) {
  print_problems(path, problems);
  fmt::print(stderr, "{}: {} problems; nothing is used of it\n", path, problems.size());
  if (definition.is_object() && report_import(path, definition))
    fmt::print(stderr, "{}: halte survey import makes a survey of it, which asks the rest\n", path);
  return int(base::ExitStatus::failed);
}

int validate_survey(const std::string& path, const base::Json& definition,
                    const std::vector<std::string>& languages) {
  auto survey = survey::parse(base::to_text(definition));
  if (!survey) return refuse_survey(path, definition, survey.error());
  if (auto original = definition.find(survey::kOriginal); original != definition.end())
    report_import(path, *original);
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

// A survey with its id, version and metrics, as templates are.
int validate_with_metrics(const SurveyFile& file, const std::vector<std::string>& languages) {
  int status = validate_survey(file.path, file.definition(), languages);
  auto made = survey::parse_template(file.whole);
  if (status != 0 || made) return status;
  print_problems(file.path, made.error());
  return int(base::ExitStatus::failed);
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
    auto file = read_survey_file(path);
    if (!file) {
      worst = std::max(worst, runtime::report("halte validate", file.error()));
      continue;
    }
    const base::Json& json = file->whole;
    bool configuration = json.is_object() && json.contains("surveys") && json.contains("touchpoint");
    worst = std::max(worst, configuration       ? validate_configuration(path, json)
                            : file->has_metrics ? validate_with_metrics(*file, languages)
                                                : validate_survey(path, json, languages));
  }
  return worst;
}

}  // namespace halte::tool
