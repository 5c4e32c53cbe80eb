// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/log.h"
#include "sync/server/api/metrics.h"
#include "sync/server/auth/sessions.h"
#include "sync/server/http/event_hub.h"
#include "sync/server/http/problem.h"
#include "sync/server/http/router.h"
#include "sync/server/http/workers.h"
#include "sync/server/ingest/ingest.h"

namespace halte::api {

// So many calls a minute for one key (an address, a kiosk); more are refused. Any thread.
class RateLimit {
 public:
  RateLimit(int per_minute, const base::Clock& clock) : per_minute_(per_minute), clock_(clock) {}
  bool allows(const std::string& key);

 private:
  struct Bucket {
    double tokens;
    base::Millis filled;
  };
  int per_minute_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

// What whoever keeps the server wants to know of it. Without a database's path neither disk nor copies are
// judged.
struct Upkeep {
  std::filesystem::path database;
  std::filesystem::path backups;
  std::chrono::hours backup_every{0};  // 0: only when somebody asks
  base::Instant started{};
  std::string metrics_token;  // empty: nobody measures
};

// What the resources share. Owned by HqServer, which outlives every handler.
struct Services {
  store::hq::HqStore& store;
  const base::Clock& clock;
  base::Random& random;
  base::Log log;
  auth::Sessions& sessions;
  ingest::Catalogue& catalogue;
  ingest::Ingest& ingest;
  http::EventHub& events;
  http::Workers& workers;
  RateLimit& receipt_tries;    // by address
  RateLimit& bad_signatures;   // by kiosk
  RateLimit& enrolment_tries;  // by address: codes, and devices that ask for the first time
  RateLimit& enrolment_polls;  // by address: devices that ask again
  RateLimit& sign_in_tries;    // by address
  std::string public_url;      // where pages are reached, for links and receipts
  std::string software;
  Upkeep upkeep;
  Requests& requests;
  std::function<std::size_t()> connections;  // that are open
};

// A handler for a signed-in person: the route's access is judged, and a request that changes something must
// come from our own pages.
using PersonHandler = std::function<http::Response(const http::Request&, const auth::Session&)>;
http::Route for_person(Services& services, std::string method, std::string pattern, std::string_view access,
                       PersonHandler handler);
// A handler for anyone: no account, a small body, and a change only from our own pages or from no page at
// all.
http::Route for_anyone(Services& services, std::string method, std::string pattern,
                       std::function<http::Response(const http::Request&)> handler);

// The kiosk behind a request's bearer token; else the answer to give.
using KioskOrProblem = std::expected<store::hq::KioskRecord, http::Response>;
KioskOrProblem authenticated_kiosk(Services& services, const http::Request& request);

// What the organisation hands to a device that has become this kiosk: 201, and the token for the only time.
http::Response enrolled(Services& services, const store::hq::KioskRecord& kiosk, std::string token);

// Nothing where the body says that it is of that type, or does not say what it is; else the answer to give.
std::optional<http::Response> wrong_type(const http::Request& request,
                                         std::string_view type = "application/json");

// Body as a JSON object; else the answer to give.
std::expected<base::Json, http::Response> json_body(const http::Request& request);

// One function a resource; each adds its routes.
void add_enrolment_routes(http::Router& router, Services& services);
void add_enrolment_request_routes(http::Router& router, Services& services);
void add_pin_routes(http::Router& router, Services& services);
void add_batch_routes(http::Router& router, Services& services);
void add_kiosk_routes(http::Router& router, Services& services);
void add_session_routes(http::Router& router, Services& services);
void add_organisation_routes(http::Router& router, Services& services);
void add_api_key_routes(http::Router& router, Services& services);
void add_people_routes(http::Router& router, Services& services);
void add_picture_routes(http::Router& router, Services& services);
void add_overview_routes(http::Router& router, Services& services);
void add_survey_routes(http::Router& router, Services& services);
void add_marker_routes(http::Router& router, Services& services);
void add_comment_routes(http::Router& router, Services& services);
void add_fleet_routes(http::Router& router, Services& services);
void add_filter_routes(http::Router& router, Services& services);
void add_report_routes(http::Router& router, Services& services);
void add_coverage_routes(http::Router& router, Services& services);
void add_comparison_routes(http::Router& router, Services& services);
void add_journey_routes(http::Router& router, Services& services);
void add_receipt_routes(http::Router& router, Services& services);
void add_event_routes(http::Router& router, Services& services);
void add_metrics_routes(http::Router& router, Services& services);
void add_operator_routes(http::Router& router, Services& services);

}  // namespace halte::api
