// SPDX-License-Identifier: Apache-2.0
// The moving parts, with the store in memory and no window.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "app/kiosk/shell/announcer.h"
#include "app/kiosk/shell/kiosk.h"
#include "app/kiosk/shell/options.h"
#include "app/kiosk/shell/recorder.h"
#include "app/kiosk/shell/tour.h"
#include "core/store/memory/kiosk_store.h"
#include "tests/support/temporary_folder.h"

using namespace halte;
using namespace halte::kiosk;
using namespace std::chrono_literals;

namespace {

constexpr const char* survey_json = R"json({"pages": [{"name": "p", "elements": [
  {"type": "rating", "name": "rating", "title": "How was it?", "rateType": "smileys", "rateMax": 5},
  {"type": "rating", "name": "nps", "title": "Recommend?", "rateMin": 0, "rateMax": 10}]}]})json";

// Kiosk, recorder and store, as main wires them.
struct Wired {
  Wired() {
    auto setup = shell::sample_setup(survey_json, "https://hq.example/r");
    REQUIRE(setup);
    kiosk.set_service(model::Service::open);
    kiosk.set_setup(*setup);
  }
  void perform(const model::Effect& effect) {
    if (auto open = std::get_if<model::SaveOpen>(&effect)) recorder.perform(*open);
    if (auto close = std::get_if<model::Close>(&effect)) recorder.perform(*close);
  }
  // Until the store thread has answered.
  void settle() {
    std::atomic<bool> done = false;
    recorder.post([&] { done = true; });
    while (!done) std::this_thread::sleep_for(1ms);
    mailbox.run();
  }

  base::ManualClock clock{*base::parse_rfc3339("2026-03-02T12:07:33Z")};
  base::SeededRandom random{3};
  store::memory::KioskStore store{random};
  runtime::Mailbox mailbox{[] {}};
  shell::Kiosk kiosk{{.clock = clock,
                      .random = random,
                      .clock_is_synced = [] { return true; },
                      .perform = [this](const model::Effect& effect) { perform(effect); },
                      .say = [](const std::string& id, const std::string&) { return id; },
                      .language = "en"}};
  int closed = 0, failed = 0;
  shell::Recorder recorder{
      store,
      mailbox,
      {.saving = [](const response::Id&) {},
       .saved = [this](const response::Id&, bool is_closed, std::uint64_t) { closed += is_closed; },
       .tally = [](const response::Response&) { return response::Tally{}; },
       .to_model = [this](const model::Intent& intent) { kiosk.send(intent); },
       .failed = [this](const base::Error&) { ++failed; }}};
};

std::string content(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("shell: a visit from the first tap to thanks goes through the store thread and into the outbox") {
  Wired w;
  w.kiosk.send(model::Choose{4});
  w.settle();
  CHECK(w.store.status()->pending == 0);
  w.clock.advance(model::advance_time);
  w.kiosk.tick();
  w.kiosk.send(model::Choose{9});
  w.clock.advance(model::advance_time);
  w.kiosk.tick();
  w.kiosk.send(model::AnswerInvitation{false});
  w.kiosk.send(model::Next{});
  CHECK(w.kiosk.view().name == "saving");
  w.settle();
  CHECK(w.kiosk.view().name == "thanks");
  CHECK(w.closed == 1);
  CHECK(w.store.status()->pending == 1);
}

TEST_CASE("shell: the end of the program closes what is open before the store thread ends") {
  Wired w;
  w.kiosk.send(model::Choose{0});
  w.kiosk.send(model::Quit{});
  w.recorder.stop();
  CHECK(w.store.status()->pending == 1);
  CHECK(w.store.close_left_open(w.clock.now(), {}) == 0);
}

TEST_CASE("shell: a new configuration waits until the visitor has gone") {
  Wired w;
  w.kiosk.send(model::Choose{0});
  auto setup = shell::sample_setup(survey_json, "");
  REQUIRE(setup);
  site::Configuration changed = (*setup)->configuration;
  changed.organisation.name = "New name";
  auto next = shell::Setup::create(changed, (*setup)->enrolment);
  REQUIRE(next);
  w.kiosk.set_setup(*next);
  CHECK(w.kiosk.configuration()->organisation.name == "Halte");
  for (int i = 0; i < 3; ++i) {  // the page turns, "still there?", time-out
    w.clock.advance(1min);
    w.kiosk.tick();
  }
  CHECK(w.kiosk.configuration()->organisation.name == "New name");
}

namespace {

// Two variants: the sample's survey, and one of another first question.
std::shared_ptr<const shell::Setup> with_variants() {
  auto sample = shell::sample_setup(survey_json, "");
  REQUIRE(sample);
  site::Configuration c = (*sample)->configuration;
  site::SurveyReference brief = c.surveys[0];
  brief.id = "brief";
  brief.definition["pages"][0]["elements"][0]["title"] = "And today?";
  c.surveys.push_back(brief);
  c.asks = {{{}, {{0, "a"}, {1, "b"}}}};
  auto setup = shell::Setup::create(c, (*sample)->enrolment);
  REQUIRE(setup);
  return *setup;
}

std::string first_title(const shell::Kiosk& kiosk) {
  return std::get<model::RateView>(kiosk.view().body).question.title;
}

}  // namespace

TEST_CASE("shell: a start after a kill closes what was open as the variant that it was, and counts it so") {
  Wired w;
  w.kiosk.set_setup(with_variants());
  while (first_title(w.kiosk) != "And today?") {  // a visit each, until the coin falls on the other side
    w.kiosk.send(model::Choose{4});
    for (int i = 0; i < 3; ++i) {
      w.clock.advance(1min);
      w.kiosk.tick();
    }
  }
  w.kiosk.send(model::Choose{4});
  w.settle();
  std::optional<response::Response> left;
  bool is_known = false;
  auto closed = w.store.close_left_open(w.clock.now(), [&](const response::Response& response) {
    left = response;
    const response::Tally tally = figures::tally(w.kiosk.setup()->surveys, response);
    is_known = tally.known;
    return tally;
  });
  CHECK(closed == 1);
  REQUIRE(left);
  CHECK(left->survey == "brief");
  CHECK(left->variant == "b");
  CHECK(is_known);
}

TEST_CASE("shell: an answer counts by the survey that it was given to, though another configuration waits") {
  base::ManualClock clock{*base::parse_rfc3339("2026-03-02T12:07:33Z")};
  base::SeededRandom random{3};
  std::shared_ptr<const shell::Setup> counted_by;
  shell::Kiosk* itself = nullptr;
  shell::Kiosk kiosk({.clock = clock,
                      .random = random,
                      .clock_is_synced = [] { return true; },
                      .perform =
                          [&](const model::Effect& effect) {
                            if (std::holds_alternative<model::Close>(effect)) counted_by = itself->setup();
                          },
                      .say = [](const std::string& id, const std::string&) { return id; },
                      .language = "en"});
  itself = &kiosk;
  const auto first = with_variants(), second = with_variants();
  kiosk.set_setup(first);
  kiosk.set_service(model::Service::open);
  kiosk.send(model::Choose{0});
  kiosk.set_setup(second);
  for (int i = 0; i < 3; ++i) {
    clock.advance(1min);
    kiosk.tick();
  }
  CHECK(counted_by == first);
  CHECK(kiosk.setup() == second);
}

TEST_CASE("shell: without a configuration there is a calm screen, and taps do nothing") {
  base::ManualClock clock{base::Instant{}};
  base::SeededRandom random{1};
  int effects = 0;
  shell::Kiosk kiosk({.clock = clock,
                      .random = random,
                      .clock_is_synced = [] { return false; },
                      .perform = [&](const model::Effect&) { ++effects; },
                      .say = [](const std::string& id, const std::string&) { return id; },
                      .language = "en"});
  kiosk.set_service(model::Service::not_enrolled);
  kiosk.send(model::Choose{0});
  kiosk.send(model::Quit{});
  CHECK(effects == 0);
  CHECK(kiosk.view().name == "service");
  CHECK(std::get<model::MessageView>(kiosk.view().body).title == "This kiosk is not set up yet.");
  CHECK_FALSE(kiosk.next_deadline());
}

TEST_CASE("shell: a survey that cannot be asked is refused with its problems") {
  auto setup =
      shell::sample_setup(R"({"pages": [{"name": "p", "elements": [{"type": "matrix", "name": "m"}]}]})", "");
  REQUIRE_FALSE(setup);
  CHECK(setup.error().kind == base::ErrorKind::invalid);
  CHECK(setup.error().cause.find("matrix") != std::string::npos);
}

TEST_CASE("shell: announcements are JSON lines and never name a key") {
  const tests::TemporaryFolder folder;
  const std::string path = (folder / "announce.jsonl").string();
  {
    auto announcer = shell::Announcer::create(path);
    REQUIRE(announcer);
    ui::Registry registry;
    registry.elements.push_back({.id = "face/1", .role = ui::Role::face, .rect_px = {1, 2, 3, 4}});
    registry.elements.push_back({.id = "key/7", .role = ui::Role::key});
    announcer->screen("rate", "nl", registry);
    announcer->screen("rate", "nl", registry);
    announcer->tap("key/7");
    announcer->saving("ab");
    announcer->saved("ab", true, 9);
  }
  CHECK(content(path) ==
        "{\"event\":\"screen\",\"language\":\"nl\",\"name\":\"rate\",\"targets\":{\"face/1\":[1,2,3,4]}}\n"
        "{\"event\":\"tap\",\"target\":\"key\"}\n"
        "{\"event\":\"saving\",\"id\":\"ab\"}\n"
        "{\"event\":\"saved\",\"id\":\"ab\",\"seq\":9}\n");
}

TEST_CASE("shell: options name what is wrong with a size") {
  auto options = shell::read_options("1", {"--size", "1080"}, {});
  REQUIRE_FALSE(options);
  CHECK(options.error().status == base::ExitStatus::usage);
  CHECK(options.error().text.find("'1080'") != std::string::npos);
  CHECK(shell::read_options("1", {"--size", "1920x1080"}, {})->width == 1920);
}

namespace {

auto scale(const std::string& values) {
  return shell::sample_setup(R"({"pages": [{"name": "p", "elements": [{"type": "rating", "name": "q",
      "rateValues": )" + values + "}]}]}",
                             "");
}

}  // namespace

TEST_CASE("shell: a number scale with gaps is a choice of its own numbers, not a row that counts") {
  auto gaps = scale("[0, 2, 4]"), row = scale("[0, 1, 2]");
  REQUIRE(gaps);
  REQUIRE(row);
  const model::Question& choice = *(*gaps)->questionnaires.front()->visible(base::Json::object()).front();
  CHECK((choice.kind == model::Kind::single_choice));
  CHECK(choice.choices[1].value == 2);
  CHECK(choice.choices[1].label.at("default") == "2");
  CHECK(
      ((*row)->questionnaires.front()->visible(base::Json::object()).front()->kind == model::Kind::numbers));
}

TEST_CASE("shell: words in the middle of a number scale make it a list, words at its ends stand below it") {
  auto all =
      scale(R"([{"value": 1, "text": "bad"}, {"value": 2, "text": "fair"}, {"value": 3, "text": "good"}])");
  auto ends = scale(R"([{"value": 1, "text": "bad"}, 2, {"value": 3, "text": "good"}])");
  REQUIRE(all);
  REQUIRE(ends);
  const model::Question& list = *(*all)->questionnaires.front()->visible(base::Json::object()).front();
  CHECK((list.kind == model::Kind::single_choice));
  CHECK(model::pick(list.choices[1].label, "en") == "fair");
  const model::Question& row = *(*ends)->questionnaires.front()->visible(base::Json::object()).front();
  CHECK((row.kind == model::Kind::numbers));
  CHECK(model::pick(row.low_label, "en") == "bad");
  CHECK(model::pick(row.high_label, "en") == "good");
}
