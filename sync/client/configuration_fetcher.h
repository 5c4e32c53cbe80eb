// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/site/configuration.h"
#include "sync/client/exchange.h"

namespace halte::client {

// The program's own test of a configuration before it is taken: that its survey can be shown.
using ConfigurationCheck = std::function<base::Status(const site::Configuration&)>;

// What a fetch came to. In every case but the first the old configuration stays in use.
struct FetchReport {
  // Saved, verified and parsed; the one in use once more when a picture of it has come.
  std::shared_ptr<const site::Configuration> replaced_by;
  std::string refused;             // why what came was not taken; else empty
  std::optional<Trouble> trouble;  // nothing came
  std::string picture_missing;     // why a picture is not here; else empty
};

// Keeps the stored configuration up to date. One thread; blocks for one request, and one for each picture
// that is new.
class ConfigurationFetcher {
 public:
  ConfigurationFetcher(site::IdentityStore& store, net::HttpClient& http, const base::Clock& clock,
                       ConfigurationCheck check)
      : store_(store), http_(http), clock_(clock), check_(std::move(check)) {}

  // Taken is only what this enrolment's key signed, for this kiosk, with a higher version (the same one where
  // the stored one cannot be read, after an update of the program), and that parses and passes the check:
  // whole or not at all. Its pictures follow, each named by its SHA-256 in what was signed; a survey or a
  // notice does not wait for them. An error is the store's own.
  base::Result<FetchReport> fetch(const site::Enrolment& enrolment);

 private:
  base::Result<FetchReport> take(const site::Enrolment& enrolment,
                                 const std::optional<site::StoredConfiguration>& current,
                                 const net::HttpReply& reply);
  void fetch_pictures(const site::Enrolment& enrolment, FetchReport& report);
  std::expected<void, std::string> fetch_picture(const site::Enrolment& enrolment, const std::string& id);

  site::IdentityStore& store_;
  net::HttpClient& http_;
  const base::Clock& clock_;
  ConfigurationCheck check_;
  bool has_pictures_ = false;      // all of the configuration in use
  std::optional<bool> is_usable_;  // the stored one, by this version of the program
};

// What the kiosk starts with: the stored configuration, verified again, since a disk can change too.
// Absent: never fetched. An expired one is given all the same: capture never stops for that.
base::Result<std::optional<site::Configuration>> stored_configuration(site::IdentityStore& store);

}  // namespace halte::client
