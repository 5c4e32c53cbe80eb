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

std::vector<FactView> connection_facts(const SettingsWords& w, const Snapshot& snapshot) {
  const auto& contact = snapshot.link.last_contact;
  return {{w.t("Connection"), w.t(connection(snapshot.link))},
          {w.t("Last contact"),
           contact ? day_and_time(*contact, snapshot.identity.zone) : w.t("Not since the start")}};
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
