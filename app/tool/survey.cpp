// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdio>
#include <span>

#include "app/runtime/settings.h"
#include "app/tool/commands.h"
#include "app/tool/survey_file.h"
#include "core/base/file.h"
#include "core/survey/flow.h"
#include "core/survey/surveyjs.h"
#include "core/survey/templates.h"
#include "core/survey/texts.h"

namespace halte::tool {
namespace {

using Words = std::vector<std::string>;
constexpr int kFailed = int(base::ExitStatus::failed);

// What every one of these commands takes: files, and where the result goes.
struct Use {
  std::string name;
  Words files;
  std::string out;

  int wrong(const std::string& what) const {
    return runtime::report({base::ExitStatus::usage, fmt::format("{}: {}; see {} --help", name, what, name)});
  }
};

int import_file(const Words& words) {
  Use use{"halte survey import", {}, {}};
  runtime::Program program(
      use.name, HALTE_VERSION,
      "Makes a survey of a SurveyJS document that another program made. The document is kept whole "
      "inside; what is asked otherwise or only kept is said on standard error.");
  program.setting("out", &use.out, "File for the survey; standard output if left out");
  program.arguments(use.files, "The SurveyJS document");
  if (auto read = program.read(words, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (use.files.size() != 1) return use.wrong("name one file");
  auto text = base::read_file(use.files[0], 4 * survey::Limits::bytes);
  if (!text) return runtime::report(use.name, text.error());
  auto imported = survey::import_surveyjs(*text);
  if (!imported) {
    print_problems(use.files[0], imported.error());
    return kFailed;
  }
  print_remarks(use.files[0], imported->remarks);
  return write_output(use.name, use.out, indented(imported->definition));
}

int export_file(const Words& words) {
  Use use{"halte survey export", {}, {}};
  runtime::Program program(
      use.name, HALTE_VERSION,
      "Gives the SurveyJS document of a survey: the imported one, with what was edited since.");
  program.setting("out", &use.out, "File for the document; standard output if left out");
  program.arguments(use.files, "The survey");
  if (auto read = program.read(words, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (use.files.size() != 1) return use.wrong("name one file");
  auto file = read_survey_file(use.files[0]);
  if (!file) return runtime::report(use.name, file.error());
  auto exported = survey::export_surveyjs(file->definition());
  if (!exported) {
    print_problems(file->path, exported.error());
    return kFailed;
  }
  print_problems(file->path, exported->not_carried);
  return write_output(use.name, use.out, indented(exported->document));
}

int export_texts(const Words& words) {
  Use use{"halte survey texts export", {}, {}};
  std::string language;
  runtime::Program program(use.name, HALTE_VERSION,
                           "Writes a survey's texts for translators, as a .po file.");
  program.setting("language", &language, "Language to translate into");
  program.setting("out", &use.out, "File for the texts; standard output if left out");
  program.arguments(use.files, "The survey");
  if (auto read = program.read(words, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (use.files.size() != 1 || language.empty()) return use.wrong("name one file and a --language");
  auto file = read_survey_file(use.files[0]);
  if (!file) return runtime::report(use.name, file.error());
  auto po = survey::export_texts(file->definition(), language);
  if (po) return write_output(use.name, use.out, *po);
  print_problems(file->path, po.error());
  return kFailed;
}

int import_texts(const Words& words) {
  Use use{"halte survey texts import", {}, {}};
  runtime::Program program(
      use.name, HALTE_VERSION,
      "Puts the translations of a .po file into a survey. Those of texts that have changed since "
      "are fuzzy: they are said on standard error and not applied.");
  program.setting("out", &use.out, "File for the survey; standard output if left out");
  program.arguments(use.files, "The survey, then the .po file");
  if (auto read = program.read(words, runtime::process_environment()); !read)
    return runtime::report(read.error());
  if (use.files.size() != 2) return use.wrong("name a survey and a .po file");
  auto file = read_survey_file(use.files[0]);
  if (!file) return runtime::report(use.name, file.error());
  auto po = base::read_file(use.files[1]);
  if (!po) return runtime::report(use.name, po.error());
  auto translated = survey::import_texts(file->definition(), *po);
  if (!translated) {
    print_problems(use.files[1], translated.error());
    return kFailed;
  }
  print_problems(use.files[1], translated->left_out);
  fmt::print(stderr, "{}: {} translations applied, {} left out, {} texts without one\n", use.files[1],
             translated->applied, translated->left_out.size(), translated->untranslated);
  file->set_definition(std::move(translated->definition));
  return write_output(use.name, use.out, indented(file->whole));
}

int list_templates(const Words& words) {
  runtime::Program program("halte survey templates", HALTE_VERSION,
                           "Lists the surveys to start from, and their files.");
  if (auto read = program.read(words, runtime::process_environment()); !read)
    return runtime::report(read.error());
  const auto folder = base::asset_folder() / "surveys" / "templates";
  auto templates = survey::load_templates(folder);
  if (!templates) return runtime::report("halte survey templates", templates.error());
  const Words english{"en"};
  for (const auto& made : *templates)
    fmt::print("{:<16} {:<30} {}\n", made.id, made.survey.title.in(english),
               (folder / (made.id + ".json")).string());
  return 0;
}

struct Command {
  const char* words;
  const char* summary;
  int (*run)(const Words&);
};
constexpr Command commands[] = {
    {"import FILE", "make a survey of a SurveyJS document", import_file},
    {"export FILE", "give the SurveyJS document of a survey", export_file},
    {"texts export SURVEY --language de", "write its texts for translators (.po)", export_texts},
    {"texts import SURVEY FILE.po", "put translations into it", import_texts},
    {"templates", "list the surveys to start from", list_templates},
};

}  // namespace

int survey(const std::vector<std::string>& arguments) {
  const bool help = !arguments.empty() && (arguments[0] == "--help" || arguments[0] == "help");
  for (const Command& c : commands) {
    const std::string_view words = c.words;
    const bool two = words.starts_with("texts ");
    const std::string name(words.substr(0, words.find(' ', two ? 6 : 0)));
    const std::size_t count = two ? 2 : 1;
    if (arguments.size() < count) continue;
    if (fmt::format("{}", fmt::join(std::span(arguments).first(count), " ")) == name)
      return c.run({arguments.begin() + std::ptrdiff_t(count), arguments.end()});
  }
  fmt::print(help ? stdout : stderr, "Use: halte survey COMMAND; halte survey COMMAND --help\n\n");
  for (const Command& c : commands) fmt::print(help ? stdout : stderr, "  {:<34} {}\n", c.words, c.summary);
  return help ? 0 : int(base::ExitStatus::usage);
}

}  // namespace halte::tool
