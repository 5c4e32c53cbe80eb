// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/doctor/checks.h"

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "app/kiosk/doctor/judgements.h"
#include "app/runtime/machine.h"
#include "app/ui/text_fonts.h"
#include "app/ui/unicode.h"
#include "sync/client/configuration_fetcher.h"
#include "sync/client/retry_policy.h"
#include "sync/client/server_url.h"
#include "sync/net/curl_http_client.h"

namespace halte::kiosk::doctor {
namespace {

namespace fs = std::filesystem;
using Shared = std::shared_ptr<const Patient>;

// A request, the reading of a bad certificate and a second request end before a check's patience does.
constexpr base::Millis connect_patience{3'000}, request_patience{4'000};
constexpr std::size_t most_configuration_bytes = 8u << 20;
constexpr std::array own_files{"kiosk.db", "kiosk.db-wal", "kiosk.db-shm", "kiosk.db.lock", "ballast"};

fs::path database_of(const shell::Options& options) { return fs::path(options.data) / "kiosk.db"; }

const site::Configuration* configuration_of(const Patient& patient) {
  return patient.configuration && *patient.configuration ? &**patient.configuration : nullptr;
}

const site::Enrolment* enrolment_of(const Patient& patient) {
  return patient.enrolment && *patient.enrolment ? &**patient.enrolment : nullptr;
}

std::string server_of(const Patient& patient) {
  if (const auto* enrolment = enrolment_of(patient)) return enrolment->server_url;
  return client::parse_server_url(patient.options.server).value_or("");
}

std::string enrol_command(const Patient& patient) {
  const std::string server = server_of(patient);
  return fmt::format("halte-kiosk --data '{}' --server {} --enrol CODE", patient.options.data,
                     server.empty() ? "https://SERVER" : server);
}

std::optional<double> diagonal_of(const Patient& patient) {
  if (patient.options.diagonal_in > 0) return patient.options.diagonal_in;
  const auto* configuration = configuration_of(patient);
  return configuration ? configuration->settings.display.diagonal_in : std::nullopt;
}

std::vector<std::string> languages_of(const Patient& patient) {
  const auto* configuration = configuration_of(patient);
  return configuration ? configuration->settings.languages : std::vector{patient.options.language};
}

// One after the other: Xlib's handler of errors is the process's.
Findings look_at_screen(const Patient& patient) {
  const auto held = platform::hold_display();
  const auto screen = platform::look_at_screen();
  Findings findings = judge_display(screen, diagonal_of(patient));
  for (Finding& finding : judge_touch(platform::find_touchscreens(), screen))
    findings.push_back(std::move(finding));
  return findings;
}

// Of every text that the kiosk may show, in every language.
std::vector<std::string> missing_letters(const site::Configuration& configuration, ui::FontSet& fonts) {
  constexpr int any_size = 16;
  ui::FontChain& chain = fonts.chain(ui::Weight::regular, ui::Cut::text, any_size);
  std::set<char32_t> letters, missing;
  for (const char32_t c : ui::decode_utf8(base::to_text(site::to_json(configuration))))
    if (c > 0x7F && c != ui::soft_hyphen && (c < ui::zero_width_space || c > 0x206F)) letters.insert(c);
  for (const char32_t c : letters) {
    ui::Font* font = chain.find(c);
    if (!font || !font->has(c)) missing.insert(c);
  }
  std::vector<std::string> words;
  for (const char32_t c : missing) words.push_back(ui::encode_utf8({&c, 1}));
  return words;
}

Findings look_at_fonts(const Patient& patient) {
  auto fonts = ui::FontSet::create({});
  if (!fonts) return judge_fonts({.files = std::unexpected(fonts.error()), .missing = {}});
  const auto* configuration = configuration_of(patient);
  return judge_fonts(
      {.files = {},
       .missing = configuration ? missing_letters(*configuration, **fonts) : std::vector<std::string>{}});
}

std::vector<StorageFacts::Stranger> strangers_in(const fs::path& folder) {
  std::vector<StorageFacts::Stranger> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    const std::string name = entry.path().filename().string();
    if (std::ranges::find(own_files, name) != own_files.end() || !entry.is_regular_file(none)) continue;
    found.push_back({entry.path().string(), std::int64_t(entry.file_size(none))});
  }
  std::ranges::sort(found, std::ranges::greater(), &StorageFacts::Stranger::bytes);
  return found;
}

Findings look_at_storage(const Patient& patient) {
  const fs::path folder = patient.options.data;
  StorageFacts facts{
      .folder = folder.string(), .user = ::geteuid(), .folder_facts = runtime::doctor::file_facts(folder)};
  std::error_code none;
  if (!fs::is_directory(folder, none)) facts.folder_facts.reset();
  for (const char* name : own_files)
    if (auto file = runtime::doctor::file_facts(folder / name)) facts.files.push_back(std::move(*file));
  facts.strangers = strangers_in(folder);
  struct statvfs disk{};
  if (::statvfs(folder.c_str(), &disk) == 0)
    facts.free_bytes = std::int64_t(disk.f_bavail) * std::int64_t(disk.f_frsize);
  facts.database = store::kiosk::inspect(database_of(patient.options));
  return judge_storage(facts);
}

// Nothing of the kiosk's goes to whoever is not Halte's server.
std::optional<std::expected<void, client::Trouble>> show_token(const Patient& patient, net::HttpClient& http,
                                                               const net::Probe& health,
                                                               const base::Clock& clock) {
  const auto* enrolment = enrolment_of(patient);
  if (!enrolment || !health.reply || !is_halte(*health.reply)) return std::nullopt;
  net::HttpRequest request = client::authorised(*enrolment, "GET", "/api/v1/kiosk/config");
  request.connect_timeout = connect_patience;
  request.total_timeout = request_patience;
  request.max_reply_bytes = most_configuration_bytes;
  if (!patient.configuration_etag.empty())
    request.headers.emplace_back("If-None-Match", patient.configuration_etag);
  auto reply = client::exchange(http, request, clock);
  if (!reply) return std::unexpected(reply.error());
  return std::expected<void, client::Trouble>{};
}

// Halfway between question and answer.
ClockFacts clock_facts(const net::Probe& health, base::Instant asked, base::Instant answered) {
  ClockFacts facts{.here = asked + (answered - asked) / 2, .synced = runtime::clock_is_synced()};
  if (health.reply && is_halte(*health.reply))
    if (const auto date = health.reply->header("Date")) facts.there = client::parse_http_date(*date);
  return facts;
}

Findings look_at_server(const Patient& patient, const base::Clock& clock) {
  const std::string url = server_of(patient), enrol = enrol_command(patient);
  auto http = net::CurlHttpClient::create(shell::http_options(patient.options, "halte-kiosk doctor"));
  if (!http)
    return {
        {Level::wrong, "network", base::to_string(http.error()), "name a file that is there with --ca-file"}};
  const base::Instant asked = clock.now();
  net::Probe health;
  if (!url.empty()) {
    net::HttpRequest request{.url = url + "/healthz"};
    request.connect_timeout = connect_patience;
    request.total_timeout = request_patience;
    auto probed = (*http)->probe(request);
    if (!probed) return {{Level::wrong, "network", base::to_string(probed.error()), "enrol it: " + enrol}};
    health = std::move(*probed);
  }
  const base::Instant answered = clock.now();
  Findings findings = judge_clock(clock_facts(health, asked, answered));
  const auto add = [&](Findings more) {
    for (Finding& finding : more) findings.push_back(std::move(finding));
  };
  add(judge_network(url, health, enrol));
  if (!url.empty()) add(judge_certificate(url, health, answered));
  add(judge_enrolment({patient.enrolment, show_token(patient, **http, health, clock)}, enrol));
  add(judge_configuration(patient.configuration, answered));
  return findings;
}

}  // namespace

Shared read_patient(const shell::Options& options) {
  auto patient = std::make_shared<Patient>(Patient{.options = options});
  auto store = store::kiosk::open_untouched(database_of(options));
  // No database yet: nobody, which is no error.
  if (!store && store.error().kind == base::ErrorKind::not_found) return patient;
  if (!store) {
    patient->enrolment = std::unexpected(store.error());
    patient->configuration = std::unexpected(store.error());
    return patient;
  }
  if (const auto adjustments = (*store)->adjustments())
    patient->options = shell::with_adjustments(options, *adjustments);
  patient->enrolment = (*store)->enrolment();
  patient->configuration = client::stored_configuration(**store);
  if (const auto stored = (*store)->configuration(); stored && *stored)
    patient->configuration_etag = (*stored)->etag;
  return patient;
}

Shared unknown_patient(const shell::Options& options) {
  const base::Error silent{database_of(options).string(), "the disk gave no answer",
                           "reading who this kiosk is", base::ErrorKind::unavailable};
  return std::make_shared<Patient>(Patient{
      .options = options, .enrolment = std::unexpected(silent), .configuration = std::unexpected(silent)});
}

std::vector<Check> all_checks(Shared patient, const base::Clock& clock) {
  return {{"display", [patient] { return look_at_screen(*patient); },
           "X or its graphics driver hangs: restart the kiosk's X session"},
          {"audio", [patient] { return judge_audio(platform::look_at_speech(), languages_of(*patient)); },
           "speech-dispatcher hangs: killall speech-dispatcher"},
          {"network", [patient, &clock] { return look_at_server(*patient, clock); },
           "see to the network: ip address; ip route"},
          {"database", [patient] { return look_at_storage(*patient); }, "look whether the disk fails: dmesg"},
          {"fonts", [patient] { return look_at_fonts(*patient); }, "look whether the disk fails: dmesg"}};
}

}  // namespace halte::kiosk::doctor
