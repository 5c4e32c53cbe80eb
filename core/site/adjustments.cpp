// SPDX-License-Identifier: Apache-2.0
#include "core/site/adjustments.h"

#include <algorithm>
#include <array>

#include "core/base/json.h"

namespace halte::site {
namespace {

constexpr int minutes_of_day = 24 * 60;
constexpr std::array<std::string_view, 3> modes{"when_closed", "never", "hours"};  // by Sleep::Mode

template <class T>
void read_number(const base::Json& json, const char* key, double low, double high, T& into) {
  const auto at = json.find(key);
  if (at == json.end() || !at->is_number()) return;
  const double value = at->get<double>();
  if (value >= low && value <= high) into = T(value);
}

std::string text_of(const base::Json& json, const char* key) {
  const auto at = json.find(key);
  return at == json.end() || !at->is_string() ? std::string() : at->get<std::string>();
}

Sleep sleep_of(const base::Json& json) {
  Sleep sleep;
  const auto at = json.find("sleep");
  if (at == json.end() || !at->is_object()) return sleep;
  const auto mode = std::ranges::find(modes, text_of(*at, "mode"));
  if (mode != modes.end()) sleep.mode = Sleep::Mode(mode - modes.begin());
  read_number(*at, "from", 0, minutes_of_day - 1, sleep.from);
  read_number(*at, "until", 0, minutes_of_day - 1, sleep.until);
  return sleep;
}

}  // namespace

std::string to_text(const Adjustments& a) {
  base::Json json{
      {"volume", a.volume},
      {"sleep",
       {{"mode", modes[std::size_t(a.sleep.mode)]}, {"from", a.sleep.from}, {"until", a.sleep.until}}},
      {"language", a.language},
      {"authorities", a.authorities}};
  if (a.brightness) json["brightness"] = *a.brightness;
  if (a.proxy) json["proxy"] = *a.proxy;
  if (a.diagonal_in) json["diagonal_in"] = *a.diagonal_in;
  return base::to_text(json);
}

Adjustments parse_adjustments(std::string_view text) {
  Adjustments a;
  const auto json = base::parse_json(text, "adjustments");
  if (!json || !json->is_object()) return a;
  read_number(*json, "diagonal_in", least_diagonal, most_diagonal, a.diagonal_in);
  read_number(*json, "brightness", least_brightness, most_brightness, a.brightness);
  read_number(*json, "volume", -most_volume, most_volume, a.volume);
  a.sleep = sleep_of(*json);
  a.language = text_of(*json, "language");
  if (const std::string proxy = text_of(*json, "proxy");
      json->contains("proxy") && (proxy.empty() || is_proxy(proxy)))
    a.proxy = proxy;
  a.authorities = text_of(*json, "authorities");
  return a;
}

bool is_proxy(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!text.starts_with(scheme)) continue;
    const std::string_view rest = text.substr(scheme.size());
    const auto is_plain = [](char c) { return c > ' ' && c < 127 && c != '/' && c != '?' && c != '#'; };
    return !rest.empty() && rest.size() < 200 && std::ranges::all_of(rest, is_plain);
  }
  return false;
}

}  // namespace halte::site
