// SPDX-License-Identifier: Apache-2.0
#include "core/site/configuration.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/site/pictures.h"

namespace site = halte::site;
namespace base = halte::base;

namespace {

base::Json good() {
  return base::Json::parse(R"json({
    "version": 7, "issued": "2026-03-01T08:00:00Z", "expires": "2026-04-01T08:00:00Z",
    "organisation": {"id": "halte-markt", "name": "Halte Markt", "accent": "#4B2E83"},
    "branch": {"id": "utrecht", "name": "Utrecht", "region": "midden", "zone": "Europe/Amsterdam",
               "opening_hours": {"mon": ["08:00-21:00"]}},
    "touchpoint": {"id": "checkout", "name": "Kassa"},
    "kiosk": {"id": "k-17", "name": "Kassa 3"},
    "surveys": [{"id": "shop", "version": 3, "definition": {"pages": [{"name": "p", "elements": []}]},
                 "metrics": {"nps": "recommend", "emotion": "mood", "reasons": ["why_low", "why_high"]}}],
    "asks": [{"surveys": [{"survey": "shop", "version": 3}]}],
    "notices": [{"id": "contact-a", "version": 2, "purpose": "contact",
                 "texts": {"nl": "Wij bellen u terug.", "en": "We call you back."}}],
    "contact": {"enabled": true, "fields": ["name", "email"], "age_gate": 16},
    "settings": {"languages": ["nl", "en"], "theme": "dark", "motion": "calm", "k": 12, "coarsening_minutes": 60,
                 "timeouts": {"answer": 30}, "display": {"diagonal_in": 21.5}},
    "receipt_url": "https://hq.example.nl/r"
  })json");
}

std::string problems_of(const base::Json& json) {
  auto parsed = site::parse_configuration(json);
  return parsed ? "" : base::to_string(parsed.error());
}

}  // namespace

TEST_CASE("configuration: reads each part") {
  auto parsed = site::parse_configuration(good());
  REQUIRE(parsed);
  CHECK(parsed->version == 7);
  CHECK(base::to_rfc3339(parsed->expires) == "2026-04-01T08:00:00Z");
  CHECK(parsed->branch.zone == "Europe/Amsterdam");
  CHECK(parsed->branch.opening_hours.known());
  REQUIRE(parsed->surveys.size() == 1);
  CHECK(parsed->surveys[0].definition["pages"].size() == 1);
  CHECK(parsed->surveys[0].metrics.nps == "recommend");
  CHECK_FALSE(parsed->surveys[0].metrics.csat);
  CHECK(parsed->asks == std::vector{site::AskedStep{{}, {{0, ""}}}});
  CHECK_FALSE(parsed->paused);
  CHECK(parsed->notices.at(0).texts.at("nl") == "Wij bellen u terug.");
  CHECK(parsed->contact.fields.size() == 2);
  CHECK(parsed->settings.theme == site::Theme::dark);
  CHECK(parsed->settings.timeouts.answer == 30);
  CHECK(parsed->settings.timeouts.still_there == 20);
  CHECK(parsed->settings.display.diagonal_in == 21.5);
}

TEST_CASE("configuration: written and read again it is the same") {
  auto first = site::parse_configuration(good());
  REQUIRE(first);
  auto second = site::parse_configuration_text(base::to_text(site::to_json(*first)));
  REQUIRE(second);
  CHECK(*second == *first);
}

TEST_CASE("configuration: what is left out gets the defaults, and no contact") {
  base::Json json = good();
  for (const char* key : {"notices", "contact", "settings", "receipt_url"}) json.erase(key);
  auto parsed = site::parse_configuration(json);
  REQUIRE(parsed);
  CHECK(parsed->settings == site::Settings{});
  CHECK(parsed->settings.k == 10);
  CHECK(parsed->settings.coarsening_minutes == 15);
  CHECK_FALSE(parsed->contact.enabled);
  CHECK(parsed->contact.age_gate == 16);
}

TEST_CASE("configuration: a wrong key is named with its place") {
  base::Json json = good();
  json["settings"]["kk"] = 3;
  CHECK(problems_of(json) == "/settings/kk: unknown key");
  auto read = site::parse_configuration_text(base::to_text(json));
  REQUIRE_FALSE(read);
  CHECK(base::to_string(read.error()) == "configuration: /settings/kk: unknown key, while reading it");
  CHECK(read.error().kind == base::ErrorKind::invalid);
}

TEST_CASE("configuration: all problems come at once") {
  base::Json json = good();
  json["branch"]["zone"] = "Europe/Atlantis";
  json["settings"]["k"] = 2;
  json["settings"]["timeouts"]["answer"] = "long";
  json["kiosk"].erase("id");
  json["colour"] = "red";
  auto parsed = site::parse_configuration(json);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().size() == 5);
  std::string text = base::to_string(parsed.error());
  CHECK(text.find("/branch/zone: must be a time zone like Europe/Amsterdam") != std::string::npos);
  CHECK(text.find("/settings/k: must be a whole number from 5 to 1000") != std::string::npos);
  CHECK(text.find("/settings/timeouts/answer: must be a whole number from 10 to 300") != std::string::npos);
  CHECK(text.find("/kiosk/id: is missing") != std::string::npos);
  CHECK(text.find("/colour: unknown key") != std::string::npos);
}

TEST_CASE("configuration: each single change that breaks a rule is refused at its place") {
  struct Row {
    const char* pointer;
    base::Json value;
    const char* problem;
  };
  const Row rows[] = {
      {"/expires", "2026-02-01T08:00:00Z", "/expires: must be after issued"},
      {"/issued", "yesterday", "/issued: must be a time in UTC like 2026-03-01T08:00:00Z"},
      {"/version", 0, "/version: must be a whole number from 1 to 2147483647"},
      {"/organisation/accent", "purple", "/organisation/accent: must be a colour like #4B2E83"},
      {"/surveys/0/definition", "x", "/surveys/0/definition: must be a SurveyJS document"},
      {"/surveys/0/metrics", "nps", "/surveys/0/metrics: must be an object"},
      {"/asks", base::Json::array(), "/asks: must say what holds, and at most 4 steps ahead"},
      {"/asks/0/surveys", base::Json::array(), "/asks/0/surveys: must be one, or 2 variants"},
      {"/asks/0/surveys/0/version", 2, "/asks/0/surveys/0/survey: is not in surveys in that version"},
      {"/asks/0/surveys/0/variant", "A", "/asks/0/surveys/0/variant: must be of a–z and 0–9"},
      {"/asks/0/from", "2026-03-01T08:00:00Z", "/asks/0/from: must be absent: the first one holds already"},
      {"/kiosk/paused", "yes", "/kiosk/paused: must be true or false"},
      {"/notices/0/texts", {{"nl", "Ja"}}, "/notices/0/texts: has no text in en"},
      {"/notices/0/purpose", "publish_comment", "/contact/enabled: needs a notice with the purpose contact"},
      {"/contact/fields", {"shoe_size"}, "/contact/fields: must be of name, email, phone: shoe_size"},
      {"/contact/fields", base::Json::array(), "/contact/fields: must name a field when contact is enabled"},
      {"/settings/coarsening_minutes", 7,
       "/settings/coarsening_minutes: must be a whole number from 15 to 1440"},
      {"/settings/coarsening_minutes", 17,
       "/settings/coarsening_minutes: must divide a day: 15, 30, 60, … 1440"},
      {"/settings/theme", "pink", "/settings/theme: must be one of light, dark, high_contrast"},
      {"/settings/languages", base::Json::array(), "/settings/languages: must name at least one language"},
      {"/settings/languages", {"nl", "nl"}, "/settings/languages: names a language twice"},
      {"/settings/timeouts/still_there", 5,
       "/settings/timeouts/still_there: must be a whole number from 20 to 120"},
      {"/settings/logo", "logo.png", "/settings/logo: must be the id of a picture"},
      {"/settings/pictures", {"a.jpg"}, "/settings/pictures: must be the id of a picture"},
      {"/settings/pictures", base::Json(6, std::string(64, 'a')), "/settings/pictures: must be at most 5"},
      {"/receipt_url", "http://hq.example.nl/r", "/receipt_url: must start with https://"},
      {"/receipt_url", "https://hq.example.nl/r#",
       "/receipt_url: must not hold '#': the code follows after it"},
      {"/branch", "Utrecht", "/branch: must be an object"},
      {"/notices", "none", "/notices: must be a list"},
  };
  for (const Row& row : rows) {
    base::Json json = good();
    json[base::Json::json_pointer(row.pointer)] = row.value;
    CAPTURE(row.pointer);
    CHECK(problems_of(json).find(row.problem) != std::string::npos);
  }
}

TEST_CASE("configuration: receipts may go over plain HTTP to this machine only") {
  base::Json json = good();
  for (const char* url : {"http://localhost:8080/r", "http://127.0.0.1/r", "https://hq.example.nl"}) {
    json["receipt_url"] = url;
    CHECK(problems_of(json) == "");
  }
  json["receipt_url"] = "http://localhost.example.nl/r";
  CHECK(problems_of(json) == "/receipt_url: must start with https://");
}

TEST_CASE("configuration: a purpose has one notice") {
  base::Json json = good();
  json["notices"].push_back(json["notices"][0]);
  CHECK(problems_of(json) == "/notices/1/purpose: has a notice already: contact");
}

TEST_CASE("configuration: text that is no JSON and a document that is no object are refused") {
  CHECK_FALSE(site::parse_configuration_text("{"));
  CHECK(base::to_string(site::parse_configuration_text("[]").error()) ==
        "configuration: document: must be an object, while reading it");
}

TEST_CASE("pictures: all that the settings name, the logo first and each once, survive writing and reading") {
  base::Json json = good();
  const std::string logo(64, 'a'), photo(64, 'b');
  json["settings"]["logo"] = logo;
  json["settings"]["pictures"] = {photo, logo, photo};
  auto first = site::parse_configuration(json);
  REQUIRE(first);
  auto second = site::parse_configuration_text(base::to_text(site::to_json(*first)));
  REQUIRE(second);
  CHECK(*second == *first);
  CHECK(site::pictures_of(second->settings) == std::vector<std::string>{logo, photo});
}

TEST_CASE("pictures: one is named by the SHA-256 of its bytes") {
  const std::string abc = "abc";  // FIPS 180-4's example
  const std::string id = site::picture_id(base::as_bytes(abc));
  CHECK(id == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(site::is_picture_id(id));
  CHECK_FALSE(site::is_picture_id("../" + id.substr(3)));
}

TEST_CASE("configuration: nobody knows the time on the branch's wall with a clock behind what was signed") {
  auto parsed = site::parse_configuration(good());
  REQUIRE(parsed);
  CHECK_FALSE(site::wall_clock(*parsed, *base::parse_rfc3339("1970-01-01T00:00:10Z")));
  CHECK_FALSE(site::wall_clock(*parsed, parsed->issued - base::Millis(1)));
  CHECK(site::wall_clock(*parsed, parsed->issued)->minute_of_day == 9 * 60);
  parsed->branch.zone = "Europe/Nowhere";
  CHECK_FALSE(site::wall_clock(*parsed, parsed->issued));
}

namespace {

// Two variants now, and from the first of April the old survey again.
base::Json planned() {
  base::Json json = good();
  json["surveys"].push_back({{"id", "short"},
                             {"version", 1},
                             {"definition", base::Json::object()},
                             {"metrics", base::Json::object()}});
  const base::Json shop{{"survey", "shop"}, {"version", 3}}, brief{{"survey", "short"}, {"version", 1}};
  base::Json a = shop, b = brief;
  a["variant"] = "a";
  b["variant"] = "b";
  json["asks"] = {{{"surveys", {a, b}}}, {{"from", "2026-03-31T22:00:00Z"}, {"surveys", {shop}}}};
  return json;
}

}  // namespace

TEST_CASE("configuration: variants and what is to come, and a pause, survive writing and reading") {
  base::Json json = planned();
  json["kiosk"]["paused"] = true;
  auto first = site::parse_configuration(json);
  REQUIRE(first);
  CHECK(first->paused);
  CHECK(first->asks.at(0).asked == std::vector<site::AskedSurvey>{{0, "a"}, {1, "b"}});
  CHECK(first->asks.at(1).from == base::parse_rfc3339("2026-03-31T22:00:00Z"));
  auto second = site::parse_configuration_text(base::to_text(site::to_json(*first)));
  REQUIRE(second);
  CHECK(*second == *first);
}

TEST_CASE("configuration: a plan without a name for each variant, out of order or too far ahead is refused") {
  base::Json json = planned();
  json["asks"][0]["surveys"][1]["variant"] = "a";
  CHECK(problems_of(json) == "/asks/0/surveys: need a variant of their own each");
  json = planned();
  json["asks"][0]["surveys"][0].erase("variant");
  CHECK(problems_of(json) == "/asks/0/surveys: need a variant of their own each");
  json = planned();
  json["asks"][1].erase("from");
  CHECK(problems_of(json) == "/asks/1/from: must be later than the one before");
  json = planned();
  json["asks"].push_back(json["asks"][1]);
  CHECK(problems_of(json) == "/asks/2/from: must be later than the one before");
  json = planned();
  for (int day = 1; day <= 4; ++day) {
    json["asks"].push_back(json["asks"][1]);
    json["asks"].back()["from"] = "2026-04-0" + std::to_string(day) + "T22:00:00Z";
  }
  CHECK(problems_of(json) == "/asks: must say what holds, and at most 4 steps ahead");
  json = planned();
  json["surveys"].push_back(json["surveys"][0]);
  CHECK(problems_of(json) == "/surveys/2/version: is there already");
}

TEST_CASE(
    "configuration: the kiosk's own clock says which step holds, and one that nobody set says nothing") {
  auto parsed = site::parse_configuration(planned());
  REQUIRE(parsed);
  const base::Instant change = *base::parse_rfc3339("2026-03-31T22:00:00Z");
  CHECK(site::step_at(*parsed, change - base::Millis(1), true) == 0);
  CHECK(site::step_at(*parsed, change, true) == 1);
  CHECK(site::step_at(*parsed, change + std::chrono::days(400), true) == 1);
  CHECK(site::step_at(*parsed, change, false) == 0);
  CHECK(site::step_at(*parsed, base::Instant{}, true) == 0);
}
