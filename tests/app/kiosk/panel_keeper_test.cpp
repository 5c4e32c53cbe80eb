// SPDX-License-Identifier: Apache-2.0
// When the panel goes dark and when it is lit, on a panel that is none.
#include "app/kiosk/shell/panel_keeper.h"

#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <optional>
#include <sstream>

#include "app/kiosk/shell/options.h"

using namespace halte;
using namespace std::chrono_literals;
using Keeper = halte::kiosk::shell::PanelKeeper;

namespace {

struct Desk {
  // As the loop of the glass does, which goes round at next_look() at the latest.
  void pass(base::Millis time, bool is_needed = false) {
    const base::Millis end = now + time;
    while (keeper->next_look() < end) {
      now = std::max(now, keeper->next_look());
      keeper->keep(now, false, is_needed);
    }
    now = end;
    keeper->keep(now, false, is_needed);
  }
  void touch() {
    is_off = false;  // as X does
    keeper->keep(now, true, false);
  }
  void start() { keeper.emplace(ports(), 10min, now); }
  Keeper::Ports ports() {
    return {.sleep =
                [this] {
                  ++tries;
                  if (trouble) return base::Status(std::unexpected(*trouble));
                  is_off = true;
                  return base::Status{};
                },
            .wake = [this] { is_off = false; },
            .is_asleep = [this] { return is_off; },
            .may_be_dark = [this] { return is_night; },
            .log = std::make_shared<spdlog::logger>("test",
                                                    std::make_shared<spdlog::sinks::ostream_sink_st>(lines))};
  }
  std::size_t told(const char* what) const {
    std::size_t count = 0;
    const std::string all = lines.str();
    for (auto at = all.find(what); at != all.npos; at = all.find(what, at + 1)) ++count;
    return count;
  }

  std::ostringstream lines;
  std::optional<base::Error> trouble;
  base::Millis now{5'000};
  bool is_night = true, is_off = false;
  int tries = 0;
  std::optional<Keeper> keeper;
};

struct Night : Desk {
  Night() {
    start();
    pass(10min);
    REQUIRE(is_off);
    REQUIRE(keeper->is_dark());
  }
};

}  // namespace

TEST_CASE("panel: dark after ten minutes without a touch, and not a second sooner") {
  Desk d;
  d.start();
  d.pass(9min);
  d.touch();
  d.pass(10min - 1ms);
  CHECK_FALSE(d.is_off);
  d.pass(1ms);
  CHECK(d.is_off);
  CHECK(d.keeper->is_dark());
}

TEST_CASE("panel: lit by day, however long nobody comes, and dark soon after closing") {
  Desk d;
  d.is_night = false;
  d.start();
  d.pass(8h);
  CHECK_FALSE(d.is_off);
  d.is_night = true;
  d.pass(Keeper::look);
  CHECK(d.is_off);
}

TEST_CASE("panel: a visitor or staff keep it lit, and ten minutes begin when they go") {
  Desk d;
  d.start();
  d.pass(2h, true);
  CHECK_FALSE(d.is_off);
  d.pass(10min - 1ms);
  CHECK_FALSE(d.is_off);
  d.pass(1ms);
  CHECK(d.is_off);
}

TEST_CASE("panel: a touch wakes it, and whoever touched saw nothing until it is bright") {
  Night d;
  d.pass(3h);
  CHECK(d.keeper->is_blind(d.now));
  d.touch();
  CHECK_FALSE(d.keeper->is_dark());
  CHECK(d.keeper->is_blind(d.now));
  d.pass(Keeper::lights_up - 1ms);
  CHECK(d.keeper->is_blind(d.now));
  d.pass(1ms);
  CHECK_FALSE(d.keeper->is_blind(d.now));
  d.pass(10min);
  CHECK(d.is_off);
}

TEST_CASE("panel: the end of the hours wakes it within seconds, and the manager's view at once") {
  Night morning;
  morning.is_night = false;
  morning.pass(Keeper::dark_look);
  CHECK_FALSE(morning.is_off);
  CHECK_FALSE(morning.keeper->is_dark());
  Night staff;
  staff.keeper->keep(staff.now, false, true);
  CHECK_FALSE(staff.is_off);
}

TEST_CASE("panel: what X lights by itself is dark again ten minutes later") {
  Night d;
  d.is_off = false;  // a mouse was pushed
  d.pass(Keeper::dark_look);
  CHECK_FALSE(d.keeper->is_dark());
  d.pass(10min - 1ms);
  CHECK_FALSE(d.is_off);
  d.pass(1ms);
  CHECK(d.is_off);
}

TEST_CASE("panel: one that cannot be put out stays lit, is tried once a night, and is no wall of words") {
  Desk d;
  d.trouble = base::Error{"panel", "this X server has no DPMS", "switching it off", base::ErrorKind::lacking};
  d.start();
  d.pass(8h);
  CHECK_FALSE(d.keeper->is_dark());
  CHECK(d.tries == 1);
  CHECK(d.told("panel: this X server has no DPMS, while switching it off; it stays lit") == 1);
  d.is_night = false;
  d.pass(1h);
  d.is_night = true;
  d.pass(8h);
  CHECK(d.tries == 2);
}

TEST_CASE("panel: it is lit when the kiosk begins and when it ends") {
  Desk d;
  d.is_off = true;
  d.start();
  CHECK_FALSE(d.is_off);
  d.pass(10min);
  CHECK(d.is_off);
  d.keeper.reset();
  CHECK_FALSE(d.is_off);
}

TEST_CASE("panel: how long it waits is said in minutes, parts of one too") {
  using kiosk::shell::read_options;
  CHECK(read_options("1", {}, {})->sleep_after() == 10min);
  CHECK(read_options("1", {"--sleep-after", "0.5"}, {})->sleep_after() == 30s);
  for (const char* wrong : {"0", "-1", "nan", "1441"}) {
    CAPTURE(wrong);
    const auto options = read_options("1", {std::string("--sleep-after=") + wrong}, {});
    REQUIRE_FALSE(options);
    CHECK(options.error().status == base::ExitStatus::usage);
  }
}
