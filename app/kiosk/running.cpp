// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/running.h"

#include <fmt/format.h>

#include "app/kiosk/model/languages.h"
#include "app/kiosk/shell/enrol.h"
#include "app/kiosk/shell/look.h"
#include "app/kiosk/shell/speaker.h"
#include "app/kiosk/shell/status_line.h"
#include "app/runtime/machine.h"
#include "app/runtime/service_manager.h"
#include "sync/client/configuration_fetcher.h"

namespace halte::kiosk {
namespace {

// How often things are looked at that tell nobody. Without room, capture goes on within 5 s of space; with
// it the disk is looked at after each visit and where a save fails, and each waking of a kiosk at rest costs.
// Before it is in service there is a network to wait for.
constexpr base::Millis beat_full{3'000}, beat_waiting{15'000}, beat_at_work{60'000};
constexpr std::chrono::days figures_kept{70};  // this month and the whole one before it

base::Status can_ask(const site::Configuration& configuration) {
  auto setup = shell::Setup::create(configuration, {});
  return setup ? base::Status{} : std::unexpected(setup.error());
}

}  // namespace

Running::Running(const Settings& settings, base::Log log, store::kiosk::KioskStore& store,
                 net::CurlHttpClient& http, const base::Clock& clock, base::Random& random,
                 const shell::Sentences& words, shell::Announcer announcer)
    : started_with_(settings.options),
      options_(shell::with_adjustments(settings.options, settings.adjustments)),
      log_(std::move(log)),
      store_(store),
      clock_(clock),
      random_(random),
      words_(words),
      announcer_(std::move(announcer)),
      kiosk_({.clock = clock,
              .random = random,
              .clock_is_synced = runtime::clock_is_synced,
              .perform = [this](const model::Effect& effect) { perform(effect); },
              .say = words.visitors,
              .language = options_.language}),
      recorder_(store, mailbox_, recorder_news()),
      desk_(desk_ports()),
      manager_({.clock = clock,
                .perform = [this](const manager::model::Effect& effect) { desk_.perform(effect); },
                .say = words.staff,
                .reason = [this](const figures::Reason& reason,
                                 const std::string& language) { return reason_label(reason, language); },
                .languages = shell::manager_languages(),
                .language = settings.adjustments.language.empty() ? options_.language
                                                                  : settings.adjustments.language}),
      news_(
          mailbox_, store, [this](const client::SyncStatus& status) { take_status(status); },
          [this](const SetupResult& setup) { take_setup(setup); },
          [this](std::span<const response::Id> ids) { uncount(ids); }),
      worker_({store, store, store, http, clock, random, news_, log_}, can_ask, {}),
      http_(http),
      started_(clock.steady()),
      has_code_(!settings.options.enrol.empty() && !settings.options.enrols_now) {}

shell::Recorder::News Running::recorder_news() {
  return {.saving = [this](const response::Id& id) { announcer_.saving(response::to_hex(id)); },
          .saved =
              [this](const response::Id& id, bool closed, std::uint64_t seq) {
                announcer_.saved(response::to_hex(id), closed, seq);
                if (closed) poke();
              },
          .tally = [this](const response::Response& response) { return tallier()(response); },
          .to_model =
              [this](const model::Intent& intent) {
                kiosk_.send(intent);
                if (const auto* saved = std::get_if<model::Saved>(&intent); saved && saved->closed)
                  check_room();
              },
          .failed =
              [this](const base::Error& error) {
                log_->error("{}", base::to_string(error));
                announcer_.save_failed(error.cause);
                left_open_ = true;
                check_room();
              }};
}

shell::ManagerDesk::Ports Running::desk_ports() {
  return {.store = store_,
          .ui = mailbox_,
          .clock = clock_,
          .log = log_,
          .post = [this](runtime::Worker::Job job) { recorder_.post(std::move(job)); },
          .to_model =
              [this](const manager::model::Intent& intent) {
                manager_.send(intent);
                if (glass_) glass_->redraw();
              },
          .setup = [this] { return kiosk_.setup(); },
          .link = [this] { return link(); },
          .print = [this] { return manager_.print(); },
          .poke = [this] { poke(); },
          .adjust = [this](const site::Adjustments& adjustments) { adjust(adjustments); },
          .speak = [this] { speak(); },
          .enrol = [this](const std::string& server, const std::string& code,
                          const shell::ManagerDesk::Enrolled& done) { enrol(server, code, done); },
          .ask_approval = [this](const std::string& server,
                                 const shell::ManagerDesk::Heard& done) { ask_approval(server, done); },
          .end = [this] { quit(); },
          .forget = [this] { forget(); },
          .server = started_with_.server,
          .proxy = started_with_.proxy,
          .export_folder = options_.export_folder,
          .software = std::string("halte ") + HALTE_VERSION};
}

// A window among others does not own the panel: only what fills the glass puts it out.
shell::PanelKeeper::Ports Running::panel_ports() {
  return {.sleep = [this] { return panel_.sleep(); },
          .wake =
              [this] {
                if (options_.fullscreen) panel_.wake();
              },
          .is_asleep = [this] { return panel_.is_asleep(); },
          .may_be_dark =
              [this] {
                const auto* known = kiosk_.configuration();
                return options_.fullscreen && known && site::wall_clock(*known, clock_.now()) &&
                       site::may_be_dark(options_.sleep, known->branch.opening_hours, known->branch.zone,
                                         clock_.now());
              },
          .log = log_};
}

// Any thread: there is something new to carry.
void Running::poke() {
  if (sync_) sync_->poke();
}

// In force from now on; the desk keeps it.
void Running::adjust(const site::Adjustments& adjustments) {
  const Options before = std::exchange(options_, shell::with_adjustments(started_with_, adjustments));
  if (glass_) glass_->redraw();
  if (options_.brightness != before.brightness) dim();
  if (!sync_ || (options_.proxy == before.proxy && options_.authorities == before.authorities)) return;
  sync_->run_soon([this, route = shell::http_options(options_, "")] {
    http_.take_route(route.proxy, route.authorities);
    worker_.route_changed();
  });
}

// As it is set, where it is. A window among others does not own the panel.
void Running::dim() {
  if (!options_.fullscreen || !options_.brightness) return;
  if (auto dimmed = panel_.set_brightness(*options_.brightness); !dimmed)
    log_->warn("{}", base::to_string(dimmed.error()));
}

void Running::speak() {
  const std::string& language = manager_.view().language;
  if (glass_) glass_->say({words_.staff("This is how loud the voice is.", language), language});
}

// On the sync thread, which has the network; `done` is called on the UI thread. Out of service meanwhile: no
// visitor begins as one kiosk and ends as another.
void Running::enrol(const std::string& server, const std::string& code,
                    const shell::ManagerDesk::Enrolled& done) {
  if (!sync_) return;
  const bool was_in_service = in_service_.exchange(false);
  const model::Service before = kiosk_.service();
  kiosk_.set_service(model::Service::no_configuration);
  sync_->run_soon([this, server, code, done, was_in_service, before] {
    auto enrolled = shell::enrol({store_, http_, clock_, random_, log_},
                                 {.server_url = server,
                                  .code = code,
                                  .name = started_with_.name,
                                  .software = std::string("halte ") + HALTE_VERSION});
    const base::Status status = enrolled ? base::Status{} : std::unexpected(enrolled.error());
    // Once enrolled there is nothing to ask until the new headquarters has said what.
    mailbox_.post([this, status, done, was_in_service, before] {
      if (!status) kiosk_.set_service(before);
      if (!status) in_service_ = was_in_service;
      if (status) poke();
      done(status);
    });
  });
}

// As enrol(), while the manager's view keeps visitors from the glass.
void Running::ask_approval(const std::string& server, const shell::ManagerDesk::Heard& done) {
  if (!sync_) return;
  sync_->run_soon([this, server, done] {
    auto heard = shell::ask_approval(
        {store_, http_, clock_, random_, log_},
        {.server_url = server, .software = std::string("halte ") + HALTE_VERSION}, asking_);
    mailbox_.post([this, heard, done] {
      if (heard && !*heard) {
        in_service_ = false;
        kiosk_.set_service(model::Service::no_configuration);
        poke();
      }
      done(heard);
    });
  });
}

void Running::forget() {
  if (glass_) glass_->forget();
}

void Running::take_status(const client::SyncStatus& status) {
  synced_ = status;
  announcer_.synced(status.pending, status.acknowledged, std::string(client::to_string(status.state)));
}

manager::model::Link Running::link() const {
  if (!synced_) return {};
  return {std::string(client::to_string(synced_->state)), synced_->reason, synced_->last_contact,
          synced_->configuration_version};
}

void Running::perform(const model::Effect& effect) {
  if (std::holds_alternative<model::Forget>(effect)) return forget();
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
  in_service_ = true;
  is_paused_ = (*setup)->configuration.paused;
  return configured_service();
}

// Once there is something to ask. A pause is meant, so it is said rather than that the disk is full.
model::Service Running::configured_service() const {
  if (is_paused_) return model::Service::paused;
  return has_room_ ? model::Service::open : model::Service::storage_full;
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
  take_pin((*setup)->configuration);
  in_service_ = true;
  if (is_paused_.exchange((*setup)->configuration.paused) != (*setup)->configuration.paused) {
    log_->info("headquarters {}", is_paused_ ? "pauses this kiosk" : "lets this kiosk go on");
    poke();
  }
  kiosk_.set_service(configured_service());
  manager_.send(manager::model::Configured{});
}

// Below the reserve no visitor starts; the answer comes from the store thread, since it reads the disk. The
// UI thread hears of it only when there is something to do, so that a still picture stays still.
void Running::check_room() {
  note_coverage();
  forget_old_figures();
  recorder_.post([this] {
    const bool room = store_.has_room();
    if (room == has_room_ && !(room && left_open_)) return;
    mailbox_.post([this, room] {
      has_room_ = room;
      if (room && left_open_ && !kiosk_.in_visit())
        recorder_.post([this, at = coarse_now(), tallier = tallier()] { close_left_open(at, tallier); });
      if (in_service_) kiosk_.set_service(configured_service());
      if (glass_) glass_->redraw();
    });
  });
}

// What the kiosk is to visitors at this moment, for the manager's view. Said every few minutes, and when it
// changes: what is not said, it was off.
void Running::note_coverage() {
  using enum site::CoverageState;
  if (!in_service_ || !has_room_ || is_paused_) return coverage_.reset();
  const auto state = is_blocked_ ? blocked : kiosk_.view().name == "closed" ? closed : open;
  const base::Millis now = clock_.steady();
  if (coverage_ == state && covered_ && now - *covered_ < site::coverage_step) return;
  coverage_ = state;
  covered_ = now;
  recorder_.post([this, state, at = clock_.now()] {
    if (auto noted = store_.note_coverage(state, at); !noted)
      log_->error("{}", base::to_string(noted.error()));
  });
}

// Two months back is all that the view shows. Once a day, and not under a clock that may be wrong.
void Running::forget_old_figures() {
  const base::Millis now = clock_.steady();
  if (forgot_ && now - *forgot_ < std::chrono::days(1)) return;
  if (!runtime::clock_is_synced()) return;
  forgot_ = now;
  recorder_.post([this, before = clock_.now() - figures_kept] {
    for (const base::Status& done : {store_.drop_counts_before(before), store_.drop_coverage_before(before)})
      if (!done) log_->error("{}", base::to_string(done.error()));
  });
}

// One that headquarters gave out takes the place of the one in use, once.
void Running::take_pin(const site::Configuration& configuration) {
  if (!configuration.pin) return;
  recorder_.post([this, given = *configuration.pin] {
    auto taken = site::take_given_pin(store_, given);
    if (!taken) return log_->error("{}", base::to_string(taken.error()));
    if (*taken)
      log_->info("the manager's PIN comes from headquarters; it has to be changed at its first use");
  });
}

std::string Running::reason_label(const figures::Reason& reason, const std::string& language) const {
  const auto setup = kiosk_.setup();
  const std::string& value = reason.share.reason;
  if (!setup) return value;
  for (const figures::KnownSurvey& survey : setup->surveys)
    if (auto label = figures::choice_label(survey, reason.question, value, language)) return *label;
  return value;
}

base::Millis Running::beat_period() const {
  if (!has_room_) return beat_full;
  return in_service_ ? beat_at_work : beat_waiting;
}

void Running::beat() {
  pulse_.beat(shell::status_line(kiosk_.service(), synced_));
  check_room();
  try_code_again();
}

// The one of the settings, where the network came later than the kiosk.
void Running::try_code_again() {
  if (!has_code_ || manager_.is_open() || kiosk_.service() != model::Service::not_enrolled) return;
  enrol(started_with_.server, started_with_.enrol, [this](const base::Status& status) {
    has_code_ = !status && status.error().kind == base::ErrorKind::unavailable;
    if (!status && !has_code_) log_->warn("{}", base::to_string(status.error()));
  });
}

base::Instant Running::coarse_now() const {
  const int step = kiosk_.settings() ? kiosk_.settings()->coarsening_minutes : 15;
  return base::coarsen(clock_.now(), std::chrono::minutes(step));
}

// Good on any thread: it keeps the surveys that it counts by.
response::Tallier Running::tallier() const {
  return [setup = kiosk_.setup()](const response::Response& response) {
    return setup ? figures::tally(setup->surveys, response) : response::Tally{};
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
  if (*closed > 0) poke();
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
                            .screen = !in_service_ || !has_room_ ? "service"
                                      : is_paused_               ? "paused"
                                      : is_blocked_              ? "blocked"
                                                                 : "open",
                            .uptime_s = (clock_.steady() - started_).count() / 1000,
                            .last_touch = {},
                            .clock_synced = runtime::clock_is_synced()};
  if (last_touch_ != 0) state.last_touch = base::Instant(base::Millis(last_touch_.load()));
  return state;
}

base::Status Running::run() {
  auto service = start_setup();
  if (!service) return std::unexpected(service.error());
  kiosk_.set_service(*service);
  if (kiosk_.setup()) take_pin(*kiosk_.configuration());
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
  dim();
  shell::PanelKeeper panel(panel_ports(), options_.sleep_after(), clock_.steady());
  shell::Glass glass({.window = **window,
                      .renderer = **renderer,
                      .stage = *stage,
                      .mailbox = mailbox_,
                      .kiosk = kiosk_,
                      .manager = manager_,
                      .announcer = announcer_,
                      .speaker = speaker,
                      .reader = reader,
                      .panel = panel,
                      .clock = clock_,
                      .options = options_,
                      .log = log_});
  glass_ = &glass;
  glass.on_blocked([this](bool is_blocked) {
    is_blocked_ = is_blocked;
    kiosk_.set_blocked(is_blocked);
    poke();
  });
  log_->info("{} mm glass, {}", int(display.bounds().h * display.scale), (*window)->renderer_name());

  sync_.emplace(worker_, http_, [this] { return device(); });
  // Out of its box it shows what a phone can approve, and needs no hand for it.
  if (kiosk_.service() == model::Service::not_enrolled && !started_with_.server.empty() && !has_code_)
    manager_.send(manager::model::Open{});
  glass.every([this] { return pulse_.period(beat_period()); }, [this] { beat(); });
  auto status = glass.run();

  runtime::tell_stopping();
  quit();
  glass_ = nullptr;
  recorder_.stop();
  mailbox_.run();
  sync_->stop();
  return status;
}

}  // namespace halte::kiosk
