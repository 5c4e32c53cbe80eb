// SPDX-License-Identifier: Apache-2.0
// halte: what people who run Halte do from a command line.
#include <fmt/format.h>

#include <cstdio>

#include "app/runtime/settings.h"
#include "app/tool/commands.h"

namespace {

struct Command {
  const char* name;
  const char* summary;
  int (*run)(const std::vector<std::string>&);
};

constexpr Command commands[] = {
    {"validate", "check a survey or a kiosk's configuration, and list missing translations",
     halte::tool::validate},
    {"survey", "import and export surveys (SurveyJS) and their texts (.po), list templates",
     halte::tool::survey},
    {"bench", "measure how many responses a second a new server makes durable", halte::tool::bench},
    {"simulate", "fill a server with a demo organisation and its visitors, through the real API",
     halte::tool::simulate},
};

void print_help(std::FILE* to) {
  fmt::print(to, "halte " HALTE_VERSION "\nUse: halte COMMAND [OPTIONS]; halte COMMAND --help\n\n");
  for (const Command& c : commands) fmt::print(to, "  {:<10} {}\n", c.name, c.summary);
}

}  // namespace

int main(int count, char** values) {
  std::vector<std::string> words(values + 1, values + count);
  if (words.empty() || words[0] == "--help" || words[0] == "help") {
    print_help(words.empty() ? stderr : stdout);
    return words.empty() ? int(halte::base::ExitStatus::usage) : 0;
  }
  if (words[0] == "--version") {
    fmt::print("halte " HALTE_VERSION "\n");
    return 0;
  }
  for (const Command& c : commands)
    if (words[0] == c.name) return c.run({words.begin() + 1, words.end()});
  fmt::print(stderr, "halte: unknown command '{}'; see halte --help\n", words[0]);
  return int(halte::base::ExitStatus::usage);
}
