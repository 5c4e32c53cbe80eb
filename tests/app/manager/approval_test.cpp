// SPDX-License-Identifier: Apache-2.0
// How a kiosk becomes somebody's without a code.
#include <doctest/doctest.h>

#include "app/manager/model/views.h"
#include "tests/app/manager/visit.h"

using namespace halte;
using namespace halte::manager::model;
using namespace std::chrono_literals;
using tests::Visit;

namespace {

constexpr const char* server = "https://hq.example.nl";
const Waits waits{"7Q4K-M2XD-9RTB-5HNE", "https://hq.example.nl/enrol#7Q4KM2XD9RTB5HNE", 5s};

Visit out_of_its_box() {
  Visit v;
  v.open_new(server);
  return v;
}

const Seeking& seeking(const Visit& v) { return std::get<Seeking>(v.state.screen); }

ApprovalView view_of(const Visit& v) {
  const Say say = [](std::string_view id, std::string_view) { return std::string(id); };
  const ReasonLabel reason = [](const auto&, const auto&) { return std::string(); };
  const std::vector<std::string> languages{"nl", "en"};
  return std::get<ApprovalView>(view(v.state, {say, reason, languages}, v.now).body);
}

// The next deadline, and what comes then.
void pass(Visit& v) {
  const auto at = next_deadline(v.state, v.now);
  REQUIRE(at);
  v.now = *at;
  v.send(Tick{});
}

}  // namespace

TEST_CASE(
    "approval: a kiosk that knows its server shows what a phone reads, as soon as the server knows of it") {
  Visit v = out_of_its_box();
  REQUIRE(v.wants<AskApproval>());
  CHECK(std::get<AskApproval>(v.effects[0]).server == server);
  CHECK_FALSE(view_of(v).qr);
  v.send(waits);
  CHECK(view_of(v).qr);
  CHECK(view_of(v).fingerprint == waits.fingerprint);
  CHECK(view_of(v).steps.size() == 3);
}

TEST_CASE("approval: it is asked for again when the server says, and less and less where none is heard") {
  Visit v = out_of_its_box();
  const auto pause = [&](const Intent& answer) {
    CHECK_FALSE(next_deadline(v.state, v.now));  // nothing before the answer
    v.send(answer);
    const base::Millis before = v.now;
    pass(v);
    CHECK(v.wants<AskApproval>());
    return v.now - before;
  };
  CHECK(pause(waits) == 5s);
  std::vector<base::Millis> pauses;
  for (int i = 0; i < 6; ++i) pauses.push_back(pause(NotHeard{Answer::unreachable}));
  CHECK(pauses == std::vector<base::Millis>{5s, 10s, 20s, 40s, 60s, 60s});
  CHECK(pause(waits) == 5s);
  CHECK(pause(NotHeard{Answer::unreachable}) == 5s);
}

TEST_CASE("approval: what a phone may be reading stays when the server is not heard, and why is said") {
  Visit v = out_of_its_box();
  v.send(waits);
  pass(v);
  v.send(NotHeard{Answer::not_trusted});
  CHECK(view_of(v).qr);
  CHECK(view_of(v).is_trouble);
  pass(v);
  v.send(waits);
  CHECK_FALSE(view_of(v).is_trouble);
}

TEST_CASE("approval: nobody has to stand there for it") {
  Visit v = out_of_its_box();
  for (int i = 0; i < 1000; ++i) {
    v.send(waits);
    pass(v);
  }
  CHECK(v.on<Seeking>());
  CHECK(v.wants<AskApproval>());
}

TEST_CASE("approval: on a kiosk that is at work it is left as any page of the manager's, for its visitors") {
  Visit v;
  v.open();
  v.enter();
  v.send(FillIn{Form::enrolment});
  v.send(Submit{});
  REQUIRE(v.wants<AskApproval>());
  v.send(waits);
  v.send(Leave{});
  CHECK(v.on<Looking>());
  v.send(FillIn{Form::enrolment});
  v.send(Submit{});
  v.send(waits);
  for (int i = 0; i < 30 && v.on<Seeking>(); ++i) {
    pass(v);
    v.send(waits);
  }
  CHECK(v.on<Closed>());
}

TEST_CASE("approval: whoever leaves meanwhile leaves with the answer, and it may be the one that counts") {
  Visit v = out_of_its_box();
  v.send(Leave{});
  CHECK(v.on<Seeking>());
  v.send(waits);
  CHECK(v.on<Closed>());
  v = out_of_its_box();
  v.send(Leave{});
  v.send(NotHeard{Answer::unreachable});
  CHECK(v.on<Closed>());
  v = out_of_its_box();
  v.send(Leave{});
  v.send(Approved{});
  CHECK(v.on<Seeking>());
}

TEST_CASE("approval: once approved it waits for what to ask, and then its first PIN is chosen") {
  Visit v = out_of_its_box();
  v.send(waits);
  pass(v);
  v.send(Approved{});
  CHECK(view_of(v).actions.empty());
  for (const Intent& intent :
       std::vector<Intent>{Leave{}, FillIn{Form::enrolment}, FillIn{Form::network}, waits})
    v.send(intent);
  CHECK(seeking(v).answer == Answer::done);
  v.send(Configured{});
  CHECK(v.wants<Arrive>());
  v.send(Arrived{std::nullopt, true, server, {}});
  CHECK(v.on<ChoosingPin>());
}

TEST_CASE("approval: where nothing to ask comes, its manager gets in all the same") {
  Visit v = out_of_its_box();
  v.send(Approved{});
  pass(v);
  CHECK(v.wants<Arrive>());
}

TEST_CASE("approval: a code can be typed instead, and the way there set, and both lead back") {
  Visit v = out_of_its_box();
  v.send(waits);
  v.send(FillIn{Form::enrolment});
  REQUIRE(v.on<Filling>());
  CHECK(std::get<Filling>(v.state.screen).texts[0] == server);
  v.send(Leave{});
  CHECK(v.on<Seeking>());
  v.send(waits);
  v.go_by_proxy();
  CHECK(v.wants<Try>());
  v.send(Leave{});
  REQUIRE(v.on<Seeking>());
  CHECK(view_of(v).said.find("One moment") == 0);
  v.send(waits);
  CHECK(view_of(v).said.find("proxy.example") != std::string::npos);
  pass(v);
  v.send(Approved{});
  REQUIRE(v.wants<Adjust>());
  CHECK(std::get<Adjust>(v.effects[0]).adjustments.proxy == "http://proxy.example:3128");
}

TEST_CASE("approval: the way that a passer-by set is forgotten where it stands, and it goes on asking") {
  Visit v = out_of_its_box();
  v.send(waits);
  v.go_by_proxy();
  v.send(Leave{});
  v.send(waits);
  const base::Millis left = v.now;
  while (v.now - left < 2min) {
    pass(v);
    if (v.wants<AskApproval>()) v.send(waits);
  }
  CHECK(v.state.adjustments == site::Adjustments{});
  CHECK(v.on<Seeking>());
}

TEST_CASE(
    "approval: it is found from the form once there is an address, and an answer that comes late is not "
    "lost") {
  Visit v;
  v.open_new("");
  v.send(Submit{});
  CHECK(v.on<Filling>());
  v.write("hq.example.nl");
  v.send(Submit{});
  REQUIRE(v.wants<AskApproval>());
  CHECK(std::get<AskApproval>(v.effects[0]).server == server);
  v.send(FillIn{Form::network});
  v.send(waits);  // of a page that is not there any more
  CHECK(v.on<Filling>());
  v.send(Approved{});
  REQUIRE(v.on<Seeking>());
  CHECK(seeking(v).answer == Answer::done);
}
