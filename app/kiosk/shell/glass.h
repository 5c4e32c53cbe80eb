// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "app/kiosk/shell/announcer.h"
#include "app/kiosk/shell/corner.h"
#include "app/kiosk/shell/kiosk.h"
#include "app/kiosk/shell/manager.h"
#include "app/kiosk/shell/options.h"
#include "app/kiosk/shell/panel_keeper.h"
#include "app/kiosk/shell/speaker.h"
#include "app/kiosk/voice/reader.h"
#include "app/platform/renderer.h"
#include "app/platform/window.h"
#include "app/runtime/mailbox.h"
#include "core/base/log.h"

namespace halte::kiosk::shell {

// The loop of the UI thread: sleeps until a touch, a deadline or the mailbox, draws only when something
// changed. Draws no frame while nothing moves, and none on a panel that is dark.
class Glass {
 public:
  struct Parts {
    platform::Window& window;
    platform::Renderer& renderer;
    ui::Stage& stage;
    runtime::Mailbox& mailbox;
    Kiosk& kiosk;
    Manager& manager;
    Announcer& announcer;
    Speaker& speaker;
    voice::Reader& reader;
    PanelKeeper& panel;
    const base::Clock& clock;
    const Options& options;
    base::Log log;
  };

  explicit Glass(const Parts& parts);

  // Until stop(), or a wish to close the window where that is allowed. An error: the picture cannot be shown.
  base::Status run();
  // UI thread, as jobs of the mailbox.
  void stop() { stopping_ = true; }
  void redraw() { dirty_ = true; }
  // As loud as it is set, whether or not anybody has things read aloud.
  void say(voice::Utterance utterance);
  // Told when something has lain on the glass for ten seconds, and when it is gone.
  void on_blocked(std::function<void(bool)> tell) { tell_blocked_ = std::move(tell); }
  // Calls `job` on the UI thread after the first picture, and about every `period` from then on, which may
  // change, each time after display and graphics have shown that they still answer.
  void every(std::function<base::Millis()> period, std::function<void()> job) {
    period_ = std::move(period);
    job_ = std::move(job);
  }
  // The visitor's session is over: what was drawn of it leaves the caches before the next picture, which
  // follows at once. Not right here: the picture that is being shown may still need them.
  void forget();

 private:
  base::Millis patience() const;
  base::Millis job_due() const;
  base::Status do_job();
  std::vector<ui::Event> next_events();
  bool has_work(const std::vector<ui::Event>& events);
  base::Status draw(const std::vector<ui::Event>& events);
  void begin_screen(const std::string& screen, const model::Drawn& drawn);
  void note_blocked();
  void follow_staff(const std::vector<ui::Event>& events, const std::optional<manager::model::Intent>& wish);
  void watch_corner(const std::vector<ui::Event>& events);
  void keep_panel(const std::vector<ui::Event>& events);
  void bring_news();
  void follow(const std::vector<ui::Event>& events, const std::optional<model::Intent>& wish);
  void follow_look();
  void tell_accent();
  void show_pictures();
  void read_aloud(const model::View& view, const std::vector<ui::Event>& events);
  bool is_private(const model::View& view) const;

  // What the theme follows.
  struct Look {
    model::Aids aids;
    std::shared_ptr<const Setup> setup;
    bool is_staff = false;
    friend bool operator==(const Look&, const Look&) = default;
  };

  Parts p_;
  ui::Effects effects_;
  bool stopping_ = false;
  bool dirty_ = true;
  bool forgetting_ = false;
  bool reads_ = false;  // aloud, in the last frame
  bool is_blocked_ = false;
  std::function<void(bool)> tell_blocked_;
  std::vector<ui::Event> waiting_;  // taken from the window, not yet drawn
  Corner corner_;
  std::string screen_;
  model::Drawn drawn_;
  Look look_;
  std::optional<base::Millis> wake_;  // when the next frame of a movement is due
  std::function<base::Millis()> period_;
  std::function<void()> job_;
  std::optional<base::Millis> job_done_;
};

}  // namespace halte::kiosk::shell
