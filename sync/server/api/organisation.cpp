// SPDX-License-Identifier: Apache-2.0
#include "core/journey/map.h"
#include "core/site/opening_hours.h"
#include "core/site/pictures.h"
#include "core/survey/survey.h"
#include "sync/server/api/configuration.h"
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

// What is there already. A document may refer to it, and may not change a published version.
struct Known {
  std::vector<store::hq::RegionRecord> regions;
  std::vector<store::hq::BranchRecord> branches;
  std::vector<store::hq::TouchpointRecord> touchpoints;
  std::vector<store::hq::SurveyRecord> surveys;
  std::vector<store::hq::NoticeRecord> notices;
  std::vector<store::hq::KioskRecord> kiosks;
  std::vector<std::string> pictures;
};

base::Result<Known> read_known(store::hq::HqStore& store) {
  Known known;
  auto take = [](auto result, auto& into) -> base::Status {
    if (!result) return std::unexpected(result.error());
    into = std::move(*result);
    return {};
  };
  for (auto status : {take(store.regions(), known.regions), take(store.branches(), known.branches),
                      take(store.touchpoints(), known.touchpoints), take(store.surveys(), known.surveys),
                      take(store.notices(), known.notices), take(store.kiosks(), known.kiosks),
                      take(store.picture_ids(), known.pictures)})
    if (!status) return std::unexpected(status.error());
  return known;
}

template <class Record>
const Record* find(const std::vector<Record>& all, const std::string& id) {
  auto at = std::ranges::find(all, id, &Record::id);
  return at == all.end() ? nullptr : &*at;
}

template <class Record>
const Record* same_version(const std::vector<Record>& all, const Record& record) {
  auto at = std::ranges::find_if(
      all, [&](const Record& r) { return r.id == record.id && r.version == record.version; });
  return at == all.end() ? nullptr : &*at;
}

Json value_or_empty(ObjectReader& object, const char* key) {
  const Json* value = object.value(key);
  return value ? *value : Json::object();
}

// Reads the document's parts in the order in which they refer to each other.
class Reader {
 public:
  Reader(Provision& into, const Known& known, base::Problems& problems)
      : p_(into), known_(known), problems_(problems) {}

  void read(const Json& json) {
    ObjectReader o(json, "", problems_);
    p_.organisation.name = o.text("name", p_.organisation.name);
    p_.organisation.k = int(o.integer("k", 5, 1000, p_.organisation.k));
    p_.organisation.accent = o.text("accent", p_.organisation.accent);
    if (o.has("settings")) p_.organisation.settings = value_or_empty(o, "settings");
    if (o.has("contact")) p_.organisation.contact = value_or_empty(o, "contact");
    o.objects("regions", [&](ObjectReader& r) { p_.regions.push_back({r.text("id"), r.text("name")}); });
    o.objects("branches", [&](ObjectReader& b) { read_branch(b); });
    o.objects("surveys", [&](ObjectReader& s) { read_survey(s); });
    o.objects("notices", [&](ObjectReader& n) { read_notice(n); });
    o.objects("touchpoints", [&](ObjectReader& t) { read_touchpoint(t); });
    o.objects("kiosks", [&](ObjectReader& k) { read_kiosk(k); });
    if (const Json* journeys = o.value("journeys"); journeys && journeys->is_array())
      for (std::size_t i = 0; i < journeys->size(); ++i)
        read_journey((*journeys)[i], "/journeys/" + std::to_string(i));
    o.refuse_unknown_keys();
  }

 private:
  void read_branch(ObjectReader& b) {
    store::hq::BranchRecord branch{b.text("id"), b.text("name"), b.text("region"), b.text("zone"),
                                   value_or_empty(b, "opening_hours")};
    b.optional_object("opening_hours", [](ObjectReader& hours) { (void)site::read_opening_hours(hours); });
    if (!branch.zone.empty() && !base::is_zone(branch.zone)) b.problem("zone", "not an IANA time zone");
    check_reference(b, "region", branch.region, p_.regions, known_.regions);
    p_.branches.push_back(std::move(branch));
  }

  void read_survey(ObjectReader& o) {
    store::hq::SurveyRecord survey{o.text("id"), int(o.integer("version", 1, 1'000'000)),
                                   value_or_empty(o, "definition"), value_or_empty(o, "metrics")};
    if (auto parsed = survey::parse(base::to_text(survey.definition)); !parsed)
      for (const auto& problem : parsed.error())
        problems_.push_back({o.pointer() + "/definition" + problem.pointer, problem.reason});
    const auto* published = same_version(known_.surveys, survey);
    if (!published)
      p_.surveys.push_back(std::move(survey));
    else if (published->definition != survey.definition || published->metrics != survey.metrics)
      o.problem("version", "is published with another content: a change needs a new version");
  }

  void read_notice(ObjectReader& o) {
    store::hq::NoticeRecord notice{
        o.text("id"), int(o.integer("version", 1, 1'000'000)), o.text("purpose"), {}};
    for (auto& [locale, text] : o.text_map("texts")) notice.texts[locale] = text;
    const auto* published = same_version(known_.notices, notice);
    if (!published)
      p_.notices.push_back(std::move(notice));
    else if (published->purpose != notice.purpose || published->texts != notice.texts)
      o.problem("version", "is published with another text: a change needs a new version");
  }

  void read_touchpoint(ObjectReader& t) {
    store::hq::TouchpointRecord touchpoint{t.text("id"), t.text("name"), t.text("survey")};
    check_reference(t, "survey", touchpoint.survey, p_.surveys, known_.surveys);
    p_.touchpoints.push_back(std::move(touchpoint));
  }

  void read_kiosk(ObjectReader& k) {
    store::hq::KioskRecord kiosk{0,  k.text("id"), k.text("name"), k.text("branch"), k.text("touchpoint"),
                                 {}, false};
    check_reference(k, "branch", kiosk.branch, p_.branches, known_.branches);
    check_reference(k, "touchpoint", kiosk.touchpoint, p_.touchpoints, known_.touchpoints);
    // A stolen kiosk stays out, whatever document is sent again: only a new enrolment lets it back in.
    if (const auto* there = find(known_.kiosks, kiosk.id)) kiosk.revoked = there->revoked;
    p_.kiosks.push_back(std::move(kiosk));
  }

  void read_journey(const Json& document, const std::string& pointer) {
    auto map = journey::parse_map(document);
    if (map)
      p_.journeys.push_back({map->id, int(map->version), document});
    else
      for (const auto& problem : map.error())
        problems_.push_back({pointer + problem.pointer, problem.reason});
  }

  template <class Record>
  static void check_reference(ObjectReader& from, const char* key, const std::string& id,
                              const std::vector<Record>& here, const std::vector<Record>& known) {
    if (!id.empty() && !find(here, id) && !find(known, id)) from.problem(key, "there is none of that id");
  }

  Provision& p_;
  const Known& known_;
  base::Problems& problems_;
};

site::Settings settings_of(const Json& json) {
  base::Problems judged_elsewhere;
  ObjectReader reader(json, "", judged_elsewhere);
  return json.is_object() ? site::read_settings(reader) : site::Settings{};
}

// Pictures are sent before the settings that show them.
void check_pictures(const site::Settings& settings, const Known& known, base::Problems& problems) {
  const auto check = [&](const std::string& id, std::string pointer) {
    if (std::ranges::find(known.pictures, id) == known.pictures.end())
      problems.push_back({std::move(pointer), "there is no picture of that id: POST it to /api/v1/pictures"});
  };
  if (settings.logo) check(*settings.logo, "/settings/logo");
  for (std::size_t i = 0; i < settings.pictures.size(); ++i)
    check(settings.pictures[i], "/settings/pictures/" + std::to_string(i));
}

std::expected<Provision, base::Problems> read_provision(const Json& json,
                                                        const store::hq::OrganisationRecord& before,
                                                        const Known& known) {
  Provision p{before, {}, {}, {}, {}, {}, {}, {}};
  base::Problems problems;
  Reader(p, known, problems).read(json);
  auto notices = known.notices;
  notices.insert(notices.end(), p.notices.begin(), p.notices.end());
  std::ranges::move(problems_for_kiosks(p.organisation, notices), std::back_inserter(problems));
  check_pictures(settings_of(p.organisation.settings), known, problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return p;
}

base::Status write(Services& s, const Provision& p) {
  base::Status done = s.store.update_organisation(p.organisation);
  auto each = [&](const auto& records, auto save) {
    for (const auto& record : records)
      if (done) done = save(record);
  };
  each(p.regions, [&](const auto& r) { return s.store.save_region(r); });
  each(p.branches, [&](const auto& r) { return s.store.save_branch(r); });
  each(p.surveys, [&](const auto& r) { return s.store.save_survey(r); });
  each(p.notices, [&](const auto& r) { return s.store.save_notice(r); });
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
  auto known = read_known(s.store);
  if (!known) return http::problem_for(known.error());
  auto read = read_provision(*body, **before, *known);
  if (!read) {
    Json list = Json::array();
    for (const auto& problem : read.error())
      list.push_back({{"pointer", problem.pointer}, {"reason", problem.reason}});
    return http::problem(http::Problem::invalid_content, base::to_string(read.error()), {{"problems", list}});
  }
  if (auto written = write(s, *read); !written) return http::problem_for(written.error());
  if (auto fresh = s.catalogue.refresh(); !fresh) return http::problem_for(fresh.error());
  // Somebody may be about to name what was sent today; what nobody names any more goes for good.
  auto kept = s.store.keep_pictures(site::pictures_of(settings_of(read->organisation.settings)),
                                    s.clock.now() - std::chrono::days(1));
  if (!kept) s.log->warn("{}", base::to_string(kept.error()));
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
