// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/kiosk/shell/announcer.h"
#include "app/kiosk/shell/glass.h"
#include "app/kiosk/shell/manager_desk.h"
#include "app/kiosk/shell/options.h"
#include "app/kiosk/shell/panel_keeper.h"
#include "app/kiosk/shell/pulse.h"
#include "app/kiosk/shell/recorder.h"
#include "app/kiosk/shell/sync_thread.h"
#include "app/kiosk/shell/tour.h"
#include "app/platform/panel.h"
#include "app/runtime/signal_watch.h"
#include "core/base/log.h"
#include "core/store/kiosk/kiosk_store.h"
#include "sync/client/worker.h"
#include "sync/net/curl_http_client.h"

namespace halte::kiosk {

using shell::Options;
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
  // How the machine was started, and what was set at its glass.
  struct Settings {
    Options options;
    site::Adjustments adjustments;
  };
  Running(const Settings& settings, base::Log log, store::kiosk::KioskStore& store, net::CurlHttpClient& http,
          const base::Clock& clock, base::Random& random, const shell::Sentences& words,
          shell::Announcer announcer);

  base::Status run();

 private:
  shell::Recorder::News recorder_news();
  shell::ManagerDesk::Ports desk_ports();
  shell::PanelKeeper::Ports panel_ports();
  void perform(const model::Effect& effect);
  void poke();
  void adjust(const site::Adjustments& adjustments);
  void speak();
  void dim();
  void enrol(const std::string& server, const std::string& code, const shell::ManagerDesk::Enrolled& done);
  void ask_approval(const std::string& server, const shell::ManagerDesk::Heard& done);
  void forget();
  void take_status(const client::SyncStatus& status);
  manager::model::Link link() const;
  base::Result<model::Service> start_setup();
  model::Service configured_service() const;
  SetupResult stored_setup();
  response::Tallier tallier() const;
  void uncount(std::span<const response::Id> ids);
  void close_left_open(base::Instant at, const response::Tallier& tallier);
  base::Instant coarse_now() const;
  void take_setup(const SetupResult& setup);
  void check_room();
  void note_coverage();
  void forget_old_figures();
  void take_pin(const site::Configuration& configuration);
  std::string reason_label(const figures::Reason& reason, const std::string& language) const;
  base::Millis beat_period() const;
  void beat();
  void try_code_again();
  void quit();
  client::DeviceState device() const;

  const Options started_with_;
  Options options_;  // with what was set at the glass over it
  base::Log log_;
  store::kiosk::KioskStore& store_;
  const base::Clock& clock_;
  base::Random& random_;
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
  SyncNews news_;
  client::Worker worker_;
  net::CurlHttpClient& http_;
  std::atomic<bool> in_service_ = false, has_room_ = true, is_blocked_ = false;
  std::atomic<bool> is_paused_ = false;       // by headquarters
  std::atomic<bool> left_open_ = false;       // a visit that a failed save cut short may be in the store
  std::atomic<std::int64_t> last_touch_ = 0;  // coarsened, milliseconds since 1970; 0: none
  std::optional<client::SyncStatus> synced_;  // UI thread
  base::Millis started_;
  client::Asking asking_;                // sync thread
  bool has_code_;                        // of the settings, which headquarters has not refused
  std::optional<base::Millis> covered_;  // when the coverage was noted last, and as what
  std::optional<site::CoverageState> coverage_;
  std::optional<base::Millis> forgot_;  // when old figures went last
  platform::Panel panel_;               // while the window lives
  std::optional<shell::SyncThread> sync_;
  shell::Glass* glass_ = nullptr;
};

}  // namespace halte::kiosk
