// SPDX-License-Identifier: Apache-2.0
#include "app/manager/export.h"

#include <fmt/format.h>

#include <array>

#include "core/base/csv.h"
#include "core/base/file.h"

namespace halte::manager {
namespace {

using base::Json;

// An answer that counts is a rating or a choice; free text never does.
Json plain_answers(const response::Tally& tally) {
  Json answers = Json::object();
  for (const response::Count& count : tally.counts) answers[count.question].push_back(count.bin);
  return answers;
}

Json consents_of(const response::Response& response) {
  Json list = Json::array();
  for (const response::Consent& consent : response.consents)
    list.push_back({{"purpose", consent.purpose}, {"state", to_string(consent.state)}});
  return list;
}

Json to_json(const outbox::Parked& item, std::span<const figures::KnownSurvey> surveys) {
  Json json{{"seq", item.seq},
            {"type", to_string(item.type)},
            {"id", response::to_hex(item.id)},
            {"reason", item.reason}};
  if (item.type != outbox::ItemType::response) return json;
  auto response = response::parse_body(item.id, item.body);
  if (!response) return json;
  json["branch"] = response->branch;
  json["touchpoint"] = response->touchpoint;
  json["survey"] = response->survey;
  json["survey_version"] = response->survey_version;
  json["variant"] = response->variant;
  json["language"] = response->locale;
  json["submitted"] = base::to_rfc3339(response->submitted);
  json["ended"] = to_string(response->ended);
  json["answers"] = plain_answers(figures::tally(surveys, *response));
  json["consents"] = consents_of(*response);
  return json;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? "" : base::to_text(value);
}

std::string to_csv(const Json& items) {
  constexpr std::array columns{"seq",     "type",           "id",      "reason",   "branch",    "touchpoint",
                               "survey",  "survey_version", "variant", "language", "submitted", "ended",
                               "answers", "consents"};
  base::CsvWriter csv(true);
  for (const char* column : columns) csv.text(column);
  csv.end_row();
  for (const Json& item : items) {
    for (const char* column : columns) {
      const Json value = item.contains(column) ? item[column] : Json();
      value.is_number() ? csv.number(text_of(value)) : csv.text(text_of(value));
    }
    csv.end_row();
  }
  return csv.content();
}

}  // namespace

base::Result<std::string> save_parked(const std::filesystem::path& folder,
                                      const std::vector<outbox::Parked>& parked,
                                      std::span<const figures::KnownSurvey> surveys,
                                      const std::string& kiosk_id, base::Instant at) {
  Json items = Json::array();
  for (const outbox::Parked& item : parked) items.push_back(to_json(item, surveys));
  const std::string name = fmt::format("halte-{}-{}", kiosk_id, base::to_rfc3339(at).substr(0, 10));
  if (auto saved = base::write_file(folder / (name + ".json"), base::to_text({{"parked", items}})); !saved)
    return std::unexpected(saved.error());
  if (auto saved = base::write_file(folder / (name + ".csv"), to_csv(items)); !saved)
    return std::unexpected(saved.error());
  return name + ".csv";
}

}  // namespace halte::manager
