// SPDX-License-Identifier: Apache-2.0
// What is read aloud, and when.
#include "app/kiosk/voice/reader.h"
#include "app/kiosk/voice/sentences.h"
#include "tests/app/kiosk/bench.h"

using namespace halte;
using namespace halte::kiosk;
using Code = ui::Key::Code;

namespace {

const model::Say english = [](const std::string& id, const std::string&) { return id; };

ui::Element element(std::string id, ui::Role role, std::string label, bool selected = false) {
  ui::Element e{.id = std::move(id), .role = role};
  e.label = std::move(label);
  e.selected = selected;
  return e;
}

struct Listener {
  test::Bench bench;
  ui::Registry registry;
  std::string focused;
  voice::Reader reader{english};
  bool headset = false;

  std::optional<voice::Utterance> hear(const std::vector<ui::Event>& events = {}) {
    const model::View view = bench.view();
    return reader.follow({view, registry, focused, events, headset});
  }
  std::string text(const std::vector<ui::Event>& events = {}) {
    const auto utterance = hear(events);
    return utterance ? utterance->text : "";
  }
  std::string go_to(const std::string& id, Code key = Code::right) {
    focused = id;
    return text({ui::Key{key}});
  }
};

}  // namespace

TEST_CASE("voice: each kind of target says its words, what it is, and its state") {
  ui::Registry glass;
  glass.elements = {element("face/0", ui::Role::face, "Bad"),
                    element("face/1", ui::Role::face, "Good", true),
                    element("number/7", ui::Role::number, "7"),
                    element("next", ui::Role::button, "Next"),
                    element("aid/0", ui::Role::toggle, "Larger text", true),
                    element("key/1", ui::Role::key, "A"),
                    element("key/2", ui::Role::key, "delete"),
                    element("field", ui::Role::field, "Name")};
  const auto say = [&](std::size_t i) { return voice::spoken(glass.elements[i], glass, "en", english); };
  CHECK(say(0) == "Bad, answer 1 of 2");
  CHECK(say(1) == "Good, answer 2 of 2, chosen");
  CHECK(say(2) == "7");
  CHECK(say(3) == "Next, button");
  CHECK(say(4) == "Larger text, on");
  CHECK(say(5) == "capital A");
  CHECK(say(6) == "delete");
  CHECK(say(7) == "Name, field, empty");
  glass.elements[7].length = 12;
  CHECK(say(7) == "Name, field, characters: 12");
}

TEST_CASE(
    "voice: a screen is read once when it comes, the first with how the keys work, and again on demand") {
  Listener listener;
  const std::string first = listener.text();
  CHECK(first.starts_with("Hoe was het?"));
  CHECK(first.find("arrow keys") != first.npos);
  CHECK(listener.text() == "");
  const std::string again = listener.text({ui::Key{Code::repeat}});
  CHECK(again.starts_with("Hoe was het?"));
  CHECK(again.find("arrow keys") == again.npos);
}

TEST_CASE("voice: it follows the focus, and says when a state changes under it") {
  Listener listener;
  listener.registry.elements = {element("chip/0", ui::Role::chip, "Staff")};
  listener.text();
  CHECK(listener.go_to("chip/0") == "Staff, answer 1 of 1");
  CHECK(listener.text() == "");  // once
  listener.registry.elements[0].selected = true;
  CHECK(listener.text({ui::Key{Code::ok}}) == "Staff, answer 1 of 1, chosen");
}

TEST_CASE("voice: louder and faster last until the visitor goes") {
  Listener listener;
  listener.text();
  listener.text({ui::Key{Code::louder}, ui::Key{Code::louder}});
  const auto fast = listener.hear({ui::Key{Code::faster}, ui::Key{Code::repeat}});
  REQUIRE(fast);
  CHECK(fast->volume == 40);
  CHECK(fast->rate == 20);
  listener.reader.reset();
  const auto next = listener.hear();
  REQUIRE(next);
  CHECK(next->volume == 0);
  CHECK(next->rate == 0);
}

TEST_CASE(
    "voice: a loudspeaker says nothing of contact details, not even which key was passed, a headset does") {
  for (const bool headset : {false, true}) {
    Listener listener;
    listener.headset = headset;
    listener.bench.with_contact();
    listener.bench.go_to("comment");
    listener.bench.send(model::Skip{});
    listener.bench.send(model::AnswerInvitation{true});
    if (listener.bench.on<model::AgeGate>()) listener.bench.send(model::AnswerAge{true});
    listener.bench.send(model::SwitchPurpose{model::contact_purpose});
    listener.bench.send(model::Next{});
    REQUIRE(listener.bench.on<model::Contact>());
    listener.registry.elements = {element("key/3", ui::Role::key, "q"),
                                  element("next", ui::Role::button, "Send")};
    CHECK((listener.text().find("only through a headset") == std::string::npos) == headset);
    CHECK(listener.go_to("key/3") == (headset ? "q" : "key"));
    CHECK(listener.go_to("next") == "Send, button");
  }
}

TEST_CASE("voice: a comment's keys and a receipt's code are for a headset, and leave no record") {
  for (const bool headset : {false, true}) {
    Listener listener;
    listener.headset = headset;
    listener.bench.go_to("comment");
    listener.registry.elements = {element("key/3", ui::Role::key, "q")};
    listener.text();
    CHECK(listener.go_to("key/3") == (headset ? "q" : "key"));
    listener.registry.elements.push_back(element("key/4", ui::Role::key, "w"));
    const auto next = [&] {
      listener.focused = "key/4";
      return listener.hear({ui::Key{Code::right}});
    }();
    REQUIRE(next);  // another key with the same word is said all the same
    CHECK(next->is_secret == headset);
    listener.bench.send(model::Skip{});
    listener.bench.saved();
    REQUIRE(listener.bench.on<model::Thanks>());
    listener.focused.clear();
    const std::string thanks = listener.text();
    CHECK((thanks.find("only through a headset") == thanks.npos) == headset);
    CHECK((thanks.find(", ") != thanks.npos) == headset);  // the code, letter by letter
  }
}

TEST_CASE("voice: the first key switches it on with more time, a later one does not switch it on again") {
  test::Bench bench;
  bench.send(model::UseKeys{});
  CHECK(bench.state.aids.read_aloud);
  CHECK(bench.state.aids.more_time);
  bench.send(model::SwitchAid{model::Aid::read_aloud});
  bench.send(model::UseKeys{});
  CHECK_FALSE(bench.state.aids.read_aloud);
  bench.wait(std::chrono::minutes(10));
  CHECK(model::is_clean(bench.state));
}
