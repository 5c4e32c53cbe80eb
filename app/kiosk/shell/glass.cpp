// SPDX-License-Identifier: Apache-2.0
#include "app/kiosk/shell/glass.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "app/kiosk/screens/screens.h"
#include "app/kiosk/shell/look.h"
#include "app/kiosk/voice/sentences.h"
#include "app/manager/screens/screens.h"
#include "app/platform/speech.h"

namespace halte::kiosk::shell {
namespace {

// Upper bound of a sleep, for what the window system forgets to tell. Each waking costs, most of a day nobody
// is there, and the regular job wakes it more often anyway.
constexpr base::Millis longest_sleep{60'000};

bool is_lift(const ui::Event& event) {
  auto touch = std::get_if<ui::Touch>(&event);
  return touch && touch->phase == ui::Touch::Phase::up;
}

// Lifts, not presses: a tap on a question that is about to go must still find its target.
bool touched(const std::vector<ui::Event>& events) { return std::ranges::any_of(events, is_lift); }

bool is_touch(const ui::Event& event) { return std::holds_alternative<ui::Touch>(event); }
bool has_touch(const std::vector<ui::Event>& events) { return std::ranges::any_of(events, is_touch); }

bool is_key(const ui::Event& event) { return std::holds_alternative<ui::Key>(event); }
bool has_key(const std::vector<ui::Event>& events) { return std::ranges::any_of(events, is_key); }

bool is_tap(const ui::Event& event) {
  const auto* key = std::get_if<ui::Key>(&event);
  return is_lift(event) || (key != nullptr && key->code == ui::Key::Code::ok);
}

// Of this thread: what others do on a busy machine is no work of ours.
std::chrono::nanoseconds processor_time() {
  timespec spent{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec);
}

std::string visitors_screen(const model::View& view) {
  return view.name + (view.blocked ? "/blocked" : view.still_there ? "/still-there" : "");
}

}  // namespace

Glass::Glass(const Parts& parts)
    : p_(parts), effects_(parts.window.is_software_renderer() ? ui::Effects::lite : ui::Effects::full) {}

base::Status Glass::run() {
  while (!stopping_) {
    p_.window.wait_events(patience());
    bring_news();
    // In full screen nobody closes the kiosk from the outside.
    if (p_.window.should_close() && !p_.options.fullscreen) return {};
    const std::vector<ui::Event> events = next_events();
    watch_corner(events);
    keep_panel(events);
    if (has_work(events))
      if (auto drawn = draw(events); !drawn) return drawn;
    if (auto done = do_job(); !done) return done;
  }
  return {};
}

// From the other threads and from the clock. Most of it, all night, changes nothing that is seen.
void Glass::bring_news() {
  const auto views = [this] { return std::pair(p_.kiosk.views(), p_.manager.views()); };
  const auto before = views();
  p_.mailbox.run();
  const base::Millis now = p_.clock.steady();
  const auto is_due = [now](const std::optional<base::Millis>& due) { return due && *due <= now; };
  if (is_due(p_.kiosk.next_deadline())) p_.kiosk.tick();
  if (is_due(p_.manager.next_deadline())) p_.manager.tick();
  if (views() != before) dirty_ = true;
}

// Never while a visitor is there: what they said is theirs.
void Glass::watch_corner(const std::vector<ui::Event>& events) {
  if (!corner_.held(events, p_.clock.steady()) || p_.manager.is_open() || p_.kiosk.in_visit()) return;
  p_.manager.send(manager::model::Open{});
  dirty_ = true;
}

// What changed in the dark is drawn when it can be seen.
void Glass::keep_panel(const std::vector<ui::Event>& events) {
  const bool was_dark = p_.panel.is_dark();
  p_.panel.keep(p_.clock.steady(), !events.empty(), p_.kiosk.in_visit() || p_.manager.is_open());
  if (was_dark && !p_.panel.is_dark()) dirty_ = true;
}

// One tap a picture: two taps that came during a slow one are two answers, and the second must meet what
// the first has changed.
std::vector<ui::Event> Glass::next_events() {
  std::ranges::move(p_.window.take_events(), std::back_inserter(waiting_));
  auto end = std::ranges::find_if(waiting_, is_tap);
  if (end != waiting_.end()) ++end;
  std::vector<ui::Event> events(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return events;
}

base::Millis Glass::job_due() const { return job_done_ ? *job_done_ + period_() : base::Millis{0}; }

base::Status Glass::do_job() {
  if (!job_ || p_.clock.steady() < job_due()) return {};
  job_done_ = p_.clock.steady();
  if (auto sound = p_.renderer.check(); !sound) return sound;
  job_();
  return {};
}

base::Millis Glass::patience() const {
  const bool is_dark = p_.panel.is_dark();
  if ((dirty_ && !is_dark) || !waiting_.empty()) return base::Millis{0};
  const base::Millis now = p_.clock.steady();
  base::Millis until = std::min(now + longest_sleep, p_.panel.next_look());
  if (wake_ && !is_dark) until = std::min(until, *wake_);
  for (const auto& due : {p_.kiosk.next_deadline(), p_.manager.next_deadline(), corner_.next_deadline()})
    if (due) until = std::min(until, *due);
  if (auto due = p_.stage.input().next_deadline(); due && !is_dark) until = std::min(until, *due);
  if (job_) until = std::min(until, job_due());
  return std::max(base::Millis{0}, until - now);
}

bool Glass::has_work(const std::vector<ui::Event>& events) {
  if (p_.panel.is_dark()) return false;
  const base::Millis now = p_.clock.steady();
  if (p_.window.take_refresh()) {
    p_.stage.paint().forget_picture();
    dirty_ = true;
  }
  const auto press = p_.stage.input().next_deadline();
  return !events.empty() || dirty_ || (wake_ && *wake_ <= now) || (press && *press <= now);
}

void Glass::follow_look() {
  const Look look{p_.kiosk.aids(), p_.kiosk.setup(), p_.manager.is_open()};
  p_.window.set_diagonal(diagonal_for(p_.kiosk, p_.options));
  ui::Display display = p_.window.display();
  display.reach = look.aids.reach && !look.is_staff;
  if (const auto* settings = p_.kiosk.settings())
    display.above_floor = float(settings->display.bottom_mm.value_or(0));
  const bool resized = !(display == p_.stage.display());
  if (resized) p_.stage.set_display(display);
  if (resized || !(look == look_))
    p_.stage.set_theme(
        theme_for(p_.kiosk, p_.options, display, effects_, look.is_staff ? Viewer::staff : Viewer::visitor));
  if (look.setup != look_.setup) {
    tell_accent();
    show_pictures();
  }
  look_ = look;
}

// Once a configuration: whoever chose the colour learns why another one is on the glass.
void Glass::tell_accent() {
  const ui::Theme& theme = p_.stage.theme();
  if (!theme.brand_corrected) return;
  p_.log->warn("accent {}: shown as {}, since letters on it or in it need a contrast of 4.5:1",
               p_.kiosk.configuration()->accent.value_or(""), ui::to_hex(theme.palette.accent));
}

void Glass::show_pictures() {
  const platform::Pictures& pictures = p_.kiosk.setup()->pictures;
  const auto decoded = [&](const base::Bytes& picture) {
    if (picture.empty()) return platform::Image{};
    auto image = platform::decode_picture(picture);
    if (!image) p_.log->warn("{}; it is left out", base::to_string(image.error()));
    return image ? std::move(*image) : platform::Image{};
  };
  std::vector<platform::Image> photos;
  std::ranges::transform(pictures.photos, std::back_inserter(photos), decoded);
  p_.renderer.set_images(decoded(pictures.logo), photos);
}

void Glass::begin_screen(const std::string& screen, const model::Drawn& drawn) {
  if (screen == screen_ && drawn == drawn_) return;
  p_.stage.screen_changed(p_.clock.steady());
  screen_ = screen;
  drawn_ = drawn;
}

void Glass::note_blocked() {
  const bool is_blocked = p_.stage.input().stuck();
  if (is_blocked == is_blocked_) return;
  is_blocked_ = is_blocked;
  if (is_blocked) p_.log->warn("the glass is blocked: take away what lies on it, and clean it");
  if (tell_blocked_) tell_blocked_(is_blocked);
  dirty_ = true;
}

base::Status Glass::draw(const std::vector<ui::Event>& events) {
  if (std::exchange(forgetting_, false)) p_.stage.wipe();
  const base::Millis now = p_.clock.steady();
  follow_look();
  const bool is_staff = p_.manager.is_open();
  const model::View& view = p_.kiosk.view();
  begin_screen(is_staff ? p_.manager.view().name : visitors_screen(view), view.drawn);
  // As on a screen that has just come: who could not see what they touched has not answered.
  if (!events.empty() && p_.panel.is_blind(now)) p_.stage.screen_changed(now);
  const std::string language = is_staff ? p_.manager.view().language : view.language;
  dirty_ = false;
  const auto begun = processor_time();
  p_.stage.begin(now, events, direction_of_language(language));
  note_blocked();
  std::optional<model::Intent> wish;
  std::optional<manager::model::Intent> staff_wish;
  if (is_staff)
    staff_wish = manager::screens::draw(p_.stage.frame(), p_.manager.view());
  else
    wish = screens::draw(p_.stage.frame(), view);
  wake_ = p_.stage.end();
  const auto build = processor_time() - begun;
  const bool is_at_rest = !wake_ || *wake_ > now;
  if (wake_) wake_ = std::max(*wake_, now + p_.renderer.frame_time());
  // Before the picture is shown: a tap is written while the panel still draws.
  if (is_staff) {
    follow_staff(events, staff_wish);
  } else {
    read_aloud(view, events);
    follow(events, wish);
  }
  if (auto shown = p_.renderer.present(); !shown) return shown;
  p_.announcer.drawn(build, has_touch(events));
  if (is_at_rest) p_.announcer.screen(screen_, language, p_.stage.registry());
  return {};
}

void Glass::follow_staff(const std::vector<ui::Event>& events,
                         const std::optional<manager::model::Intent>& wish) {
  if (!wish && !touched(events) && !has_key(events)) return;
  if (const auto& lifts = p_.stage.input().lifts(); wish && !lifts.empty()) p_.announcer.tap(lifts.back().id);
  p_.manager.send(wish.value_or(manager::model::Touched{}));
  dirty_ = true;
}

void Glass::follow(const std::vector<ui::Event>& events, const std::optional<model::Intent>& wish) {
  if (has_key(events)) p_.kiosk.send(model::UseKeys{});
  if (wish) {
    const auto& lifts = p_.stage.input().lifts();
    const base::Millis held = lifts.empty() ? base::Millis{0} : lifts.back().held;
    if (!lifts.empty()) p_.announcer.tap(lifts.back().id);
    p_.kiosk.send(*wish, held);
    dirty_ = true;
  } else if (has_key(events)) {
    dirty_ = true;
  } else if (touched(events)) {
    p_.kiosk.send(model::Touched{});
    dirty_ = true;
  }
}

void Glass::read_aloud(const model::View& view, const std::vector<ui::Event>& events) {
  if (has_key(events)) p_.speaker.stop();
  if (!p_.kiosk.aids().read_aloud) {
    if (std::exchange(reads_, false)) p_.speaker.stop();
    return p_.reader.reset();
  }
  reads_ = true;
  auto utterance =
      p_.reader.follow({view, p_.stage.registry(), p_.stage.focused(), events, is_private(view)});
  if (!utterance) return;
  p_.announcer.spoken(utterance->language, utterance->is_secret ? "" : utterance->text,
                      p_.stage.registry().find(p_.stage.focused()));
  say(std::move(*utterance));
}

void Glass::say(voice::Utterance utterance) {
  utterance.volume += p_.options.volume;
  p_.speaker.say(std::move(utterance));
}

bool Glass::is_private(const model::View& view) const {
  if (p_.options.headset != "auto") return p_.options.headset == "yes";
  return voice::is_personal(view) && platform::has_headset();
}

void Glass::forget() {
  forgetting_ = dirty_ = true;
  p_.reader.reset();
  p_.speaker.stop();
}

}  // namespace halte::kiosk::shell
