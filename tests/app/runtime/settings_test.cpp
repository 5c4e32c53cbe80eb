// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/settings.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

using namespace halte;
using runtime::Program;

namespace {

struct Options {
  std::string server = "none";
  std::string motion = "full";
  int port = 8080;
  double diagonal = 0;
  bool fullscreen = false;
  std::vector<std::string> languages;
};

Program program_of(Options& options) {
  Program program("halte-test", "1.2.3", "A program for tests");
  program.setting("server-url", &options.server, "Where the server is");
  program.setting("port", &options.port, "Port");
  program.setting("display-diagonal", &options.diagonal, "Inches");
  program.setting("fullscreen", &options.fullscreen, "Whole screen");
  program.setting("languages", &options.languages, "Languages");
  program.choice("motion", options.motion, {"full", "calm", "off"}, "How much moves");
  return program;
}

// A file that goes with the test.
struct TomlFile {
  tests::TemporaryFolder folder;
  std::string path = (folder / "halte.toml").string();
  explicit TomlFile(const std::string& content) { std::ofstream(path) << content; }
};

}  // namespace

TEST_CASE("settings: without any source the defaults stand") {
  Options options;
  CHECK(program_of(options).read({}, {}));
  CHECK(options.server == "none");
  CHECK(options.port == 8080);
  CHECK_FALSE(options.fullscreen);
}

TEST_CASE("settings: a file yields to a variable, a variable yields to a flag") {
  TomlFile file("port = 1\nserver-url = 'file'\nmotion = 'calm'\n");
  Options options;
  Program program = program_of(options);
  auto read = program.read({"--config", file.path, "--motion", "off"},
                           {{"HALTE_SERVER_URL", "variable"}, {"HALTE_MOTION", "full"}});
  REQUIRE(read);
  CHECK(options.port == 1);
  CHECK(options.server == "variable");
  CHECK(options.motion == "off");
  CHECK(program.is_flag("motion"));
  CHECK_FALSE(program.is_flag("server-url"));
  CHECK_FALSE(program.is_flag("port"));
}

TEST_CASE("settings: the file is named by HALTE_CONFIG too") {
  TomlFile file("port = 99\n");
  Options options;
  REQUIRE(program_of(options).read({}, {{"HALTE_CONFIG", file.path}}));
  CHECK(options.port == 99);
}

TEST_CASE("settings: tables, underscores and lists of a file mean the same settings") {
  TomlFile file(
      "fullscreen = true\nlanguages = ['nl', 'de']\n[server]\nurl = 'a'\n[display]\ndiagonal = 21.5\n");
  Options options;
  REQUIRE(program_of(options).read({"--config=" + file.path}, {}));
  CHECK(options.server == "a");
  CHECK(options.diagonal == doctest::Approx(21.5));
  CHECK(options.fullscreen);
  CHECK(options.languages == std::vector<std::string>{"nl", "de"});
}

TEST_CASE("settings: a list takes repeated flags, and a variable cut at commas") {
  Options options;
  REQUIRE(program_of(options).read({"--languages", "nl", "--languages", "fr"}, {}));
  CHECK(options.languages == std::vector<std::string>{"nl", "fr"});
  REQUIRE(program_of(options).read({}, {{"HALTE_LANGUAGES", "en,de"}}));
  CHECK(options.languages == std::vector<std::string>{"en", "de"});
}

TEST_CASE("settings: an unknown key of the file is named with line and column") {
  TomlFile file("port = 1\nprot = 2\n");
  Options options;
  auto read = program_of(options).read({"--config", file.path}, {});
  REQUIRE_FALSE(read);
  CHECK(read.error().status == base::ExitStatus::usage);
  CHECK(read.error().text.find(".toml:2:1") != std::string::npos);
  CHECK(read.error().text.find("'prot'") != std::string::npos);
}

TEST_CASE("settings: a file that is not TOML is an error with line and column") {
  TomlFile file("port = = 2\n");
  Options options;
  auto read = program_of(options).read({"--config", file.path}, {});
  REQUIRE_FALSE(read);
  CHECK(read.error().text.find(".toml:1:") != std::string::npos);
}

TEST_CASE("settings: a missing file is an error, not an empty one") {
  Options options;
  auto read = program_of(options).read({"--config", "/nonexistent/halte.toml"}, {});
  REQUIRE_FALSE(read);
  CHECK(read.error().text.find("/nonexistent/halte.toml") != std::string::npos);
}

TEST_CASE("settings: a wrong value names its source and changes nothing") {
  Options options;
  auto read = program_of(options).read({"--server-url", "x"}, {{"HALTE_PORT", "many"}});
  REQUIRE_FALSE(read);
  CHECK(read.error().text.find("HALTE_PORT: 'many' is not a whole number") != std::string::npos);
  CHECK(options.server == "none");
  read = program_of(options).read({"--motion", "wild"}, {});
  REQUIRE_FALSE(read);
  CHECK(read.error().text.find("full, calm, off") != std::string::npos);
}

TEST_CASE("settings: an unknown flag is used wrongly, help and version are done") {
  Options options;
  CHECK(program_of(options).read({"--bogus"}, {}).error().status == base::ExitStatus::usage);
  auto help = program_of(options).read({"--help"}, {});
  CHECK(help.error().status == base::ExitStatus::done);
  CHECK(help.error().text.find("HALTE_SERVER_URL") != std::string::npos);
  auto version = program_of(options).read({"--version"}, {});
  CHECK(version.error().status == base::ExitStatus::done);
  CHECK(version.error().text == "halte-test 1.2.3");
}

TEST_CASE("settings: arguments that are left over are refused, unless the program takes them") {
  Options options;
  CHECK_FALSE(program_of(options).read({"file.csv"}, {}));
  Program program = program_of(options);
  std::vector<std::string> files;
  program.arguments(files, "Files to read");
  REQUIRE(program.read({"a.csv", "--port", "7", "b.csv"}, {}));
  CHECK(files == std::vector<std::string>{"a.csv", "b.csv"});
  CHECK(options.port == 7);
}

TEST_CASE("settings: what stands after the file's name is left to the program") {
  const TomlFile file("port = 9000\n");
  Options options;
  Program program = program_of(options);
  std::vector<std::string> words;
  program.arguments(words, "A command");
  REQUIRE(program.read({"--config", file.path, "serve"}, {}));
  CHECK(words == std::vector<std::string>{"serve"});
  CHECK(options.port == 9000);
}
