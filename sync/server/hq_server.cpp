// SPDX-License-Identifier: Apache-2.0
#include "sync/server/hq_server.h"

#include <mutex>
#include <set>

#include "sync/server/api/services.h"
#include "sync/server/http/static_files.h"

namespace halte::server {
namespace {

constexpr int worker_threads = 4;
constexpr std::size_t worker_queue = 4'000;
constexpr int receipt_tries_a_minute = 12;
constexpr int enrolment_tries_a_minute = 30;
constexpr int enrolment_polls_a_minute = 240;  // twenty kiosks out of their boxes behind one address
constexpr int bad_signatures_a_minute = 20;
constexpr int sign_in_tries_a_minute = 60;  // a whole office may stand behind one address

void announce(http::EventHub& events, const std::vector<store::hq::Touched>& touched) {
  std::set<std::string> touchpoints, branches;
  for (const auto& t : touched) {
    touchpoints.insert(t.touchpoint);
    branches.insert(t.branch);
  }
  events.publish({"counts", base::to_text({{"touchpoints", touchpoints}, {"branches", branches}}), ""});
}

// Once, after an update from a version that kept no comments apart.
base::Status index_comments(store::hq::HqStore& store, const ingest::Catalogue& catalogue) {
  constexpr int at_once = 1'000;
  for (int looked_at = at_once; looked_at > 0;) {
    auto done = store.index_comments([&](const auto& r) { return catalogue.tally(r); }, at_once);
    if (!done) return std::unexpected(done.error());
    looked_at = *done;
  }
  return {};
}

}  // namespace

// In the order in which they are needed, so destroyed in the order in which they can be spared.
struct HqServer::Inside {
  Inside(store::hq::HqStore& store, const base::Clock& clock, base::Random& random, base::Log log,
         const HqOptions& options)
      : sessions(store, clock, random),
        catalogue(store),
        ingest(
            store, catalogue, [this](const auto& touched) { announce(events, touched); }, log),
        receipt_tries(receipt_tries_a_minute, clock),
        bad_signatures(bad_signatures_a_minute, clock),
        enrolment_tries(enrolment_tries_a_minute, clock),
        enrolment_polls(enrolment_polls_a_minute, clock),
        sign_in_tries(sign_in_tries_a_minute, clock),
        services{store,
                 clock,
                 random,
                 log,
                 sessions,
                 catalogue,
                 ingest,
                 events,
                 workers,
                 receipt_tries,
                 bad_signatures,
                 enrolment_tries,
                 enrolment_polls,
                 sign_in_tries,
                 options.public_url,
                 options.software,
                 options.upkeep,
                 requests,
                 [this] { return connections(); }},
        workers(worker_threads, worker_queue, log) {}

  http::EventHub events;
  auth::Sessions sessions;
  ingest::Catalogue catalogue;
  ingest::Ingest ingest;
  api::RateLimit receipt_tries, bad_signatures, enrolment_tries, enrolment_polls, sign_in_tries;
  api::Requests requests;
  api::Services services;
  http::Router routes;
  std::mutex server_mutex;
  std::unique_ptr<http::Server> server;  // gone since stop()
  http::Workers workers;  // their queued tasks use all of the above, and run until they are gone

  std::size_t connections() {
    std::lock_guard lock(server_mutex);
    return server ? server->connections() : 0;
  }
};

HqServer::HqServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

HqServer::~HqServer() { stop(base::Millis{0}); }

base::Result<std::unique_ptr<HqServer>> HqServer::create(HqOptions options, store::hq::HqStore& store,
                                                         const base::Clock& clock, base::Random& random,
                                                         base::Log log) {
  auto inside = std::make_unique<Inside>(store, clock, random, log, options);
  if (auto read = inside->catalogue.refresh(); !read) return std::unexpected(read.error());
  if (auto indexed = index_comments(store, inside->catalogue); !indexed)
    return std::unexpected(indexed.error());
  http::Router& router = inside->routes;
  for (auto add : {api::add_enrolment_routes,    api::add_enrolment_request_routes,
                   api::add_pin_routes,          api::add_batch_routes,
                   api::add_kiosk_routes,        api::add_session_routes,
                   api::add_organisation_routes, api::add_people_routes,
                   api::add_api_key_routes,      api::add_picture_routes,
                   api::add_overview_routes,     api::add_fleet_routes,
                   api::add_survey_routes,       api::add_marker_routes,
                   api::add_filter_routes,       api::add_report_routes,
                   api::add_comparison_routes,   api::add_coverage_routes,
                   api::add_journey_routes,      api::add_receipt_routes,
                   api::add_event_routes,        api::add_metrics_routes,
                   api::add_operator_routes,     api::add_comment_routes})
    add(router, inside->services);
  // Else the pages' own route would answer an unknown call with a page.
  router.add({"GET", "/api/{rest...}", std::string(auth::access::anyone),
              http::at_once([](const auto&) { return http::problem(http::Problem::not_found); })});
  if (!options.pages.empty() && std::filesystem::exists(options.pages / "index.html")) {
    auto files = http::StaticFiles::create(options.pages);
    if (!files) return std::unexpected(files.error());
    // The receipt page is a bundle of its own: no account, no cookie.
    router.add(
        {"GET", "/r", std::string(auth::access::anyone), http::at_once([pages = *files](const auto& request) {
           return pages.answer(request, "receipt.html");
         })});
    router.add({"GET", "/{path...}", std::string(auth::access::anyone), http::serve(std::move(*files))});
  }
  if (options.public_url.empty())
    options.http.bound = [&](const std::string& url) { inside->services.public_url = url; };
  options.http.observe = [&requests = inside->requests](const http::Served& served) { requests.add(served); };
  auto server = http::Server::create(options.http, router, log);
  if (!server) return std::unexpected(server.error());
  inside->server = std::move(*server);
  return std::unique_ptr<HqServer>(new HqServer(std::move(inside)));
}

const std::string& HqServer::url() const { return inside_->services.public_url; }

const http::Router& HqServer::routes() const { return inside_->routes; }

base::Result<std::optional<std::string>> HqServer::set_up_link() {
  auto has_users = inside_->services.store.has_users();
  if (!has_users) return std::unexpected(has_users.error());
  if (*has_users) return std::nullopt;
  auto token = inside_->sessions.make_link(store::hq::LinkPurpose::set_up, std::nullopt);
  if (!token) return std::unexpected(token.error());
  return std::optional(url() + "/setup#" + *token);
}

void HqServer::stop(base::Millis grace) {
  inside_->events.close();
  if (inside_->server) inside_->server->stop(grace);
  std::lock_guard lock(inside_->server_mutex);
  inside_->server.reset();
}

}  // namespace halte::server
