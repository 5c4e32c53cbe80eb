// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the server signs and a kiosk obeys: one document, read whole or refused whole.

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_reader.h"
#include "core/base/time.h"
#include "core/site/asking.h"
#include "core/site/pin.h"
#include "core/site/settings.h"
#include "core/site/site.h"

namespace halte::site {

// Which question feeds which metric: the name of a question of the survey.
struct MetricQuestions {
  std::optional<std::string> nps;
  std::optional<std::string> emotion;
  std::optional<std::string> csat;
  std::optional<std::string> ces;
  std::optional<std::string> stars;
  std::vector<std::string> reasons;
  bool operator==(const MetricQuestions&) const = default;
};

struct SurveyReference {
  std::string id;
  std::int64_t version = 1;
  base::Json definition;  // SurveyJS JSON, as it is; core/survey judges it
  MetricQuestions metrics;
  bool operator==(const SurveyReference&) const = default;
};

// One of the surveys, and the name under which it is asked; empty: no experiment.
struct AskedSurvey {
  std::size_t survey = 0;  // in Configuration::surveys
  std::string variant;
  bool operator==(const AskedSurvey&) const = default;
};
// What holds from a moment on; more than one: each visitor gets one of them by chance.
struct AskedStep {
  std::optional<base::Instant> from;
  std::vector<AskedSurvey> asked;  // one, or most_variants with a variant each
  bool operator==(const AskedStep&) const = default;
};

// The text that a visitor consents to. A new text is a new version.
struct Notice {
  std::string id;
  std::int64_t version = 1;
  std::string purpose;                       // "contact", "publish_comment", …
  std::map<std::string, std::string> texts;  // by language ("nl"), at least one
  bool operator==(const Notice&) const = default;
};

struct ContactForm {
  bool enabled = false;
  std::vector<std::string> fields;  // of "name", "email", "phone"
  int age_gate = 16;                // years; asked before any field
  bool operator==(const ContactForm&) const = default;
};

struct Configuration {
  std::int64_t version = 0;  // only ever rises
  base::Instant issued;
  base::Instant expires;
  Organisation organisation;
  std::optional<std::string> accent;  // brand colour, "#4B2E83"
  Branch branch;
  Touchpoint touchpoint;
  std::string kiosk_id;
  std::string kiosk_name;
  std::optional<GivenPin> pin;           // absent: headquarters has given none out
  bool paused = false;                   // asks nobody, and delivers what waits
  std::vector<SurveyReference> surveys;  // each version once
  // What held when this was issued, without a time, and then what is to come, each later than the one before.
  std::vector<AskedStep> asks;
  std::vector<Notice> notices;
  ContactForm contact;
  Settings settings;
  std::string receipt_url;  // https; the receipt code follows after '#'. Empty: no receipts.
  bool operator==(const Configuration&) const = default;
};

// All problems at once: a key it does not know, a missing value, a value out of its range, a purpose with
// two notices, contact that is on without a notice for "contact".
std::expected<Configuration, base::Problems> parse_configuration(const base::Json& json);
// The same from text, as one Error for people: "configuration: /settings/k: unknown key; …".
base::Result<Configuration> parse_configuration_text(std::string_view text);

base::Json to_json(const Configuration& configuration);

// The place in `asks` of what holds at `now`. Under a clock that nobody has set it stays with what held when
// the configuration was issued.
std::size_t step_at(const Configuration& configuration, base::Instant now, bool clock_synced);

// What the clock on the branch's wall says at `at`. Nothing where nobody can know: the zone is none, or this
// machine's clock is behind, since it is earlier than what was signed. Whatever goes by the opening hours
// then takes the branch as open.
std::optional<base::LocalTime> wall_clock(const Configuration& configuration, base::Instant at);

}  // namespace halte::site
