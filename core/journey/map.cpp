// SPDX-License-Identifier: Apache-2.0
#include "core/journey/map.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <utility>

namespace halte::journey {
namespace {

using base::ObjectReader;

template <class E, std::size_t N>
using Words = std::array<std::pair<std::string_view, E>, N>;

constexpr Words<Channel, 8> channels{{{"shop", Channel::shop},
                                      {"web", Channel::web},
                                      {"mail", Channel::mail},
                                      {"phone", Channel::phone},
                                      {"chat", Channel::chat},
                                      {"social", Channel::social},
                                      {"review-site", Channel::review_site},
                                      {"event", Channel::event}}};
constexpr Words<Status, 4> statuses{
    {{"open", Status::open}, {"doing", Status::doing}, {"done", Status::done}, {"dropped", Status::dropped}}};
constexpr Words<stats::Better, 2> directions{
    {{"higher", stats::Better::higher}, {"lower", stats::Better::lower}}};

template <class E, std::size_t N>
std::string_view word_for(const Words<E, N>& words, E value) {
  return std::ranges::find(words, value, &std::pair<std::string_view, E>::second)->first;
}

constexpr std::size_t most_personas = 4;
constexpr double any_amount = std::numeric_limits<double>::max();

// An id that is new in its kind; a second one is a problem.
std::string read_id(ObjectReader& object, std::set<std::string>& used) {
  std::string id = object.text("id");
  if (!id.empty() && !used.insert(id).second) object.problem("id", fmt::format("is used twice: {}", id));
  return id;
}

struct Ids {
  std::set<std::string> personas, phases, touchpoints, opportunities;
};

Persona read_persona(ObjectReader& object, Ids& ids) {
  return {read_id(object, ids.personas), object.text("name"), object.text("description", ""),
          object.texts("goals"), object.texts("pains")};
}

Kpi read_kpi(ObjectReader& object) {
  return {object.text("metric"), object.number("target", -any_amount, any_amount),
          object.choice("better", directions, stats::Better::higher), object.text("unit", "")};
}

Touchpoint read_touchpoint(ObjectReader& object, Ids& ids) {
  Touchpoint touchpoint;
  touchpoint.id = read_id(object, ids.touchpoints);
  touchpoint.name = object.text("name");
  touchpoint.channel = object.choice("channel", channels, Channel::shop);
  touchpoint.doing = object.text("doing", "");
  touchpoint.thinking = object.text("thinking", "");
  touchpoint.expected_emotion = object.number("expected_emotion", 1, 5);
  touchpoint.measured_by = object.optional_text("measured_by");
  object.objects("kpis", [&](ObjectReader& kpi) { touchpoint.kpis.push_back(read_kpi(kpi)); });
  touchpoint.friction = object.texts("friction");
  return touchpoint;
}

Phase read_phase(ObjectReader& object, Ids& ids) {
  Phase phase{read_id(object, ids.phases), object.text("name"), object.text("goal", ""), {}};
  object.objects("touchpoints",
                 [&](ObjectReader& inner) { phase.touchpoints.push_back(read_touchpoint(inner, ids)); });
  return phase;
}

Opportunity read_opportunity(ObjectReader& object, Ids& ids) {
  Opportunity opportunity;
  opportunity.id = read_id(object, ids.opportunities);
  opportunity.title = object.text("title");
  opportunity.owner = object.text("owner", "");
  opportunity.due = object.date("due");
  opportunity.status = object.choice("status", statuses, Status::open);
  opportunity.done_on = object.date("done_on");
  if (opportunity.done_on && opportunity.status != Status::done)
    object.problem("done_on", "is only for an opportunity that is done");
  opportunity.touchpoint = object.text("touchpoint");
  if (!opportunity.touchpoint.empty() && !ids.touchpoints.contains(opportunity.touchpoint))
    object.problem("touchpoint", fmt::format("is not in the map: {}", opportunity.touchpoint));
  opportunity.metric = object.text("metric");
  return opportunity;
}

Map read_map(ObjectReader& object) {
  Map map;
  Ids ids;
  map.id = object.text("id");
  map.title = object.text("title");
  map.framework = object.text("framework");
  map.locale = object.text("locale");
  map.version = object.integer("version", 1, std::numeric_limits<std::int32_t>::max());
  map.owner = object.text("owner", "");
  map.reviewed = object.date("reviewed");
  object.objects("personas", [&](ObjectReader& inner) { map.personas.push_back(read_persona(inner, ids)); });
  object.objects("phases", [&](ObjectReader& inner) { map.phases.push_back(read_phase(inner, ids)); });
  object.objects("opportunities",
                 [&](ObjectReader& inner) { map.opportunities.push_back(read_opportunity(inner, ids)); });
  return map;
}

template <class T>
base::Json list_of(const std::vector<T>& items, base::Json (*write)(const T&)) {
  base::Json list = base::Json::array();
  for (const T& item : items) list.push_back(write(item));
  return list;
}

base::Json write_persona(const Persona& persona) {
  return {{"id", persona.id},
          {"name", persona.name},
          {"description", persona.description},
          {"goals", persona.goals},
          {"pains", persona.pains}};
}

base::Json write_kpi(const Kpi& kpi) {
  base::Json json{{"metric", kpi.metric}, {"better", word_for(directions, kpi.better)}, {"unit", kpi.unit}};
  if (kpi.target) json["target"] = *kpi.target;
  return json;
}

base::Json write_touchpoint(const Touchpoint& touchpoint) {
  base::Json json{{"id", touchpoint.id},
                  {"name", touchpoint.name},
                  {"channel", name_of(touchpoint.channel)},
                  {"doing", touchpoint.doing},
                  {"thinking", touchpoint.thinking},
                  {"kpis", list_of(touchpoint.kpis, write_kpi)},
                  {"friction", touchpoint.friction}};
  if (touchpoint.expected_emotion) json["expected_emotion"] = *touchpoint.expected_emotion;
  if (touchpoint.measured_by) json["measured_by"] = *touchpoint.measured_by;
  return json;
}

base::Json write_phase(const Phase& phase) {
  return {{"id", phase.id},
          {"name", phase.name},
          {"goal", phase.goal},
          {"touchpoints", list_of(phase.touchpoints, write_touchpoint)}};
}

base::Json write_opportunity(const Opportunity& opportunity) {
  base::Json json{{"id", opportunity.id},
                  {"title", opportunity.title},
                  {"owner", opportunity.owner},
                  {"status", name_of(opportunity.status)},
                  {"touchpoint", opportunity.touchpoint},
                  {"metric", opportunity.metric}};
  if (opportunity.due) json["due"] = base::to_text(*opportunity.due);
  if (opportunity.done_on) json["done_on"] = base::to_text(*opportunity.done_on);
  return json;
}

}  // namespace

std::string_view name_of(Channel channel) { return word_for(channels, channel); }

std::string_view name_of(Status status) { return word_for(statuses, status); }

const Touchpoint* find_touchpoint(const Map& map, std::string_view id) {
  for (const Phase& phase : map.phases)
    for (const Touchpoint& touchpoint : phase.touchpoints)
      if (touchpoint.id == id) return &touchpoint;
  return nullptr;
}

std::expected<Map, base::Problems> parse_map(const base::Json& json) {
  base::Problems problems;
  ObjectReader document(json, "", problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  Map map = read_map(document);
  document.refuse_unknown_keys();
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return map;
}

base::Result<Map> parse_map_text(std::string_view text, std::string subject) {
  base::Result<base::Json> json = base::parse_json(text, subject);
  if (!json) return std::unexpected(json.error());
  std::expected<Map, base::Problems> parsed = parse_map(*json);
  if (!parsed)
    return base::fail(std::move(subject), base::to_string(parsed.error()), "reading a journey map",
                      base::ErrorKind::invalid);
  return std::move(*parsed);
}

base::Json to_json(const Map& map) {
  base::Json json{{"id", map.id},
                  {"title", map.title},
                  {"framework", map.framework},
                  {"locale", map.locale},
                  {"version", map.version},
                  {"owner", map.owner},
                  {"personas", list_of(map.personas, write_persona)},
                  {"phases", list_of(map.phases, write_phase)},
                  {"opportunities", list_of(map.opportunities, write_opportunity)}};
  if (map.reviewed) json["reviewed"] = base::to_text(*map.reviewed);
  return json;
}

base::Problems warnings(const Map& map) {
  base::Problems warnings;
  if (map.personas.empty())
    warnings.push_back({"/personas", "a map tells the way of somebody: name a persona"});
  if (map.personas.size() > most_personas)
    warnings.push_back({"/personas", "more than four personas blur the map"});
  for (std::size_t i = 0; i < map.phases.size(); ++i)
    if (map.phases[i].touchpoints.empty())
      warnings.push_back({fmt::format("/phases/{}", i), "a phase without a touchpoint"});
  for (std::size_t i = 0; i < map.opportunities.size(); ++i) {
    std::string place = fmt::format("/opportunities/{}", i);
    if (map.opportunities[i].owner.empty()) warnings.push_back({place + "/owner", "nobody owns it"});
    if (!map.opportunities[i].due) warnings.push_back({place + "/due", "it is due on no day"});
  }
  return warnings;
}

bool review_is_due(const Map& map, Date today) {
  return !map.reviewed || std::chrono::sys_days(today) - std::chrono::sys_days(*map.reviewed) > review_every;
}

}  // namespace halte::journey
