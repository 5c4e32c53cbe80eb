// SPDX-License-Identifier: Apache-2.0
#include "app/manager/model/delivery_view.h"

#include <algorithm>

#include "app/manager/model/figures_view.h"

namespace halte::manager::model {
namespace {

// The log has the details.
const char* connection(const Link& link) {
  if (link.state == "ok") return "In order";
  if (link.state == "paused" || link.state == "busy") return "Headquarters asks to wait a while";
  if (link.state == "must_enrol") return "This kiosk has to be enrolled again";
  if (link.state == "refused") return "The server is not who it should be";
  return link.reason.empty() ? "Not yet" : "Headquarters cannot be reached";
}

// Why headquarters did not take an answer, from the reason that it was set aside with.
const char* refusal(std::string_view reason) {
  if (reason.contains("without consent")) return "Contact details without a consent";
  if (reason.starts_with("rejected: hash")) return "It changed on the disk";
  if (reason.starts_with("rejected: malformed")) return "It cannot be read there";
  if (reason.starts_with("rejected: conflict")) return "Its number is taken";
  if (reason.starts_with("rejected: another branch")) return "It was given for another branch";
  return "It was not accepted";
}

}  // namespace

std::vector<FactView> delivery_facts(const SettingsWords& w, const Snapshot& snapshot) {
  auto at = [&](const std::optional<base::Instant>& when, const char* none) {
    return when ? day_and_time(*when, snapshot.identity.zone) : w.t(none);
  };
  return {{w.t("Connection"), w.t(connection(snapshot.link))},
          {w.t("Last contact"), at(snapshot.link.last_contact, "Not since the start")},
          {w.t("Waiting to be delivered"), std::to_string(snapshot.outbox.pending)},
          {w.t("Oldest of them"), at(snapshot.outbox.oldest_pending, "–")},
          {w.t("Delivered"), std::to_string(snapshot.outbox.acknowledged)},
          {w.t("Refused, kept here"), std::to_string(snapshot.outbox.parked)}};
}

std::vector<FactView> refusal_facts(const SettingsWords& w, const Snapshot& snapshot) {
  constexpr std::size_t most = 3;
  std::vector<FactView> facts;
  for (std::size_t i = 0; i < std::min(snapshot.parked.size(), most); ++i)
    facts.push_back({fill(w.t("Number {number}"), "number", std::to_string(snapshot.parked[i].seq)),
                     w.t(refusal(snapshot.parked[i].reason))});
  return facts;
}

}  // namespace halte::manager::model
