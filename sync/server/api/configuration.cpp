// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/configuration.h"

#include <map>

#include "core/site/configuration.h"

namespace halte::api {

using base::Json;

namespace {

constexpr std::chrono::days configuration_life{30};

Json newest_notices(const std::vector<store::hq::NoticeRecord>& all) {
  std::map<std::string, const store::hq::NoticeRecord*> newest;
  for (const auto& n : all) {
    const auto*& known = newest[n.id];
    if (!known || known->version < n.version) known = &n;
  }
  Json list = Json::array();
  for (const auto& [id, n] : newest)
    list.push_back({{"id", n->id}, {"version", n->version}, {"purpose", n->purpose}, {"texts", n->texts}});
  return list;
}

}  // namespace

std::int64_t version_of(const store::hq::OrganisationRecord& organisation, base::Instant now) {
  return std::int64_t(organisation.configuration_version) + base::days_since_epoch(now);
}

Json shared_configuration(const store::hq::OrganisationRecord& organisation,
                          const std::vector<store::hq::NoticeRecord>& notices, std::int64_t version,
                          base::Instant issued) {
  Json json{{"version", version},
            {"issued", base::to_rfc3339(issued)},
            {"expires", base::to_rfc3339(issued + configuration_life)},
            {"organisation", {{"id", "organisation"}, {"name", organisation.name}}},
            {"notices", newest_notices(notices)},
            {"contact", organisation.contact},
            {"settings", Json::object()}};
  if (!organisation.accent.empty()) json["organisation"]["accent"] = organisation.accent;
  return json;
}

base::Problems problems_for_kiosks(const store::hq::OrganisationRecord& organisation,
                                   const std::vector<store::hq::NoticeRecord>& notices,
                                   const Json& settings) {
  Json json = shared_configuration(organisation, notices, 1, base::Instant{});
  json["settings"] = settings;
  // The reader takes whole documents only; these parts are judged where they are read.
  json["branch"] = {{"id", "any"}, {"name", "any"}, {"zone", "Etc/UTC"}};
  json["touchpoint"] = json["kiosk"] = {{"id", "any"}, {"name", "any"}};
  json["surveys"] = Json::array(
      {{{"id", "any"}, {"version", 1}, {"definition", Json::object()}, {"metrics", Json::object()}}});
  json["asks"] = Json::array({{{"surveys", Json::array({{{"survey", "any"}, {"version", 1}}})}}});
  auto parsed = site::parse_configuration(json);
  if (parsed) return {};
  constexpr std::string_view organisation_prefix = "/organisation";
  for (auto& problem : parsed.error())
    if (problem.pointer.starts_with(organisation_prefix))
      problem.pointer.erase(0, organisation_prefix.size());
  return parsed.error();
}

}  // namespace halte::api
