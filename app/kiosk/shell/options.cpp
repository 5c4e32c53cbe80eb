// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/options.h"

#include <charconv>

#include "app/kiosk/model/languages.h"

namespace halte::kiosk::shell {
namespace {

constexpr double longest_wait_min = 24 * 60;

bool read_size(Options& options) {
  const std::string& text = options.size;
  const char* end = text.data() + text.size();
  auto [cross, first] = std::from_chars(text.data(), end, options.width);
  if (first != std::errc{} || cross == end || *cross != 'x') return false;
  auto [rest, second] = std::from_chars(cross + 1, end, options.height);
  auto sensible = [](int side) { return side >= 320 && side <= 16384; };
  return second == std::errc{} && rest == end && sensible(options.width) && sensible(options.height);
}

}  // namespace

std::expected<Options, runtime::Stop> read_options(const std::string& version,
                                                   const std::vector<std::string>& arguments,
                                                   const runtime::Environment& environment) {
  Options options;
  runtime::Program program("halte-kiosk", version,
                           "Asks visitors on a touch screen and brings the answers home.\n"
                           "halte-kiosk doctor tells what is wrong with this one and how to mend it.");
  std::vector<std::string> words;
  program.arguments(words, "doctor, with the same settings; else the kiosk starts");
  program.setting("data", &options.data, "Folder of the kiosk's database");
  program.setting("server", &options.server,
                  "Address of the server; without --enrol a person approves this kiosk there");
  program.setting("enrol", &options.enrol,
                  "Code from headquarters; makes this machine a kiosk of that server");
  program.setting("name", &options.name, "What people call this kiosk, for --enrol");
  program.setting("ca-file", &options.ca_file, "Certificate authorities (PEM) instead of the system's");
  program.setting("proxy", &options.proxy, "Way to the server where there is no other, http://HOST:PORT");
  program.setting("size", &options.size, "Window in pixels, WIDTHxHEIGHT");
  program.setting("fullscreen", &options.fullscreen, "Whole screen; requests to close are ignored");
  program.setting("diagonal", &options.diagonal_in,
                  "Diagonal of the panel in inches, where it lies about its size");
  program.choice("motion", options.motion, {"full", "calm", "off"},
                 "How much moves, whatever the configuration says");
  program.choice("theme", options.theme, {"light", "dark", "high-contrast"},
                 "Colours, whatever the configuration says");
  program.choice("language", options.language,
                 {model::program_languages().begin(), model::program_languages().end()},
                 "Language before there is a configuration");
  program.choice("headset", options.headset, {"auto", "yes", "no"},
                 "Whether what is read aloud is heard by the visitor alone; auto: as the jack says");
  program.setting("sleep-after", &options.sleep_after_min,
                  "Minutes without a touch before the panel goes dark, outside the hours");
  program.setting("export-folder", &options.export_folder,
                  "Where the manager's exports go, instead of the first USB stick");
  program.setting("announce", &options.announce,
                  "Append what is shown and saved to this file, as JSON lines");
  program.setting("shots", &options.shots, "Draw every screen into this folder as PNG, and end");
  program.setting("only", &options.only,
                  "With --shots and --describe: only pictures whose name contains this");
  program.setting("describe", &options.describe,
                  "Write every screen's targets and texts to this file, and end");
  program.choice("log", options.log, {"debug", "info", "warn", "error"}, "Least important messages to log");
  program.setting("json", &options.json, "With doctor: what it finds as JSON");
  if (auto read = program.read(arguments, environment); !read) return std::unexpected(read.error());
  options.enrols_now = program.is_flag("enrol");
  options.doctor = words == std::vector<std::string>{"doctor"};
  if (!words.empty() && !options.doctor)
    return std::unexpected(
        runtime::Stop{base::ExitStatus::usage,
                      "halte-kiosk: unknown command '" + words.front() + "'; see halte-kiosk --help"});
  if (!options.proxy.empty() && !site::is_proxy(options.proxy))
    return std::unexpected(runtime::Stop{base::ExitStatus::usage,
                                         "halte-kiosk: --proxy: '" + options.proxy +
                                             "' is not the address of one, as http://proxy.example.nl:3128"});
  if (!read_size(options))
    return std::unexpected(runtime::Stop{
        base::ExitStatus::usage,
        "halte-kiosk: --size: '" + options.size + "' is not WIDTHxHEIGHT in pixels, as 1080x1920"});
  if (!(options.sleep_after_min > 0 && options.sleep_after_min <= longest_wait_min))
    return std::unexpected(
        runtime::Stop{base::ExitStatus::usage,
                      "halte-kiosk: --sleep-after: it takes minutes, more than 0 and at most a day of them"});
  return options;
}

base::Millis Options::sleep_after() const {
  return std::chrono::floor<base::Millis>(std::chrono::duration<double, std::ratio<60>>(sleep_after_min));
}

net::CurlHttpClient::Options http_options(const Options& options, std::string user_agent) {
  net::CurlHttpClient::Options http{.user_agent = std::move(user_agent)};
  if (!options.ca_file.empty()) http.ca_file = options.ca_file;
  if (!options.authorities.empty()) http.authorities = options.authorities;
  if (!options.proxy.empty()) http.proxy = options.proxy;
  return http;
}

Options with_adjustments(Options options, const site::Adjustments& adjustments) {
  options.diagonal_in = adjustments.diagonal_in.value_or(options.diagonal_in);
  options.brightness = adjustments.brightness;
  options.volume = adjustments.volume;
  options.sleep = adjustments.sleep;
  options.authorities = adjustments.authorities;
  options.proxy = adjustments.proxy.value_or(options.proxy);
  return options;
}

}  // namespace halte::kiosk::shell
