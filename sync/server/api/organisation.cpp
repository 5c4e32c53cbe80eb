// SPDX-License-Identifier: Apache-2.0
#include "core/journey/map.h"
#include "core/survey/survey.h"
#include "sync/server/api/services.h"

namespace halte::api {
namespace {

using base::Json;
using base::ObjectReader;

// Everything that an organisation consists of, in one document: what is in it is made or changed, what is
// not stays. Read whole and judged whole before the first row is written.
struct Provision {
  store::hq::OrganisationRecord organisation;
  std::vector<store::hq::RegionRecord> regions;
  std::vector<store::hq::BranchRecord> branches;
  std::vector<store::hq::TouchpointRecord> touchpoints;
  std::vector<store::hq::SurveyRecord> surveys;
  std::vector<store::hq::NoticeRecord> notices;
  std::vector<store::hq::KioskRecord> kiosks;
  std::vector<store::hq::JourneyRecord> journeys;
};

Json value_or_empty(ObjectReader& object, const char* key) {
  const Json* value = object.value(key);
  return value ? *value : Json::object();
}

void read_survey(ObjectReader& o, Provision& p, base::Problems& problems) {
  store::hq::SurveyRecord survey{o.text("id"), int(o.integer("version", 1, 1'000'000)),
                                 value_or_empty(o, "definition"), value_or_empty(o, "metrics")};
  if (auto parsed = survey::parse(base::to_text(survey.definition)); !parsed)
    for (const auto& problem : parsed.error())
      problems.push_back({o.pointer() + "/definition" + problem.pointer, problem.reason});
  p.surveys.push_back(std::move(survey));
}

void read_notice(ObjectReader& o, Provision& p) {
  store::hq::NoticeRecord notice{
      o.text("id"), int(o.integer("version", 1, 1'000'000)), o.text("purpose"), {}};
  for (auto& [locale, text] : o.text_map("texts")) notice.texts[locale] = text;
  p.notices.push_back(std::move(notice));
}

void read_journey(ObjectReader& o, const Json& document, Provision& p, base::Problems& problems) {
  auto map = journey::parse_map(document);
  if (!map) {
    for (auto problem : map.error()) problems.push_back({o.pointer() + problem.pointer, problem.reason});
    return;
  }
  p.journeys.push_back({map->id, int(map->version), document});
}

void read_places(ObjectReader& o, Provision& p) {
  o.objects("regions", [&](ObjectReader& r) { p.regions.push_back({r.text("id"), r.text("name")}); });
  o.objects("branches", [&](ObjectReader& b) {
    store::hq::BranchRecord branch{b.text("id"), b.text("name"), b.text("region"), b.text("zone"),
                                   value_or_empty(b, "opening_hours")};
    if (!branch.zone.empty() && !base::is_zone(branch.zone)) b.problem("zone", "not an IANA time zone");
    p.branches.push_back(std::move(branch));
  });
  o.objects("touchpoints", [&](ObjectReader& t) {
    p.touchpoints.push_back({t.text("id"), t.text("name"), t.text("survey")});
  });
  o.objects("kiosks", [&](ObjectReader& k) {
    p.kiosks.push_back({0, k.text("id"), k.text("name"), k.text("branch"), k.text("touchpoint"), {}, false});
  });
}

std::expected<Provision, base::Problems> read_provision(const Json& json,
                                                        const store::hq::OrganisationRecord& before) {
  Provision p{before, {}, {}, {}, {}, {}, {}, {}};
  base::Problems problems;
  ObjectReader o(json, "", problems);
  p.organisation.name = o.text("name", before.name);
  p.organisation.k = int(o.integer("k", 5, 1000, before.k));
  p.organisation.accent = o.text("accent", before.accent);
  if (o.has("settings")) p.organisation.settings = value_or_empty(o, "settings");
  if (o.has("contact")) p.organisation.contact = value_or_empty(o, "contact");
  read_places(o, p);
  o.objects("surveys", [&](ObjectReader& s) { read_survey(s, p, problems); });
  o.objects("notices", [&](ObjectReader& n) { read_notice(n, p); });
  if (const Json* journeys = o.value("journeys"); journeys && journeys->is_array())
    for (const Json& document : *journeys) {
      base::Problems ignored;
      ObjectReader at(document, "/journeys/" + std::to_string(&document - &journeys->front()), ignored);
      read_journey(at, document, p, problems);
    }
  o.refuse_unknown_keys();
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return p;
}

// A version that is there already and says the same is fine: the document can be sent again.
template <class Record>
bool is_known(const std::vector<Record>& known, const Record& record) {
  return std::ranges::any_of(
      known, [&](const Record& k) { return k.id == record.id && k.version == record.version; });
}

base::Status write(Services& s, const Provision& p) {
  auto surveys = s.store.surveys();
  auto notices = s.store.notices();
  if (!surveys) return std::unexpected(surveys.error());
  if (!notices) return std::unexpected(notices.error());
  base::Status done;
  auto each = [&](const auto& records, auto save) {
    for (const auto& record : records)
      if (done) done = save(record);
  };
  done = s.store.update_organisation(p.organisation);
  each(p.regions, [&](const auto& r) { return s.store.save_region(r); });
  each(p.branches, [&](const auto& r) { return s.store.save_branch(r); });
  each(p.surveys,
       [&](const auto& r) { return is_known(*surveys, r) ? base::Status{} : s.store.save_survey(r); });
  each(p.notices,
       [&](const auto& r) { return is_known(*notices, r) ? base::Status{} : s.store.save_notice(r); });
  each(p.touchpoints, [&](const auto& r) { return s.store.save_touchpoint(r); });
  each(p.kiosks, [&](const auto& r) { return s.store.save_kiosk(r); });
  each(p.journeys, [&](const auto& r) { return s.store.save_journey(r); });
  return done;
}

http::Response provision(Services& s, const http::Request& request, const auth::Session& person) {
  auto body = json_body(request);
  if (!body) return std::move(body.error());
  auto before = s.store.organisation();
  if (!before) return http::problem_for(before.error());
  if (!*before) return http::problem(http::Problem::not_found, "set the organisation up first");
  auto read = read_provision(*body, **before);
  if (!read) {
    Json list = Json::array();
    for (const auto& problem : read.error())
      list.push_back({{"pointer", problem.pointer}, {"reason", problem.reason}});
    return http::problem(http::Problem::invalid_content, base::to_string(read.error()), {{"problems", list}});
  }
  if (auto written = write(s, *read); !written) return http::problem_for(written.error());
  if (auto fresh = s.catalogue.refresh(); !fresh) return http::problem_for(fresh.error());
  (void)s.store.audit({person.email, "organisation changed", ""}, s.clock.now());
  s.events.publish({"kiosks", "{}", ""});
  return http::Response::empty(204);
}

http::Response remove_demo(Services& s) {
  if (auto removed = s.store.remove_demo(); !removed) return http::problem_for(removed.error());
  s.catalogue.clear();
  return http::Response::empty(204);
}

}  // namespace

void add_organisation_routes(http::Router& router, Services& s) {
  http::Route put =
      for_person(s, "PUT", "/api/v1/organisation", auth::access::administrator,
                 [&s](const auto& request, const auto& person) { return provision(s, request, person); });
  router.add(std::move(put));
  router.add(for_person(s, "DELETE", "/api/v1/demo", auth::access::administrator,
                        [&s](const auto&, const auto&) { return remove_demo(s); }));
}

}  // namespace halte::api
