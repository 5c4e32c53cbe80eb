// SPDX-License-Identifier: Apache-2.0
#include "sync/server/api/provision.h"

#include <algorithm>
#include <set>

#include "core/journey/map.h"
#include "core/site/asking.h"
#include "core/site/pictures.h"
#include "core/site/settings.h"
#include "core/stats/metric.h"
#include "core/survey/survey.h"
#include "sync/server/api/configuration.h"

namespace halte::api {

using base::Json;
using base::ObjectReader;
using store::hq::Provision;

namespace {

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
    auto& organisation = *p_.organisation;
    organisation.name = o.text("name", organisation.name);
    organisation.k = int(o.integer("k", 5, 1000, organisation.k));
    organisation.accent = o.text("accent", organisation.accent);
    if (o.has("contact")) organisation.contact = value_or_empty(o, "contact");
    const Json own = site::read_own(o, true);
    for (const auto& [key, value] : own.items()) organisation.own[key] = value;
    o.objects("regions", [&](ObjectReader& r) { read_region(r); });
    o.objects("branches", [&](ObjectReader& b) { read_branch(b); });
    o.objects("surveys", [&](ObjectReader& s) { read_survey(s); });
    o.objects("notices", [&](ObjectReader& n) { read_notice(n); });
    o.objects("touchpoints", [&](ObjectReader& t) { read_touchpoint(t); });
    o.objects("kiosks", [&](ObjectReader& k) { read_kiosk(k); });
    read_journeys(o);
    o.refuse_unknown_keys();
  }

 private:
  // A parent may stand further down: whether it is there is judged when all are read.
  void read_region(ObjectReader& r) {
    p_.regions.push_back(
        {r.text("id"), r.text("name"), r.optional_text("parent").value_or(""), site::read_own(r, false)});
  }

  void read_branch(ObjectReader& b) {
    store::hq::BranchRecord branch{b.text("id"), b.text("name"), b.optional_text("region").value_or(""),
                                   site::read_own(b, false)};
    check_reference(b, "region", branch.region, p_.regions, known_.world.regions);
    p_.branches.push_back(std::move(branch));
  }

  void read_survey(ObjectReader& o) {
    store::hq::SurveyRecord survey{o.text("id"), int(o.integer("version", 1, 1'000'000)),
                                   value_or_empty(o, "definition"), value_or_empty(o, "metrics")};
    if (auto parsed = survey::parse(base::to_text(survey.definition)); !parsed)
      for (const auto& problem : parsed.error())
        problems_.push_back({o.pointer() + "/definition" + problem.pointer, problem.reason});
    // Its questions may be those of another version, so what they are is judged when a draft is published.
    o.optional_object("metrics", [](ObjectReader& metrics) {
      for (stats::Metric metric : stats::all_metrics)
        (void)metrics.optional_text(std::string(stats::name_of(metric)));
      (void)metrics.texts("reasons");
    });
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
    store::hq::KioskRecord kiosk;
    kiosk.id = k.text("id");
    kiosk.name = k.text("name");
    kiosk.branch = k.text("branch");
    kiosk.touchpoint = k.text("touchpoint");
    kiosk.own = site::read_own(k, false);
    check_reference(k, "branch", kiosk.branch, p_.branches, known_.world.branches);
    check_reference(k, "touchpoint", kiosk.touchpoint, p_.touchpoints, known_.world.touchpoints);
    const auto* there = find(known_.world.kiosks, kiosk.id);
    kiosk.paused = k.flag("paused", there && there->paused);
    // A stolen kiosk stays out, whatever document is sent again: only a new enrolment lets it back in.
    if (there) kiosk.revoked = there->revoked;
    p_.kiosks.push_back(std::move(kiosk));
  }

  void read_journeys(ObjectReader& o) {
    const Json* journeys = o.value("journeys");
    if (!journeys) return;
    if (!journeys->is_array()) return o.problem("journeys", "must be a list");
    for (std::size_t i = 0; i < journeys->size(); ++i)
      read_journey((*journeys)[i], "/journeys/" + std::to_string(i));
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

// The places as they would be: what the document has, over what is there.
template <class Record>
void put_over(std::vector<Record>& there, const std::vector<Record>& fresh) {
  for (const auto& record : fresh) {
    auto at = std::ranges::find(there, record.id, &Record::id);
    if (at == there.end())
      there.push_back(record);
    else
      *at = record;
  }
}

World with(World world, const Provision& p) {
  world.organisation = *p.organisation;
  put_over(world.regions, p.regions);
  put_over(world.branches, p.branches);
  put_over(world.touchpoints, p.touchpoints);
  put_over(world.kiosks, p.kiosks);
  return world;
}

site::Settings settings_of(const Json& own) {
  base::Problems judged_elsewhere;
  const Json settings = own.value("settings", Json::object());
  ObjectReader reader(settings, "", judged_elsewhere);
  return settings.is_object() ? site::read_settings(reader) : site::Settings{};
}

// What can be judged only when everything has been read: whether what places name is there.
class WholeCheck {
 public:
  WholeCheck(const Provision& p, const Known& known, base::Problems& problems)
      : p_(p), known_(known), problems_(problems), world_(with(known.world, p)), tree_(world_.tree()) {}

  void check() {
    check_own(p_.organisation->own, "");
    each("/regions/", p_.regions, [&](const auto& region, const std::string& pointer) {
      if (!region.parent.empty() && !find(world_.regions, region.parent))
        problem(pointer + "/parent", "there is none of that id");
      if (tree_.is_circular(region.id)) problem(pointer + "/parent", "the region would be below itself");
    });
    each("/branches/", p_.branches, [](const auto&, const auto&) {});
    each("/kiosks/", p_.kiosks, [](const auto&, const auto&) {});
    for (const auto& branch : world_.branches)
      if (!site::inherit(tree_.path_to_branch(branch.id)).values.contains("zone"))
        problem(pointer_of(branch.id) + "/zone",
                "neither " + branch.id + " nor anything above it says its time zone");
    check_configurations();
  }

 private:
  template <class Record, class Check>
  void each(const std::string& prefix, const std::vector<Record>& records, Check check) {
    for (std::size_t i = 0; i < records.size(); ++i) {
      const std::string pointer = prefix + std::to_string(i);
      check_own(records[i].own, pointer);
      check(records[i], pointer);
    }
  }

  // As its kiosks would read it, every place that says something else than what is above it: a language, for
  // instance, that a notice has no text in.
  void check_configurations() {
    auto notices = known_.notices;
    notices.insert(notices.end(), p_.notices.begin(), p_.notices.end());
    std::set<std::string> judged, told;
    const auto judge = [&](const std::vector<site::Level>& path) {
      const Json settings = site::inherit(path).values.value("settings", Json::object());
      if (!judged.insert(base::to_text(settings)).second) return;
      for (const auto& found : problems_for_kiosks(world_.organisation, notices, settings))
        if (told.insert(found.pointer + " " + found.reason).second && !is_said(found.pointer))
          problem(found.pointer,
                  path.size() == 1 ? found.reason : found.reason + ", for " + path.back().name);
    };
    judge(tree_.path_to_region(""));
    for (const auto& branch : world_.branches) judge(tree_.path_to_branch(branch.id));
    for (const auto& kiosk : world_.kiosks) judge(path_to(tree_, kiosk));
  }

  bool is_said(const std::string& pointer) const {
    return std::ranges::find(problems_, pointer, &base::Problem::pointer) != problems_.end();
  }

  void check_own(const Json& own, const std::string& pointer) {
    check_pictures(settings_of(own), pointer);
    const Json asks = own.value("asks", Json::object());
    if (!asks.is_object()) return;  // said where it was read
    for (const auto& [touchpoint, asking] : asks.items()) {
      const std::string place = pointer + "/asks/" + touchpoint;
      if (!find(world_.touchpoints, touchpoint)) problem(place, "there is no touchpoint of that id");
      std::set<std::string> told;  // variants may name the same
      for (const site::AskedFrom& entry : site::asking_at(asks, touchpoint))
        if (auto missing = missing_survey(entry.asked); missing && told.insert(*missing).second)
          problem(place, *missing);
    }
  }

  std::optional<std::string> missing_survey(const site::Asked& asked) const {
    if (asked.survey.empty()) return {};  // said where it was read
    if (!find(known_.surveys, asked.survey) && !find(p_.surveys, asked.survey))
      return "there is no survey " + asked.survey;
    if (!asked.version) return {};
    const store::hq::SurveyRecord wanted{asked.survey, int(*asked.version), {}, {}};
    if (same_version(known_.surveys, wanted) || same_version(p_.surveys, wanted)) return {};
    return "there is no version " + std::to_string(*asked.version) + " of survey " + asked.survey;
  }

  // Pictures are sent before the settings that show them.
  void check_pictures(const site::Settings& settings, const std::string& pointer) {
    const auto check = [&](const std::string& id, const std::string& place) {
      if (std::ranges::find(known_.pictures, id) == known_.pictures.end())
        problem(pointer + "/settings/" + place,
                "there is no picture of that id: POST it to /api/v1/pictures");
    };
    if (settings.logo) check(*settings.logo, "logo");
    for (std::size_t i = 0; i < settings.pictures.size(); ++i)
      check(settings.pictures[i], "pictures/" + std::to_string(i));
  }

  std::string pointer_of(const std::string& branch) const {
    auto at = std::ranges::find(p_.branches, branch, &store::hq::BranchRecord::id);
    return at == p_.branches.end() ? "" : "/branches/" + std::to_string(at - p_.branches.begin());
  }

  void problem(std::string pointer, std::string reason) {
    problems_.push_back({std::move(pointer), std::move(reason)});
  }

  const Provision& p_;
  const Known& known_;
  base::Problems& problems_;
  const World world_;
  const site::Tree tree_;
};

Json with_own(Json json, const Json& own) {
  for (const auto& [key, value] : own.items()) json[key] = value;
  return json;
}

}  // namespace

base::Result<Known> read_known(Services& s) {
  Known known;
  auto take = [](auto result, auto& into) -> base::Status {
    if (!result) return std::unexpected(result.error());
    into = std::move(*result);
    return {};
  };
  for (auto status : {take(read_world(s), known.world), take(s.store.surveys(), known.surveys),
                      take(s.store.notices(), known.notices), take(s.store.journeys(), known.journeys),
                      take(s.store.picture_ids(), known.pictures)})
    if (!status) return std::unexpected(status.error());
  return known;
}

std::expected<Provision, base::Problems> read_provision(const Json& document, const Known& known) {
  Provision p;
  p.organisation = known.world.organisation;
  base::Problems problems;
  Reader(p, known, problems).read(document);
  WholeCheck(p, known, problems).check();
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return p;
}

Json document_of(const Known& known) {
  const World& w = known.world;
  Json json =
      with_own({{"name", w.organisation.name}, {"k", w.organisation.k}, {"contact", w.organisation.contact}},
               w.organisation.own);
  if (!w.organisation.accent.empty()) json["accent"] = w.organisation.accent;
  const auto list = [&](const char* key, const auto& records, auto to_json) {
    json[key] = Json::array();
    for (const auto& record : records) json[key].push_back(to_json(record));
  };
  list("regions", w.regions, [](const auto& r) {
    Json region = with_own({{"id", r.id}, {"name", r.name}}, r.own);
    if (!r.parent.empty()) region["parent"] = r.parent;
    return region;
  });
  list("branches", w.branches, [](const auto& b) {
    Json branch = with_own({{"id", b.id}, {"name", b.name}}, b.own);
    if (!b.region.empty()) branch["region"] = b.region;
    return branch;
  });
  list("touchpoints", w.touchpoints,
       [](const auto& t) { return Json{{"id", t.id}, {"name", t.name}, {"survey", t.survey}}; });
  list("surveys", known.surveys, [](const auto& s) {
    return Json{{"id", s.id}, {"version", s.version}, {"definition", s.definition}, {"metrics", s.metrics}};
  });
  list("notices", known.notices, [](const auto& n) {
    return Json{{"id", n.id}, {"version", n.version}, {"purpose", n.purpose}, {"texts", n.texts}};
  });
  list("kiosks", w.kiosks, [](const auto& k) {
    return with_own({{"id", k.id},
                     {"name", k.name},
                     {"branch", k.branch},
                     {"touchpoint", k.touchpoint},
                     {"paused", k.paused}},
                    k.own);
  });
  list("journeys", known.journeys, [](const auto& j) { return j.document; });
  return json;
}

std::vector<std::string> pictures_shown(const World& world) {
  std::set<std::string> shown;
  const auto add = [&](const Json& own) {
    for (auto& id : site::pictures_of(settings_of(own))) shown.insert(std::move(id));
  };
  add(world.organisation.own);
  for (const auto& region : world.regions) add(region.own);
  for (const auto& branch : world.branches) add(branch.own);
  for (const auto& kiosk : world.kiosks) add(kiosk.own);
  return {shown.begin(), shown.end()};
}

}  // namespace halte::api
