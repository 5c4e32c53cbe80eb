// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <functional>
#include <optional>

#include "core/base/file.h"
#include "core/base/visit.h"

namespace halte::runtime {
namespace {

constexpr const char* config_name = "config";

std::unexpected<Stop> wrong(std::string text) {
  return std::unexpected(Stop{base::ExitStatus::usage, std::move(text)});
}

std::string variable_name(std::string name) {
  for (char& c : name) c = c == '-' ? '_' : char(std::toupper(static_cast<unsigned char>(c)));
  return "HALTE_" + name;
}

std::string setting_name(std::string toml_key) {
  std::ranges::replace(toml_key, '_', '-');
  return toml_key;
}

bool is_list(const Program::Target& target) {
  return std::holds_alternative<std::vector<std::string>*>(target);
}

std::vector<std::string> cut_at_commas(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    std::size_t comma = std::min(text.find(',', from), text.size());
    if (comma > from) parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

template <class Number>
std::optional<Number> to_number(const std::string& text) {
  Number value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

std::optional<bool> to_bool(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  if (text == "1" || text == "true" || text == "yes" || text == "on") return true;
  if (text == "0" || text == "false" || text == "no" || text == "off") return false;
  return {};
}

// The write that `values` amount to, or the sentence that says what was expected.
std::expected<std::function<void()>, std::string> assignment(const Program::Target& target,
                                                             const std::vector<std::string>& values) {
  using Write = std::expected<std::function<void()>, std::string>;
  const std::string text = values.empty() ? std::string() : values.back();
  return std::visit(
      base::Visitor{[&](std::string* to) -> Write { return [to, text] { *to = text; }; },
                    [&](std::vector<std::string>* to) -> Write { return [to, values] { *to = values; }; },
                    [&](int* to) -> Write {
                      auto value = to_number<int>(text);
                      if (!value) return std::unexpected("a whole number");
                      return [to, value] { *to = *value; };
                    },
                    [&](double* to) -> Write {
                      auto value = to_number<double>(text);
                      if (!value) return std::unexpected("a number");
                      return [to, value] { *to = *value; };
                    },
                    [&](bool* to) -> Write {
                      auto value = to_bool(text);
                      if (!value) return std::unexpected("true or false");
                      return [to, value] { *to = *value; };
                    }},
      target);
}

std::optional<std::string> scalar_text(const toml::node& node) {
  if (auto text = node.value_exact<std::string>()) return text;
  if (auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (auto whole = node.value_exact<std::int64_t>()) return std::to_string(*whole);
  if (auto number = node.value_exact<double>()) return fmt::format("{}", *number);
  return {};
}

std::string place(const std::string& file, const toml::source_region& at) {
  return fmt::format("{}:{}:{}", file, at.begin.line, at.begin.column);
}

base::Result<std::vector<std::string>> node_values(const toml::node& node, const std::string& where,
                                                   const std::string& key) {
  if (auto text = scalar_text(node)) return std::vector{*text};
  std::vector<std::string> values;
  if (const toml::array* list = node.as_array()) {
    for (const toml::node& element : *list) {
      auto text = scalar_text(element);
      if (!text) return base::fail(where, fmt::format("'{}' holds more than plain values", key));
      values.push_back(*text);
    }
    return values;
  }
  return base::fail(where, fmt::format("'{}' is not a text, a number, true, false or a list of them", key));
}

}  // namespace

Environment process_environment() {
  Environment found;
  for (char** entry = environ; entry && *entry; ++entry) {
    std::string_view text = *entry;
    std::size_t equals = text.find('=');
    if (text.starts_with("HALTE_") && equals != text.npos)
      found.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return found;
}

int report(const Stop& stop) {
  std::FILE* out = stop.status == base::ExitStatus::done ? stdout : stderr;
  fmt::print(out, "{}\n", stop.text);
  return int(stop.status);
}

int report(const std::string& program, const base::Error& error) {
  fmt::print(stderr, "{}: {}\n", program, base::to_string(error));
  return int(base::exit_status(error.kind));
}

Program::Program(std::string name, std::string version, std::string summary)
    : name_(std::move(name)), version_(std::move(version)), summary_(std::move(summary)) {}

void Program::setting(std::string name, Target target, std::string help) {
  settings_.push_back({std::move(name), target, {}, std::move(help)});
}

void Program::choice(std::string name, std::string& target, std::vector<std::string> allowed,
                     std::string help) {
  help += fmt::format(" ({})", fmt::join(allowed, ", "));
  settings_.push_back({std::move(name), &target, std::move(allowed), std::move(help)});
}

void Program::arguments(std::vector<std::string>& target, std::string help) {
  rest_ = &target;
  rest_help_ = std::move(help);
}

const Program::Setting* Program::find(const std::string& name) const {
  auto found = std::ranges::find(settings_, name, &Setting::name);
  return found == settings_.end() ? nullptr : &*found;
}

std::expected<Program::Sources, Stop> Program::read_flags(std::vector<std::string> arguments) const {
  CLI::App app(summary_, name_);
  app.set_version_flag("--version", name_ + " " + version_);
  std::map<std::string, Values> given;
  given[config_name];
  app.add_option("--config", given[config_name], "TOML file with any of the settings below [HALTE_CONFIG]")
      ->expected(1)
      ->allow_extra_args(false);
  for (const Setting& setting : settings_) {
    std::string help = fmt::format("{} [{}]", setting.help, variable_name(setting.name));
    Values& values = given[setting.name];
    if (std::holds_alternative<bool*>(setting.target))
      app.add_flag_callback("--" + setting.name, [&values] { values = {"true"}; }, help);
    else
      app.add_option("--" + setting.name, values, help)
          ->expected(1)
          ->allow_extra_args(false)
          ->multi_option_policy(is_list(setting.target) ? CLI::MultiOptionPolicy::TakeAll
                                                        : CLI::MultiOptionPolicy::TakeLast);
  }
  Values rest;
  if (rest_) app.add_option("arguments", rest, rest_help_);
  try {
    std::ranges::reverse(arguments);  // the library takes them last first
    app.parse(arguments);
  } catch (const CLI::CallForHelp&) {
    return std::unexpected(Stop{base::ExitStatus::done, app.help()});
  } catch (const CLI::CallForVersion&) {
    return std::unexpected(Stop{base::ExitStatus::done, name_ + " " + version_});
  } catch (const CLI::ParseError& error) {
    return wrong(fmt::format("{}: {} (see {} --help)", name_, error.what(), name_));
  }
  Sources found;
  for (auto& [name, values] : given)
    if (!values.empty()) found[name] = {"--" + name, values};
  if (!rest.empty()) found[""] = {"arguments", rest};
  return found;
}

base::Result<Program::Sources> Program::read_file(const std::filesystem::path& path) const {
  auto text = base::read_file(path, 1u << 20);
  if (!text) return std::unexpected(text.error());
  const std::string file = path.string();
  toml::table document;
  try {
    document = toml::parse(*text);
  } catch (const toml::parse_error& error) {
    return base::fail(place(file, error.source()), std::string(error.description()), "reading settings");
  }
  Sources found;
  std::vector<std::pair<std::string, const toml::table*>> open{{"", &document}};
  while (!open.empty()) {
    auto [prefix, table] = open.back();
    open.pop_back();
    for (auto&& [key, node] : *table) {
      const std::string name = setting_name(prefix + std::string(key.str()));
      const std::string where = place(file, key.source());
      if (const toml::table* inner = node.as_table()) {
        open.emplace_back(name + "-", inner);
        continue;
      }
      if (!find(name))
        return base::fail(where, fmt::format("'{}' is not a setting of {}", key.str(), name_),
                          "reading settings");
      auto values = node_values(node, where, std::string(key.str()));
      if (!values) return std::unexpected(values.error());
      found[name] = {where, *values};
    }
  }
  return found;
}

std::expected<void, Stop> Program::apply(const Sources& sources) {
  std::vector<std::function<void()>> writes;
  for (const auto& [name, found] : sources) {
    const Setting* setting = find(name);
    if (!setting) continue;  // --config and what is left over
    const std::string& last = found.values.empty() ? std::string() : found.values.back();
    if (!setting->allowed.empty() && std::ranges::find(setting->allowed, last) == setting->allowed.end())
      return wrong(fmt::format("{}: {}: '{}' is not one of {}", name_, found.source, last,
                               fmt::join(setting->allowed, ", ")));
    auto write = assignment(setting->target, found.values);
    if (!write) return wrong(fmt::format("{}: {}: '{}' is not {}", name_, found.source, last, write.error()));
    writes.push_back(std::move(*write));
  }
  for (auto& write : writes) write();
  return {};
}

std::expected<void, Stop> Program::read(const std::vector<std::string>& arguments,
                                        const Environment& environment) {
  auto flags = read_flags(arguments);
  if (!flags) return std::unexpected(flags.error());

  Sources sources;
  auto file = flags->find(config_name);
  auto file_variable = environment.find(variable_name(config_name));
  if (file != flags->end() || file_variable != environment.end()) {
    auto read = read_file(file != flags->end() ? file->second.values.back() : file_variable->second);
    if (!read) return wrong(name_ + ": " + base::to_string(read.error()));
    sources = std::move(*read);
  }
  for (const Setting& setting : settings_) {
    auto variable = environment.find(variable_name(setting.name));
    if (variable == environment.end()) continue;
    sources[setting.name] = {variable->first, is_list(setting.target) ? cut_at_commas(variable->second)
                                                                      : Values{variable->second}};
  }
  for (auto& [name, found] : *flags) sources[name] = found;
  auto applied = apply(sources);
  if (!applied) return applied;
  for (const auto& [name, found] : *flags) flags_.insert(name);
  if (rest_ && flags->contains("")) *rest_ = (*flags)[""].values;
  return {};
}

}  // namespace halte::runtime
