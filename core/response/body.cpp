// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/response/response.h"

namespace halte::response {
namespace {

using base::Json;

constexpr std::array<std::pair<Ended, std::string_view>, 4> ended_names{{{Ended::complete, "complete"},
                                                                         {Ended::timeout, "timeout"},
                                                                         {Ended::exit, "exit"},
                                                                         {Ended::restart, "restart"}}};
constexpr std::array<std::pair<ConsentState, std::string_view>, 3> consent_names{
    {{ConsentState::given, "given"},
     {ConsentState::refused, "refused"},
     {ConsentState::withdrawn, "withdrawn"}}};
constexpr std::array<std::pair<ScaleDirection, std::string_view>, 2> direction_names{
    {{ScaleDirection::negative_left, "negative_left"}, {ScaleDirection::positive_left, "positive_left"}}};

template <class Names, class T>
std::string_view name_of(const Names& names, T value) {
  for (const auto& [candidate, name] : names)
    if (candidate == value) return name;
  return {};
}

// Reading throws Wrong inside this file; parse_body turns it into an Error.
struct Wrong {
  std::string what;
};

template <class Names>
auto value_named(const Names& names, const std::string& name, const char* field) {
  for (const auto& [value, candidate] : names)
    if (candidate == name) return value;
  throw Wrong{fmt::format("{} is '{}'", field, name)};
}

const Json& member(const Json& object, const char* field) {
  auto at = object.find(field);
  if (at == object.end()) throw Wrong{fmt::format("{} is missing", field)};
  return *at;
}

std::string text(const Json& object, const char* field) {
  const Json& value = member(object, field);
  if (!value.is_string()) throw Wrong{fmt::format("{} is not a string", field)};
  return value.get<std::string>();
}

std::string text_or(const Json& object, const char* field) {
  return object.contains(field) ? text(object, field) : "";
}

int whole(const Json& object, const char* field) {
  const Json& value = member(object, field);
  if (!value.is_number_integer()) throw Wrong{fmt::format("{} is not a whole number", field)};
  return value.get<int>();
}

base::Instant time(const Json& object, const char* field) {
  auto at = base::parse_rfc3339(text(object, field));
  if (!at) throw Wrong{fmt::format("{} is not an RFC 3339 time", field)};
  return *at;
}

base::Bytes bytes(const Json& object, const char* field) {
  auto value = base::from_base64url(text(object, field));
  if (!value) throw Wrong{fmt::format("{} is not base64url", field)};
  return *value;
}

const Json& list(const Json& object, const char* field) {
  static const Json none = Json::array();
  if (!object.contains(field)) return none;
  const Json& value = object[field];
  if (!value.is_array()) throw Wrong{fmt::format("{} is not a list", field)};
  return value;
}

std::vector<std::string> names(const Json& object, const char* field) {
  std::vector<std::string> all;
  for (const Json& name : list(object, field)) {
    if (!name.is_string()) throw Wrong{fmt::format("{} holds something other than names", field)};
    all.push_back(name.get<std::string>());
  }
  return all;
}

Json consent_json(const Consent& c) {
  Json json{{"purpose", c.purpose},
            {"state", to_string(c.state)},
            {"notice",
             {{"id", c.notice_id},
              {"version", c.notice_version},
              {"hash", base::to_base64url(c.notice_hash)},
              {"locale", c.locale}}},
            {"at", base::to_rfc3339(c.at)},
            {"method", c.method}};
  if (!c.covers.empty()) json["covers"] = c.covers;
  return json;
}

Consent read_consent(const Json& json) {
  if (!json.is_object()) throw Wrong{"a consent is not an object"};
  const Json& notice = member(json, "notice");
  if (!notice.is_object()) throw Wrong{"notice is not an object"};
  return {text(json, "purpose"), value_named(consent_names, text(json, "state"), "state"),
          text(notice, "id"),    whole(notice, "version"),
          bytes(notice, "hash"), text(notice, "locale"),
          time(json, "at"),      text(json, "method"),
          names(json, "covers")};
}

void read_lists(const Json& json, Response& r) {
  r.skipped = names(json, "skipped");
  for (const Json& consent : list(json, "consents")) r.consents.push_back(read_consent(consent));
  for (const Json& flag : list(json, "flags")) {
    if (!flag.is_object()) throw Wrong{"a flag is not an object"};
    r.flags.push_back({text(flag, "rule"), whole(flag, "version")});
  }
}

Response read(const Id& id, const Json& json) {
  if (!json.is_object()) throw Wrong{"not an object"};
  Response r;
  r.id = id;
  r.survey = text(json, "survey");
  r.survey_version = whole(json, "survey_version");
  r.variant = text_or(json, "variant");
  r.branch = text(json, "branch");
  r.touchpoint = text(json, "touchpoint");
  r.locale = text(json, "locale");
  r.started = time(json, "started");
  r.submitted = time(json, "submitted");
  r.zone = text(json, "zone");
  std::string clock = text(json, "clock");
  if (clock != "synced" && clock != "unsynced") throw Wrong{"clock is neither synced nor unsynced"};
  r.clock_synced = clock == "synced";
  r.ended = value_named(ended_names, text(json, "ended"), "ended");
  r.answers = member(json, "answers");
  if (!r.answers.is_object()) throw Wrong{"answers is not an object"};
  r.scale_direction = value_named(direction_names, text(json, "scale_direction"), "scale_direction");
  read_lists(json, r);
  if (json.contains("contact")) {
    const Json& contact = json["contact"];
    if (!contact.is_object()) throw Wrong{"contact is not an object"};
    r.contact = SealedContact{text(contact, "key_id"), bytes(contact, "sealed")};
  }
  if (json.contains("receipt")) {
    const Json& receipt = json["receipt"];
    if (!receipt.is_object()) throw Wrong{"receipt is not an object"};
    r.receipt_hash = bytes(receipt, "hash");
  }
  return r;
}

}  // namespace

std::string_view to_string(Ended ended) { return name_of(ended_names, ended); }
std::string_view to_string(ConsentState state) { return name_of(consent_names, state); }

bool withdraw(Response& response, std::string_view purpose) {
  bool found = false;
  for (Consent& consent : response.consents) {
    if (consent.purpose != purpose) continue;
    consent.state = ConsentState::withdrawn;
    for (const std::string& question : consent.covers) response.answers.erase(question);
    found = true;
  }
  if (found && purpose == "contact") response.contact.reset();
  return found;
}

std::string to_body(const Response& r) {
  Json json{{"survey", r.survey},
            {"survey_version", r.survey_version},
            {"branch", r.branch},
            {"touchpoint", r.touchpoint},
            {"locale", r.locale},
            {"started", base::to_rfc3339(r.started)},
            {"submitted", base::to_rfc3339(r.submitted)},
            {"zone", r.zone},
            {"clock", r.clock_synced ? "synced" : "unsynced"},
            {"ended", to_string(r.ended)},
            {"answers", r.answers},
            {"skipped", r.skipped},
            {"scale_direction", name_of(direction_names, r.scale_direction)},
            {"consents", Json::array()},
            {"flags", Json::array()}};
  if (!r.variant.empty()) json["variant"] = r.variant;
  for (const Consent& consent : r.consents) json["consents"].push_back(consent_json(consent));
  if (r.contact)
    json["contact"] = {{"key_id", r.contact->key_id}, {"sealed", base::to_base64url(r.contact->sealed)}};
  if (r.receipt_hash) json["receipt"] = {{"hash", base::to_base64url(*r.receipt_hash)}};
  for (const Flag& flag : r.flags) json["flags"].push_back({{"rule", flag.rule}, {"version", flag.version}});
  return base::to_text(json);
}

base::Result<Response> parse_body(const Id& id, std::string_view body) {
  auto json = base::parse_json(body, "response " + to_hex(id), 16);
  if (!json) return std::unexpected(json.error());
  try {
    return read(id, *json);
  } catch (const Wrong& wrong) {
    return base::fail("response " + to_hex(id), wrong.what, "reading its body", base::ErrorKind::invalid);
  }
}

}  // namespace halte::response
