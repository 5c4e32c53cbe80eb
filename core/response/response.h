// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/response/id.h"

namespace halte::response {

enum class Ended { complete, timeout, exit, restart };
enum class ConsentState { given, refused, withdrawn };
enum class ScaleDirection { negative_left, positive_left };

// What a visitor was shown, and what they chose. `hash` is the SHA-256 of the exact text.
struct Consent {
  std::string purpose;
  ConsentState state = ConsentState::refused;
  std::string notice_id;
  int notice_version = 0;
  base::Bytes notice_hash;
  std::string locale;
  base::Instant at{};                    // coarsened
  std::string method;                    // "switch": the only control that gives consent
  std::vector<std::string> covers = {};  // questions whose answers rest on this consent and go with it

  bool operator==(const Consent&) const = default;
};

// Contact details, readable only with the organisation's secret key.
struct SealedContact {
  std::string key_id;
  base::Bytes sealed;

  bool operator==(const SealedContact&) const = default;
};

// A mark of a ballot-stuffing rule: reported beside the score, never deleted.
struct Flag {
  std::string rule;
  int version = 1;

  bool operator==(const Flag&) const = default;
};

// One visit's answers. Times are coarsened and free text is redacted before they get here.
struct Response {
  Id id;
  std::string survey;
  int survey_version = 0;
  std::string variant;  // empty: no experiment
  std::string branch;
  std::string touchpoint;
  std::string locale;  // the language that the visitor chose
  base::Instant started{};
  base::Instant submitted{};
  std::string zone;  // IANA
  bool clock_synced = false;
  Ended ended = Ended::complete;
  base::Json answers = base::Json::object();  // question name → value
  std::vector<std::string> skipped;
  ScaleDirection scale_direction = ScaleDirection::negative_left;
  std::vector<Consent> consents;
  std::optional<SealedContact> contact;
  std::optional<base::Bytes> receipt_hash;  // keyed hash, 32 bytes
  std::vector<Flag> flags;

  bool operator==(const Response&) const = default;
};

// Marks the consents of one purpose as withdrawn and drops what rested on them: the answers they cover, for
// "contact" the sealed contact details. Returns whether there was one.
bool withdraw(Response& response, std::string_view purpose);

// The body of the wire contract: written once when the response closes, then never again, since its
// hash is what both ends compare.
std::string to_body(const Response& response);
// Strict: unknown fields are kept out, wrong types and missing fields are errors with their name.
base::Result<Response> parse_body(const Id& id, std::string_view body);

std::string_view to_string(Ended ended);
std::string_view to_string(ConsentState state);

}  // namespace halte::response
