// SPDX-License-Identifier: Apache-2.0
// halte-kiosk: builds the parts, hands them to each other, and ends them in order.
#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <filesystem>

#include "app/kiosk/doctor/doctor.h"
#include "app/kiosk/model/languages.h"
#include "app/kiosk/shell/glass.h"
#include "app/kiosk/shell/look.h"
#include "app/kiosk/shell/manager_desk.h"
#include "app/kiosk/shell/pictures.h"
#include "app/kiosk/shell/pulse.h"
#include "app/kiosk/shell/recorder.h"
#include "app/kiosk/shell/speaker.h"
#include "app/kiosk/shell/status_line.h"
#include "app/kiosk/shell/sync_thread.h"
#include "app/kiosk/shell/tour.h"
#include "app/runtime/machine.h"
#include "app/runtime/messages.h"
#include "app/runtime/service_manager.h"
#include "app/runtime/signal_watch.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/store/kiosk/kiosk_store.h"
#include "sync/client/configuration_fetcher.h"
#include "sync/client/enrolment.h"
#include "sync/client/server_url.h"
#include "sync/client/worker.h"
#include "sync/net/curl_http_client.h"

namespace {

using namespace halte;
using namespace halte::kiosk;
using shell::Options;

constexpr const char* program = "halte-kiosk";
// How often the disk is looked at. Without room, capture goes on within 5 s of space; with it, a save that
// fails has it looked at at once.
constexpr base::Millis room_check_full{3'000}, room_check{15'000};
constexpr std::chrono::days figures_kept{70};  // this month and the whole one before it

base::Result<std::unique_ptr<net::CurlHttpClient>> make_http(const Options& options) {
  net::CurlHttpClient::Options http;
  if (!options.ca_file.empty()) http.ca_file = options.ca_file;
  http.user_agent = std::string(program) + "/" + HALTE_VERSION;
  return net::CurlHttpClient::create(std::move(http));
}

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

using SetupResult = base::Result<std::shared_ptr<const shell::Setup>>;

// News from the sync thread, handed to the UI thread; what can be made ready here costs no picture there.
class SyncNews final : public client::Listener {
 public:
  SyncNews(runtime::Mailbox& ui, site::IdentityStore& store,
           std::function<void(const client::SyncStatus&)> on_status,
           std::function<void(const SetupResult&)> on_setup,
           std::function<void(std::span<const response::Id>)> on_erased)
      : ui_(ui),
        store_(store),
        on_status_(std::move(on_status)),
        on_setup_(std::move(on_setup)),
        on_erased_(std::move(on_erased)) {}

  void on_status(std::shared_ptr<const client::SyncStatus> status) override {
    ui_.post([this, status] { on_status_(*status); });
  }
  void on_configuration(std::shared_ptr<const site::Configuration> configuration) override {
    ui_.post([this, setup = shell::stored_setup(*configuration, store_)] { on_setup_(setup); });
  }
  void on_erased(std::span<const response::Id> ids) override { on_erased_(ids); }

 private:
  runtime::Mailbox& ui_;
  site::IdentityStore& store_;
  std::function<void(const client::SyncStatus&)> on_status_;
  std::function<void(const SetupResult&)> on_setup_;
  std::function<void(std::span<const response::Id>)> on_erased_;  // on the sync thread
};

// Everything of the running kiosk, in the order of its making; it ends in the reverse order.
class Running {
 public:
  Running(const Options& options, base::Log log, store::kiosk::KioskStore& store, net::CurlHttpClient& http,
          const base::Clock& clock, base::Random& random, const shell::Sentences& words,
          shell::Announcer announcer);

  base::Status run();

 private:
  void perform(const model::Effect& effect);
  base::Result<model::Service> start_setup();
  SetupResult stored_setup();
  response::Tallier tallier() const;
  void uncount(std::span<const response::Id> ids);
  void close_left_open(base::Instant at, const response::Tallier& tallier);
  base::Instant coarse_now() const;
  void take_setup(const SetupResult& setup);
  void check_room();
  void note_coverage();
  void forget_old_figures();
  void take_pin();
  std::string reason_label(const std::string& value, const std::string& language) const;
  void beat();
  void quit();
  client::DeviceState device() const;

  const Options& options_;
  base::Log log_;
  store::kiosk::KioskStore& store_;
  const base::Clock& clock_;
  const shell::Sentences& words_;
  shell::Announcer announcer_;
  runtime::Mailbox mailbox_{platform::Window::wake};
  // Before any thread: they inherit the blocked signals.
  runtime::SignalWatch signals_{[this] { mailbox_.post([this] { quit(); }); }};
  shell::Kiosk kiosk_;
  shell::Recorder recorder_;
  shell::Pulse pulse_{store_, recorder_, log_};
  shell::ManagerDesk desk_;
  shell::Manager manager_;
  manager::model::Link link_;
  SyncNews news_;
  client::Worker worker_;
  net::CurlHttpClient& http_;
  std::atomic<bool> in_service_ = false, has_room_ = true;
  std::atomic<bool> left_open_ = false;       // a visit that a failed save cut short may be in the store
  std::atomic<std::int64_t> last_touch_ = 0;  // coarsened, milliseconds since 1970; 0: none
  std::optional<client::SyncStatus> synced_;  // UI thread
  base::Millis started_;
  std::optional<base::Millis> covered_;  // when the coverage was noted last, and as what
  std::optional<site::CoverageState> coverage_;
  std::optional<shell::SyncThread> sync_;
  shell::Glass* glass_ = nullptr;
};

base::Status can_ask(const site::Configuration& configuration) {
  auto setup = shell::Setup::create(configuration, {});
  return setup ? base::Status{} : std::unexpected(setup.error());
}

Running::Running(const Options& options, base::Log log, store::kiosk::KioskStore& store,
                 net::CurlHttpClient& http, const base::Clock& clock, base::Random& random,
                 const shell::Sentences& words, shell::Announcer announcer)
    : options_(options),
      log_(std::move(log)),
      store_(store),
      clock_(clock),
      words_(words),
      announcer_(std::move(announcer)),
      kiosk_({.clock = clock,
              .random = random,
              .clock_is_synced = runtime::clock_is_synced,
              .perform = [this](const model::Effect& effect) { perform(effect); },
              .say = words.visitors,
              .language = options.language}),
      recorder_(store, mailbox_,
                {.saving = [this](const response::Id& id) { announcer_.saving(response::to_hex(id)); },
                 .saved =
                     [this](const response::Id& id, bool closed, std::uint64_t seq) {
                       announcer_.saved(response::to_hex(id), closed, seq);
                       if (closed && sync_) sync_->poke();
                     },
                 .tally = [this](const response::Response& r) { return tallier()(r); },
                 .to_model = [this](const model::Intent& intent) { kiosk_.send(intent); },
                 .failed =
                     [this](const base::Error& error) {
                       log_->error("{}", base::to_string(error));
                       announcer_.save_failed(error.cause);
                       left_open_ = true;
                       check_room();
                     }}),
      desk_({.store = store,
             .ui = mailbox_,
             .clock = clock,
             .log = log_,
             .post = [this](runtime::Worker::Job job) { recorder_.post(std::move(job)); },
             .to_model =
                 [this](const manager::model::Intent& intent) {
                   manager_.send(intent);
                   if (glass_) glass_->redraw();
                 },
             .setup = [this] { return kiosk_.setup(); },
             .link = [this] { return link_; },
             .poke =
                 [this] {
                   if (sync_) sync_->poke();
                 },
             .end = [this] { quit(); },
             .forget =
                 [this] {
                   if (glass_) glass_->forget();
                 },
             .export_folder = options.export_folder,
             .software = std::string("halte ") + HALTE_VERSION}),
      manager_({.clock = clock,
                .perform = [this](const manager::model::Effect& effect) { desk_.perform(effect); },
                .say = words.staff,
                .reason = [this](const std::string& value,
                                 const std::string& language) { return reason_label(value, language); },
                .languages = shell::manager_languages(),
                .language = options.language}),
      news_(
          mailbox_, store,
          [this](const client::SyncStatus& status) {
            synced_ = status;
            link_ = {std::string(client::to_string(status.state)), status.reason, status.last_contact,
                     status.configuration_version};
            announcer_.synced(status.pending, status.acknowledged,
                              std::string(client::to_string(status.state)));
          },
          [this](const SetupResult& setup) { take_setup(setup); },
          [this](std::span<const response::Id> ids) { uncount(ids); }),
      worker_({store, store, http, clock, random, news_, log_}, can_ask, {}),
      http_(http),
      started_(clock.steady()) {}

void Running::perform(const model::Effect& effect) {
  if (std::holds_alternative<model::Forget>(effect)) {
    if (glass_) glass_->forget();
    return;
  }
  if (auto open = std::get_if<model::SaveOpen>(&effect)) {
    last_touch_ = open->response.started.time_since_epoch().count();
    recorder_.perform(*open);
  }
  if (auto close = std::get_if<model::Close>(&effect)) recorder_.perform(*close);
  if (auto withdraw = std::get_if<model::Withdraw>(&effect)) recorder_.perform(*withdraw);
}

// What the kiosk can do with what its database holds.
base::Result<model::Service> Running::start_setup() {
  auto enrolment = store_.enrolment();
  if (!enrolment) return std::unexpected(enrolment.error());
  if (!*enrolment) return model::Service::not_enrolled;
  auto setup = stored_setup();
  // One that this version cannot use, after a rollback perhaps: the next one that comes is another chance.
  if (!setup) log_->error("{}", base::to_string(setup.error()));
  if (!setup || !*setup) return model::Service::no_configuration;
  kiosk_.set_setup(*setup);
  return model::Service::open;
}

// Empty where nothing was fetched yet.
SetupResult Running::stored_setup() {
  auto configuration = client::stored_configuration(store_);
  if (!configuration) return std::unexpected(configuration.error());
  if (!*configuration) return nullptr;
  return shell::stored_setup(std::move(**configuration), store_);
}

void Running::take_setup(const SetupResult& setup) {
  if (!setup) return log_->error("{}", base::to_string(setup.error()));
  log_->info("configuration {} taken", (*setup)->configuration.version);
  kiosk_.set_setup(*setup);
  take_pin();
  in_service_ = true;
  kiosk_.set_service(has_room_ ? model::Service::open : model::Service::storage_full);
}

// Below the reserve no visitor starts; the answer comes from the store thread, since it reads the disk. The
// UI thread hears of it only when there is something to do, so that a still picture stays still.
void Running::check_room() {
  note_coverage();
  recorder_.post([this] {
    const bool room = store_.has_room();
    if (room == has_room_ && !(room && left_open_)) return;
    mailbox_.post([this, room] {
      has_room_ = room;
      if (room && left_open_ && !kiosk_.in_visit())
        recorder_.post([this, at = coarse_now(), tallier = tallier()] { close_left_open(at, tallier); });
      if (in_service_) kiosk_.set_service(room ? model::Service::open : model::Service::storage_full);
      if (glass_) glass_->redraw();
    });
  });
}

// What the kiosk is to visitors at this moment, for the manager's view. Said every few minutes, and when it
// changes: what is not said, it was off.
void Running::note_coverage() {
  using enum site::CoverageState;
  if (!in_service_ || !has_room_) return coverage_.reset();
  const auto state = glass_ && glass_->is_blocked()   ? blocked
                     : kiosk_.view().name == "closed" ? closed
                                                      : open;
  const base::Millis now = clock_.steady();
  if (coverage_ == state && covered_ && now - *covered_ < site::coverage_step) return;
  coverage_ = state;
  covered_ = now;
  recorder_.post([this, state, at = clock_.now()] {
    if (auto noted = store_.note_coverage(state, at); !noted)
      log_->error("{}", base::to_string(noted.error()));
  });
}

// Two months back is all that the view shows. Not under a clock that may be wrong.
void Running::forget_old_figures() {
  if (!runtime::clock_is_synced()) return;
  recorder_.post([this, before = clock_.now() - figures_kept] {
    for (const base::Status& done : {store_.drop_counts_before(before), store_.drop_coverage_before(before)})
      if (!done) log_->error("{}", base::to_string(done.error()));
  });
}

// One that headquarters gave out takes the place of the one in use, once.
void Running::take_pin() {
  if (!kiosk_.setup() || !kiosk_.configuration()->pin) return;
  recorder_.post([this, given = *kiosk_.configuration()->pin] {
    auto taken = site::take_given_pin(store_, given);
    if (!taken) return log_->error("{}", base::to_string(taken.error()));
    if (*taken)
      log_->info("the manager's PIN comes from headquarters; it has to be changed at its first use");
  });
}

std::string Running::reason_label(const std::string& value, const std::string& language) const {
  const auto setup = kiosk_.setup();
  return setup ? figures::choice_label(setup->survey, value, language) : value;
}

void Running::beat() {
  pulse_.beat(shell::status_line(kiosk_.service(), synced_));
  check_room();
}

base::Instant Running::coarse_now() const {
  const int step = kiosk_.settings() ? kiosk_.settings()->coarsening_minutes : 15;
  return base::coarsen(clock_.now(), std::chrono::minutes(step));
}

// Good on any thread: it keeps the survey that it counts by.
response::Tallier Running::tallier() const {
  return [setup = kiosk_.setup()](const response::Response& response) {
    return setup ? figures::tally(setup->survey, response) : response::Tally{};
  };
}

// Erased at headquarters: this kiosk's own figures follow.
void Running::uncount(std::span<const response::Id> ids) {
  if (auto done = store_.uncount(ids); !done) log_->error("{}", base::to_string(done.error()));
}

// Any thread. What a kill or a failed save cut short, while nobody is there: at the start, and when there is
// room again, handed over before the next visitor's first answer can be.
void Running::close_left_open(base::Instant at, const response::Tallier& tallier) {
  auto closed = store_.close_left_open(at, tallier);
  left_open_ = !closed;
  if (!closed) return log_->error("{}", base::to_string(closed.error()));
  if (*closed > 0) log_->warn("{} answers were left open; closed as restart", *closed);
  if (*closed > 0 && sync_) sync_->poke();
}

// What is open is closed as `exit`: the visitor's answers so far count.
void Running::quit() {
  kiosk_.send(model::Quit{});
  if (glass_) glass_->stop();
}

client::DeviceState Running::device() const {
  client::DeviceState state{.software = std::string("halte ") + HALTE_VERSION,
                            .free_disk_bytes = store_.free_bytes(),
                            .database = has_room_ ? "ok" : "full",
                            .screen = in_service_ && has_room_ ? "open" : "service",
                            .uptime_s = (clock_.steady() - started_).count() / 1000,
                            .last_touch = {},
                            .clock_synced = runtime::clock_is_synced()};
  if (last_touch_ != 0) state.last_touch = base::Instant(base::Millis(last_touch_.load()));
  return state;
}

base::Status Running::run() {
  auto service = start_setup();
  if (!service) return std::unexpected(service.error());
  in_service_ = *service == model::Service::open;
  kiosk_.set_service(*service);
  take_pin();
  forget_old_figures();
  close_left_open(coarse_now(), tallier());

  auto window = platform::Window::create(shell::window_for(kiosk_, options_, log_), clock_);
  if (!window) return std::unexpected(window.error());
  const ui::Effects effects = (*window)->is_software_renderer() ? ui::Effects::lite : ui::Effects::full;
  const ui::Display display = (*window)->display();
  auto stage = ui::Stage::create({.display = display,
                                  .theme = shell::theme_for(kiosk_, options_, display, effects),
                                  .fonts = {},
                                  .input = {}});
  if (!stage) return std::unexpected(stage.error());
  auto renderer = platform::Renderer::create(**window, *stage);
  if (!renderer) return std::unexpected(renderer.error());
  shell::Speaker speaker(log_);
  voice::Reader reader(words_.visitors);
  shell::Glass glass({.window = **window,
                      .renderer = **renderer,
                      .stage = *stage,
                      .mailbox = mailbox_,
                      .kiosk = kiosk_,
                      .manager = manager_,
                      .announcer = announcer_,
                      .speaker = speaker,
                      .reader = reader,
                      .clock = clock_,
                      .options = options_,
                      .log = log_});
  glass_ = &glass;
  log_->info("{} mm glass, {}", int(display.bounds().h), (*window)->renderer_name());

  sync_.emplace(worker_, http_, [this] { return device(); });
  glass.every([this] { return pulse_.period(has_room_ ? room_check : room_check_full); }, [this] { beat(); });
  auto status = glass.run();

  runtime::tell_stopping();
  quit();
  glass_ = nullptr;
  recorder_.stop();
  mailbox_.run();
  sync_->stop();
  return status;
}

// A start command with a code in it starts the kiosk each time, though the code is good only once.
bool is_enrolled_at(const std::string& server, site::IdentityStore& store) {
  auto url = client::parse_server_url(server);
  auto enrolment = store.enrolment();
  return url && enrolment && *enrolment && (*enrolment)->server_url == *url;
}

response::Tallier tallier_of(std::optional<figures::KnownSurvey> survey) {
  return [survey = std::move(survey)](const response::Response& response) {
    return survey ? figures::tally(*survey, response) : response::Tally{};
  };
}

// What was left open belongs to the kiosk that it was given to, should the code be another one's.
void close_as_enrolled(store::kiosk::KioskStore& store, const base::Clock& clock, const base::Log& log) {
  auto configuration = client::stored_configuration(store);
  const bool is_there = configuration && *configuration;
  const int step = is_there ? (*configuration)->settings.coarsening_minutes : 15;
  auto closed = store.close_left_open(
      base::coarsen(clock.now(), std::chrono::minutes(step)),
      tallier_of(is_there ? figures::known_survey(**configuration) : std::nullopt));
  if (!closed) log->error("{}", base::to_string(closed.error()));
}

base::Status enrol(const Options& options, store::kiosk::KioskStore& store, net::HttpClient& http,
                   const base::Clock& clock, base::Random& random, const base::Log& log) {
  close_as_enrolled(store, clock, log);
  auto enrolled = client::enrol({.server_url = options.server,
                                 .code = options.enrol,
                                 .name = options.name,
                                 .software = std::string("halte ") + HALTE_VERSION,
                                 .clock_synced = runtime::clock_is_synced()},
                                store, store, http, clock, random);
  if (!enrolled && !is_enrolled_at(options.server, store)) return std::unexpected(enrolled.error());
  if (!enrolled) {
    log->warn("{}; goes on as it is enrolled already", base::to_string(enrolled.error()));
    return {};
  }
  if (enrolled->delivered_before > 0)
    log->info("answers that had waited, delivered first as the kiosk that this was: {}",
              enrolled->delivered_before);
  log->info("enrolled as {}", enrolled->enrolment.kiosk_id);
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
  auto http = make_http(options);
  if (!http) return std::unexpected(http.error());
  if (!options.enrol.empty())
    if (auto enrolled = enrol(options, **store, **http, clock, random, log); !enrolled) return enrolled;
  auto outbox = (*store)->status();
  if (!outbox) return std::unexpected(outbox.error());
  if (outbox->pending + outbox->parked > 0)
    log->info("answers that wait to be delivered: {}, of them refused before: {}",
              outbox->pending + outbox->parked, outbox->parked);
  auto announcer = shell::Announcer::create(options.announce);
  if (!announcer) return std::unexpected(announcer.error());
  return Running(options, log, **store, **http, clock, random, words, std::move(*announcer)).run();
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
