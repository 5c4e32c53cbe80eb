// SPDX-License-Identifier: Apache-2.0
#include "core/site/settings.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/site/pictures.h"

namespace halte::site {
namespace {

template <class E, std::size_t N>
using Words = std::array<std::pair<std::string_view, E>, N>;

constexpr Words<Motion, 3> motions{{{"full", Motion::full}, {"calm", Motion::calm}, {"off", Motion::off}}};
constexpr Words<Theme, 3> themes{
    {{"light", Theme::light}, {"dark", Theme::dark}, {"high_contrast", Theme::high_contrast}}};
constexpr Words<ScaleDirection, 2> directions{
    {{"negative_first", ScaleDirection::negative_first}, {"positive_first", ScaleDirection::positive_first}}};
constexpr Words<TextSize, 2> text_sizes{{{"normal", TextSize::normal}, {"large", TextSize::large}}};

template <class E, std::size_t N>
std::string word_for(const Words<E, N>& words, E value) {
  return std::string(std::ranges::find(words, value, &std::pair<std::string_view, E>::second)->first);
}

constexpr int minutes_of_day = 24 * 60;

int read_int(base::ObjectReader& object, const std::string& key, int low, int high, int fallback) {
  return static_cast<int>(object.integer(key, low, high, fallback));
}

void read_languages(base::ObjectReader& object, std::vector<std::string>& languages) {
  if (!object.has("languages")) return;
  languages = object.texts("languages");
  if (languages.empty()) object.problem("languages", "must name at least one language");
  std::vector<std::string> sorted = languages;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end())
    object.problem("languages", "names a language twice");
}

void read_pictures(base::ObjectReader& object, Settings& settings) {
  constexpr const char* mistake = "must be the id of a picture: 64 digits of its SHA-256";
  settings.logo = object.optional_text("logo");
  if (settings.logo && !is_picture_id(*settings.logo)) object.problem("logo", mistake);
  settings.pictures = object.texts("pictures");
  if (!std::ranges::all_of(settings.pictures, is_picture_id)) object.problem("pictures", mistake);
  if (settings.pictures.size() > most_attract_pictures)
    object.problem("pictures", "must be at most 5: nobody stays for more");
}

void read_timeouts(base::ObjectReader& object, Timeouts& timeouts) {
  timeouts.answer = read_int(object, "answer", 10, 300, timeouts.answer);
  timeouts.keyboard = read_int(object, "keyboard", 20, 600, timeouts.keyboard);
  timeouts.still_there = read_int(object, "still_there", 20, 120, timeouts.still_there);
  timeouts.thanks = read_int(object, "thanks", 2, 60, timeouts.thanks);
  timeouts.thanks_with_qr = read_int(object, "thanks_with_qr", 5, 120, timeouts.thanks_with_qr);
}

void read_display(base::ObjectReader& object, Display& display) {
  display.diagonal_in = object.number("diagonal_in", 5, 120);
  display.bottom_mm = object.number("bottom_mm", 0, 2500);
}

void read_retention(base::ObjectReader& object, Retention& retention) {
  retention.contact_days = read_int(object, "contact_days", 1, 3650, retention.contact_days);
  retention.free_text_days = read_int(object, "free_text_days", 1, 3650, retention.free_text_days);
}

base::Json to_json(const Display& display) {
  base::Json json = base::Json::object();
  if (display.diagonal_in) json["diagonal_in"] = *display.diagonal_in;
  if (display.bottom_mm) json["bottom_mm"] = *display.bottom_mm;
  return json;
}

}  // namespace

Settings read_settings(base::ObjectReader& object) {
  Settings settings;
  read_languages(object, settings.languages);
  settings.theme = object.choice("theme", themes, settings.theme);
  settings.motion = object.choice("motion", motions, settings.motion);
  settings.text_size = object.choice("text_size", text_sizes, settings.text_size);
  settings.scale_direction = object.choice("scale_direction", directions, settings.scale_direction);
  settings.coarsening_minutes =
      read_int(object, "coarsening_minutes", 15, minutes_of_day, settings.coarsening_minutes);
  if (minutes_of_day % settings.coarsening_minutes != 0)
    object.problem("coarsening_minutes", "must divide a day: 15, 30, 60, … 1440");
  settings.k = read_int(object, "k", 5, 1000, settings.k);
  settings.recommend_share = object.number("recommend_share", 0, 1).value_or(settings.recommend_share);
  settings.receipts = object.flag("receipts", settings.receipts);
  read_pictures(object, settings);
  object.optional_object("timeouts",
                         [&](base::ObjectReader& inner) { read_timeouts(inner, settings.timeouts); });
  object.optional_object("display",
                         [&](base::ObjectReader& inner) { read_display(inner, settings.display); });
  object.optional_object("retention",
                         [&](base::ObjectReader& inner) { read_retention(inner, settings.retention); });
  return settings;
}

base::Json to_json(const Settings& settings) {
  base::Json json{{"languages", settings.languages},
                  {"theme", word_for(themes, settings.theme)},
                  {"motion", word_for(motions, settings.motion)},
                  {"text_size", word_for(text_sizes, settings.text_size)},
                  {"scale_direction", word_for(directions, settings.scale_direction)},
                  {"coarsening_minutes", settings.coarsening_minutes},
                  {"k", settings.k},
                  {"recommend_share", settings.recommend_share},
                  {"receipts", settings.receipts},
                  {"timeouts",
                   {{"answer", settings.timeouts.answer},
                    {"keyboard", settings.timeouts.keyboard},
                    {"still_there", settings.timeouts.still_there},
                    {"thanks", settings.timeouts.thanks},
                    {"thanks_with_qr", settings.timeouts.thanks_with_qr}}},
                  {"display", to_json(settings.display)},
                  {"retention",
                   {{"contact_days", settings.retention.contact_days},
                    {"free_text_days", settings.retention.free_text_days}}}};
  if (settings.logo) json["logo"] = *settings.logo;
  if (!settings.pictures.empty()) json["pictures"] = settings.pictures;
  return json;
}

}  // namespace halte::site
