// SPDX-License-Identifier: Apache-2.0
#include "core/site/configuration.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <set>

namespace halte::site {
namespace {

using base::ObjectReader;

constexpr std::int64_t highest_version = std::numeric_limits<std::int32_t>::max();
constexpr std::array<std::string_view, 3> contact_fields{"name", "email", "phone"};
constexpr std::array<std::string_view, 2> loopback_origins{"http://localhost", "http://127.0.0.1"};

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

// Receipt codes are secrets: no plain HTTP but to the machine itself.
bool is_safe_url(std::string_view url) {
  if (url.starts_with("https://")) return true;
  return std::ranges::any_of(loopback_origins, [&](std::string_view origin) {
    if (!url.starts_with(origin)) return false;
    std::string_view rest = url.substr(origin.size());
    return rest.empty() || rest.front() == ':' || rest.front() == '/';
  });
}

void read_organisation(ObjectReader& object, Configuration& out) {
  out.organisation.id = object.text("id");
  out.organisation.name = object.text("name");
  out.accent = object.optional_text("accent");
  if (out.accent && !is_colour(*out.accent)) object.problem("accent", "must be a colour like #4B2E83");
}

void read_branch(ObjectReader& object, Branch& out) {
  out.id = object.text("id");
  out.name = object.text("name");
  out.region = object.optional_text("region");
  out.zone = object.text("zone");
  if (!out.zone.empty() && !base::is_zone(out.zone))
    object.problem("zone", "must be a time zone like Europe/Amsterdam");
  object.optional_object("opening_hours",
                         [&](ObjectReader& hours) { out.opening_hours = read_opening_hours(hours); });
}

void read_metrics(ObjectReader& object, MetricQuestions& out) {
  out.nps = object.optional_text("nps");
  out.emotion = object.optional_text("emotion");
  out.csat = object.optional_text("csat");
  out.ces = object.optional_text("ces");
  out.stars = object.optional_text("stars");
  out.reasons = object.texts("reasons");
}

auto find_survey(const std::vector<SurveyReference>& all, const std::string& id, std::int64_t version) {
  return std::ranges::find_if(
      all, [&](const SurveyReference& survey) { return survey.id == id && survey.version == version; });
}

void read_survey(ObjectReader& object, std::vector<SurveyReference>& all) {
  SurveyReference survey{.id = object.text("id"),
                         .version = object.integer("version", 1, highest_version),
                         .definition = {},
                         .metrics = {}};
  const base::Json* definition = object.value("definition");
  if (definition && definition->is_object())
    survey.definition = *definition;
  else
    object.problem("definition", "must be a SurveyJS document");
  object.object("metrics", [&](ObjectReader& inner) { read_metrics(inner, survey.metrics); });
  if (find_survey(all, survey.id, survey.version) != all.end()) object.problem("version", "is there already");
  all.push_back(std::move(survey));
}

AskedSurvey read_asked(ObjectReader& object, const std::vector<SurveyReference>& surveys) {
  const std::string id = object.text("survey");
  const auto found = find_survey(surveys, id, object.integer("version", 1, highest_version));
  if (found == surveys.end()) object.problem("survey", "is not in surveys in that version");
  AskedSurvey asked{std::size_t(found - surveys.begin()), object.text("variant", "")};
  if (object.has("variant") && !is_variant(asked.variant))
    object.problem("variant", "must be of a–z and 0–9");
  return asked;
}

void read_step(ObjectReader& object, Configuration& out) {
  AskedStep step;
  if (object.has("from")) step.from = object.instant("from");
  object.objects("surveys",
                 [&](ObjectReader& inner) { step.asked.push_back(read_asked(inner, out.surveys)); });
  if (step.asked.empty() || step.asked.size() > most_variants)
    object.problem("surveys", fmt::format("must be one, or {} variants", most_variants));
  std::set<std::string> variants;
  for (const AskedSurvey& asked : step.asked) variants.insert(asked.variant);
  if (step.asked.size() > 1 && (variants.contains("") || variants.size() < step.asked.size()))
    object.problem("surveys", "need a variant of their own each");
  if (out.asks.empty() && step.from) object.problem("from", "must be absent: the first one holds already");
  const bool is_later =
      step.from && (out.asks.empty() || !out.asks.back().from || *out.asks.back().from < *step.from);
  if (!out.asks.empty() && !is_later) object.problem("from", "must be later than the one before");
  out.asks.push_back(std::move(step));
}

void read_asks(ObjectReader& object, Configuration& out) {
  object.objects("surveys", [&](ObjectReader& inner) { read_survey(inner, out.surveys); });
  object.objects("asks", [&](ObjectReader& inner) { read_step(inner, out); });
  if (out.asks.empty() || out.asks.size() > 1 + most_steps_ahead)
    object.problem("asks", fmt::format("must say what holds, and at most {} steps ahead", most_steps_ahead));
}

void read_notice(ObjectReader& object, const Configuration& so_far, Notice& out) {
  out.id = object.text("id");
  out.version = object.integer("version", 1, highest_version);
  out.purpose = object.text("purpose");
  for (auto& [language, text] : object.text_map("texts")) out.texts.emplace(language, std::move(text));
  // A visitor consents to the text in the language that is on the screen.
  for (const std::string& language : so_far.settings.languages)
    if (!out.texts.contains(language)) object.problem("texts", fmt::format("has no text in {}", language));
  bool twice = std::ranges::find(so_far.notices, out.purpose, &Notice::purpose) != so_far.notices.end();
  if (twice) object.problem("purpose", fmt::format("has a notice already: {}", out.purpose));
}

void read_contact(ObjectReader& object, const std::vector<Notice>& notices, ContactForm& out) {
  out.enabled = object.flag("enabled", out.enabled);
  out.fields = object.texts("fields");
  out.age_gate = static_cast<int>(object.integer("age_gate", 13, 21, out.age_gate));
  for (const std::string& field : out.fields)
    if (std::ranges::find(contact_fields, field) == contact_fields.end())
      object.problem("fields", fmt::format("must be of name, email, phone: {}", field));
  if (std::set(out.fields.begin(), out.fields.end()).size() != out.fields.size())
    object.problem("fields", "names a field twice");
  if (!out.enabled) return;
  if (out.fields.empty()) object.problem("fields", "must name a field when contact is enabled");
  if (std::ranges::find(notices, "contact", &Notice::purpose) == notices.end())
    object.problem("enabled", "needs a notice with the purpose contact");
}

void read_document(ObjectReader& object, Configuration& out) {
  out.version = object.integer("version", 1, highest_version);
  out.issued = object.instant("issued");
  out.expires = object.instant("expires");
  if (object.has("issued") && object.has("expires") && out.expires <= out.issued)
    object.problem("expires", "must be after issued");
  object.object("organisation", [&](ObjectReader& inner) { read_organisation(inner, out); });
  object.object("branch", [&](ObjectReader& inner) { read_branch(inner, out.branch); });
  object.object("touchpoint", [&](ObjectReader& inner) {
    out.touchpoint = {inner.text("id"), inner.text("name"), inner.optional_text("branch")};
  });
  object.object("kiosk", [&](ObjectReader& inner) {
    out.kiosk_id = inner.text("id");
    out.kiosk_name = inner.text("name");
    inner.optional_object("pin", [&](ObjectReader& pin) {
      out.pin = GivenPin{pin.text("hash"), pin.integer("generation", 1, highest_version)};
    });
    out.paused = inner.flag("paused", false);
  });
  read_asks(object, out);
  object.optional_object("settings", [&](ObjectReader& inner) { out.settings = read_settings(inner); });
  object.objects("notices", [&](ObjectReader& inner) {
    Notice notice;
    read_notice(inner, out, notice);
    out.notices.push_back(std::move(notice));
  });
  object.optional_object("contact",
                         [&](ObjectReader& inner) { read_contact(inner, out.notices, out.contact); });
  out.receipt_url = object.text("receipt_url", "");
  if (!out.receipt_url.empty() && !is_safe_url(out.receipt_url))
    object.problem("receipt_url", "must start with https://");
  if (out.receipt_url.find('#') != std::string::npos)
    object.problem("receipt_url", "must not hold '#': the code follows after it");
}

base::Json kiosk_json(const Configuration& configuration) {
  base::Json json{{"id", configuration.kiosk_id}, {"name", configuration.kiosk_name}};
  if (configuration.paused) json["paused"] = true;
  if (configuration.pin)
    json["pin"] = {{"hash", configuration.pin->hash}, {"generation", configuration.pin->generation}};
  return json;
}

base::Json to_json(const Organisation& organisation, const std::optional<std::string>& accent) {
  base::Json json{{"id", organisation.id}, {"name", organisation.name}};
  if (accent) json["accent"] = *accent;
  return json;
}

base::Json to_json(const Branch& branch) {
  base::Json json{{"id", branch.id},
                  {"name", branch.name},
                  {"zone", branch.zone},
                  {"opening_hours", to_json(branch.opening_hours)}};
  if (branch.region) json["region"] = *branch.region;
  return json;
}

base::Json to_json(const Touchpoint& touchpoint) {
  base::Json json{{"id", touchpoint.id}, {"name", touchpoint.name}};
  if (touchpoint.branch) json["branch"] = *touchpoint.branch;
  return json;
}

base::Json to_json(const MetricQuestions& metrics) {
  base::Json json{{"reasons", metrics.reasons}};
  auto put = [&](const char* key, const std::optional<std::string>& question) {
    if (question) json[key] = *question;
  };
  put("nps", metrics.nps);
  put("emotion", metrics.emotion);
  put("csat", metrics.csat);
  put("ces", metrics.ces);
  put("stars", metrics.stars);
  return json;
}

base::Json to_json(const std::vector<SurveyReference>& surveys) {
  base::Json json = base::Json::array();
  for (const SurveyReference& survey : surveys)
    json.push_back({{"id", survey.id},
                    {"version", survey.version},
                    {"definition", survey.definition},
                    {"metrics", to_json(survey.metrics)}});
  return json;
}

base::Json asks_json(const Configuration& configuration) {
  base::Json json = base::Json::array();
  for (const AskedStep& step : configuration.asks) {
    base::Json surveys = base::Json::array();
    for (const auto& [place, variant] : step.asked) {
      const SurveyReference& survey = configuration.surveys[place];
      surveys.push_back({{"survey", survey.id}, {"version", survey.version}});
      if (!variant.empty()) surveys.back()["variant"] = variant;
    }
    json.push_back({{"surveys", std::move(surveys)}});
    if (step.from) json.back()["from"] = base::to_rfc3339(*step.from);
  }
  return json;
}

base::Json to_json(const std::vector<Notice>& notices) {
  base::Json json = base::Json::array();
  for (const Notice& notice : notices)
    json.push_back({{"id", notice.id},
                    {"version", notice.version},
                    {"purpose", notice.purpose},
                    {"texts", notice.texts}});
  return json;
}

}  // namespace

std::expected<Configuration, base::Problems> parse_configuration(const base::Json& json) {
  base::Problems problems;
  Configuration configuration;
  ObjectReader document(json, "", problems);
  if (json.is_object()) {
    read_document(document, configuration);
    document.refuse_unknown_keys();
  }
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return configuration;
}

base::Result<Configuration> parse_configuration_text(std::string_view text) {
  base::Result<base::Json> json = base::parse_json(text, "configuration");
  if (!json) return std::unexpected(json.error());
  std::expected<Configuration, base::Problems> parsed = parse_configuration(*json);
  if (!parsed)
    return base::fail("configuration", base::to_string(parsed.error()), "reading it",
                      base::ErrorKind::invalid);
  return std::move(*parsed);
}

base::Json to_json(const Configuration& configuration) {
  return {{"version", configuration.version},
          {"issued", base::to_rfc3339(configuration.issued)},
          {"expires", base::to_rfc3339(configuration.expires)},
          {"organisation", to_json(configuration.organisation, configuration.accent)},
          {"branch", to_json(configuration.branch)},
          {"touchpoint", to_json(configuration.touchpoint)},
          {"kiosk", kiosk_json(configuration)},
          {"surveys", to_json(configuration.surveys)},
          {"asks", asks_json(configuration)},
          {"notices", to_json(configuration.notices)},
          {"contact",
           {{"enabled", configuration.contact.enabled},
            {"fields", configuration.contact.fields},
            {"age_gate", configuration.contact.age_gate}}},
          {"settings", to_json(configuration.settings)},
          {"receipt_url", configuration.receipt_url}};
}

std::size_t step_at(const Configuration& configuration, base::Instant now, bool clock_synced) {
  std::size_t at = 0;
  if (clock_synced)
    while (at + 1 < configuration.asks.size() && *configuration.asks[at + 1].from <= now) ++at;
  return at;
}

std::optional<base::LocalTime> wall_clock(const Configuration& configuration, base::Instant at) {
  if (at < configuration.issued) return std::nullopt;
  return base::to_local(at, configuration.branch.zone);
}

}  // namespace halte::site
