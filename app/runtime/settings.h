// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/base/error.h"

namespace halte::runtime {

using Environment = std::map<std::string, std::string>;

// The variables of this process whose names start with HALTE_.
Environment process_environment();

// Why a program ends before it began: help and version with status done, else a wrong setting.
struct Stop {
  base::ExitStatus status = base::ExitStatus::usage;
  std::string text;
};

// Prints help and version to standard output, everything else to standard error. Returns the exit status.
int report(const Stop& stop);
// "halte-kiosk: kiosk.db: disk is full, while …" to standard error. Returns the exit status of its kind.
int report(const std::string& program, const base::Error& error);

// The settings of one program. Every setting has one name in four spellings, in rising order of weight:
//   the target's own value, `server-url` in the TOML file (also `server_url`, or `url` under [server]),
//   the variable HALTE_SERVER_URL, the flag --server-url.
// --config FILE (HALTE_CONFIG) names the TOML file; without it there is none. --help and --version are added.
// Targets are written only by read(); they must outlive the program object. One thread.
class Program {
 public:
  using Target = std::variant<std::string*, int*, double*, bool*, std::vector<std::string>*>;

  Program(std::string name, std::string version, std::string summary);

  // A bool is a flag without a value (1, true, yes, on or their opposites in a variable); a list takes
  // the flag several times, a TOML array, or a variable cut at commas.
  void setting(std::string name, Target target, std::string help);
  // A text that must be one of `allowed`.
  void choice(std::string name, std::string& target, std::vector<std::string> allowed, std::string help);
  // Whatever is left on the command line; without this, nothing may be left.
  void arguments(std::vector<std::string>& target, std::string help);

  // `arguments`: without the program's name. All or nothing: after a Stop no target has changed.
  std::expected<void, Stop> read(const std::vector<std::string>& arguments, const Environment& environment);

  // Of the setting of that name, after read(): somebody typed it, and it does not only stand somewhere.
  bool is_flag(const std::string& name) const { return flags_.contains(name); }

  const std::string& name() const { return name_; }

 private:
  using Values = std::vector<std::string>;
  struct Setting {
    std::string name;
    Target target;
    std::vector<std::string> allowed;
    std::string help;
  };
  struct Found {
    std::string source;  // "--size", "HALTE_SIZE" or "kiosk.toml:3:8"
    Values values;
  };
  using Sources = std::map<std::string, Found>;

  std::expected<Sources, Stop> read_flags(std::vector<std::string> arguments) const;
  base::Result<Sources> read_file(const std::filesystem::path& path) const;
  std::expected<void, Stop> apply(const Sources& sources);
  const Setting* find(const std::string& name) const;

  std::string name_, version_, summary_;
  std::vector<Setting> settings_;
  std::set<std::string> flags_;
  std::vector<std::string>* rest_ = nullptr;
  std::string rest_help_;
};

}  // namespace halte::runtime
