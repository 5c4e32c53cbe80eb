// SPDX-License-Identifier: Apache-2.0
// halte-kiosk: builds the parts, hands them to each other, and ends them in order.
#include <fmt/format.h>

#include <csignal>
#include <filesystem>

#include "app/kiosk/doctor/doctor.h"
#include "app/kiosk/model/languages.h"
#include "app/kiosk/running.h"
#include "app/kiosk/shell/enrol.h"
#include "app/kiosk/shell/pictures.h"
#include "app/kiosk/shell/tour.h"
#include "app/runtime/messages.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/store/kiosk/kiosk_store.h"
#include "sync/client/server_url.h"
#include "sync/net/curl_http_client.h"

namespace {

using namespace halte;
using namespace halte::kiosk;
using shell::Options;

constexpr const char* program = "halte-kiosk";

base::Status make_pictures(const Options& options, const shell::Sentences& words, const base::Clock& clock) {
  auto survey = base::read_file(base::asset_folder() / "surveys" / "visit.json");
  if (!survey) return std::unexpected(survey.error());
  auto setup = shell::sample_setup(*survey, "https://halte.example/r");
  if (!setup) return std::unexpected(setup.error());
  if (!options.describe.empty())
    if (auto done = shell::save_description(options.describe, options.only, *setup, words); !done)
      return done;
  return options.shots.empty() ? base::Status{}
                               : shell::save_shots(options.shots, options.only, *setup, words, clock);
}

// A start command with a code in it starts the kiosk each time, though the code is good only once. One that
// stands in the settings keeps no kiosk from starting: it may have been enrolled elsewhere at its glass
// since, or still has to be.
bool is_enrolled_at(const std::string& server, site::IdentityStore& store) {
  auto url = client::parse_server_url(server);
  auto enrolment = store.enrolment();
  return url && enrolment && *enrolment && (*enrolment)->server_url == *url;
}

base::Status enrol(const Options& options, const shell::Enrolling& with) {
  auto enrolled = shell::enrol(with, {.server_url = options.server,
                                      .code = options.enrol,
                                      .name = options.name,
                                      .software = std::string("halte ") + HALTE_VERSION});
  if (enrolled) return {};
  if (options.enrols_now && !is_enrolled_at(options.server, with.store))
    return std::unexpected(enrolled.error());
  with.log->warn("{}; goes on as it is", base::to_string(enrolled.error()));
  return {};
}

base::Status run_kiosk(const Options& options, const shell::Sentences& words, const base::Clock& clock,
                       base::Random& random) {
  const base::Log log = base::make_log(program, options.log);
  std::error_code trouble;
  if (std::filesystem::create_directories(options.data, trouble))
    std::filesystem::permissions(options.data, std::filesystem::perms::owner_all, trouble);
  if (trouble) return base::fail(options.data, trouble.message(), "making the folder for the database");
  auto store = store::kiosk::KioskStore::create(std::filesystem::path(options.data) / "kiosk.db", random);
  if (!store) return std::unexpected(store.error());
  auto adjustments = (*store)->adjustments();
  if (!adjustments) return std::unexpected(adjustments.error());
  auto http = net::CurlHttpClient::create(shell::http_options(shell::with_adjustments(options, *adjustments),
                                                              std::string(program) + "/" + HALTE_VERSION));
  if (!http) return std::unexpected(http.error());
  if (!options.enrol.empty())
    if (auto enrolled = enrol(options, {**store, **http, clock, random, log}); !enrolled) return enrolled;
  auto outbox = (*store)->status();
  if (!outbox) return std::unexpected(outbox.error());
  if (outbox->pending + outbox->parked > 0)
    log->info("answers that wait to be delivered: {}, of them refused before: {}",
              outbox->pending + outbox->parked, outbox->parked);
  auto announcer = shell::Announcer::create(options.announce);
  if (!announcer) return std::unexpected(announcer.error());
  return Running({options, *adjustments}, log, **store, **http, clock, random, words, std::move(*announcer))
      .run();
}

}  // namespace

int main(int argc, char** argv) {
  // A voice or a server that goes away is an error of its call, not the end of the kiosk.
  std::signal(SIGPIPE, SIG_IGN);
  const auto options = shell::read_options(HALTE_VERSION, std::vector<std::string>(argv + 1, argv + argc),
                                           runtime::process_environment());
  if (!options) return runtime::report(options.error());
  const base::SystemClock clock;
  if (options->doctor) return doctor::run_command(*options, clock);
  base::SystemRandom random;
  const std::vector<std::string> languages{model::program_languages().begin(),
                                           model::program_languages().end()};
  auto visitors = runtime::Messages::create(base::asset_folder() / "locale", program, languages);
  if (!visitors) return runtime::report(program, visitors.error());
  auto staff = runtime::Messages::create(base::asset_folder() / "locale", "halte-manager", languages);
  if (!staff) return runtime::report(program, staff.error());
  const auto saying = [](const runtime::Messages& messages) {
    return [&messages](const std::string& id, const std::string& language) {
      return messages.text(id, language);
    };
  };
  const shell::Sentences words{saying(*visitors), saying(*staff)};
  const bool draws = !options->shots.empty() || !options->describe.empty();
  const base::Status done =
      draws ? make_pictures(*options, words, clock) : run_kiosk(*options, words, clock, random);
  return done ? int(base::ExitStatus::done) : runtime::report(program, done.error());
}
