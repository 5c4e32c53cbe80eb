// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

// A visit whose visitor holds a receipt, agreed to be called and left a sealed number.
struct Visit {
  std::string code;
  response::Response response;

  Visit(Headquarters& hq, const Kiosk& kiosk) : code(consent::make_receipt_code(hq.random)) {
    response = a_response(hq.random);
    response.locale = "en";
    response.answers = {
        {"visit", 4}, {"went_well", {"staff", "price"}}, {"nps", 9}, {"comment", "Nice bread."}};
    response.consents = {a_consent("contact", response::ConsentState::given)};
    response.consents[0].locale = "en";
    response.contact =
        response::SealedContact{kiosk.enrolled.sealing_key_id,
                                base::seal(base::as_bytes("0612345678"), kiosk.enrolled.sealing_public_key)};
    response.receipt_hash = *consent::receipt_hash(code, kiosk.enrolled.receipt_key);
  }
};

Reply ask(Headquarters& hq, const std::string& what, const std::string& code, Json body = Json::object()) {
  body["code"] = code;
  return hq.nobody().post("/api/v1/receipts/" + what, body);
}

std::string answer_to(const Json& shown, const std::string& question) {
  for (const Json& answer : shown["response"]["answers"])
    if (answer["question"] == question) return answer["answer"];
  return "";
}

bool is_anywhere(Headquarters& hq, const std::string& words) {
  for (const char* name : {"hq.db", "hq.db-wal"}) {
    auto bytes = base::read_file(hq.folder / name);
    if (bytes && bytes->find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("receipt: it shows the answers in the words and the language that the visitor saw") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  Reply reply = ask(hq, "look-up", visit.code);
  CHECK(reply.status == 200);
  Json shown = reply.json();
  CHECK(shown["found"] == true);
  CHECK(shown["state"] == "stored");
  CHECK(shown["response"]["day"] == "2026-11-21");
  CHECK(shown["response"]["branch"] == "Utrecht");
  CHECK(shown["response"]["touchpoint"] == "Kassa");
  CHECK(answer_to(shown, "How was your visit today?") == "Good");
  CHECK(answer_to(shown, "What did you like?") == "Friendly staff, Good prices");
  CHECK(answer_to(shown, "Is there anything you would like to add?") == "Nice bread.");
  CHECK(shown["response"]["has_comment"] == true);
  CHECK(shown["response"]["has_contact"] == true);
  CHECK(shown["consents"] ==
        Json::array({{{"purpose", "contact"}, {"text", "We may call you."}, {"state", "given"}}}));
}

TEST_CASE("receipt: neither the answer nor the contact details leave with more than that") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  Reply reply = ask(hq, "look-up", visit.code);
  CHECK(reply.body.find(base::to_base64url(visit.response.contact->sealed)) == std::string::npos);
  CHECK(reply.body.find(response::to_hex(visit.response.id)) == std::string::npos);
  CHECK(reply.body.find("12:00") == std::string::npos);  // the day, never the time
  CHECK(reply.raw.header("Cache-Control").value_or("") == "no-store");
}

TEST_CASE("receipt: withdrawing drops the contact details and keeps the answer") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  Json shown = ask(hq, "withdraw", visit.code, {{"purpose", "contact"}}).json();
  CHECK(shown["response"]["has_contact"] == false);
  CHECK(shown["consents"][0]["state"] == "withdrawn");
  CHECK(answer_to(shown, "How was your visit today?") == "Good");
  CHECK(ask(hq, "look-up", visit.code).json() == shown);
  CHECK_FALSE(is_anywhere(hq, base::to_base64url(visit.response.contact->sealed)));
}

TEST_CASE("receipt: withdrawing needs a purpose, in words") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  CHECK(ask(hq, "withdraw", visit.code).problem() == 103);
  CHECK(ask(hq, "withdraw", visit.code, {{"purpose", 5}}).problem() == 103);
  CHECK(ask(hq, "look-up", visit.code).json()["response"]["has_contact"] == true);
}

TEST_CASE("receipt: erasing empties it, counts back and leaves no byte of the comment") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  std::vector<response::Response> others;
  for (int i = 0; i < 10; ++i) others.push_back(a_response(hq.random));
  kiosk.store(others);
  Json before = hq.administrator.get("/api/v1/overview").json();
  Visit visit(hq, kiosk);
  visit.response.answers["comment"] = "kanarie-in-de-mijn";
  kiosk.store({visit.response});
  CHECK(hq.administrator.get("/api/v1/overview").json()["nps"]["n"] == 11);
  CHECK(ask(hq, "erase", visit.code).json() == Json{{"state", "erased"}});
  CHECK(hq.administrator.get("/api/v1/overview").json() == before);
  CHECK(ask(hq, "look-up", visit.code).json() == Json{{"found", true}, {"state", "erased"}});
  CHECK(hq.stored() == 10);
  CHECK_FALSE(is_anywhere(hq, "kanarie-in-de-mijn"));
}

TEST_CASE("receipt: erasing twice is as good as once") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  CHECK(ask(hq, "erase", visit.code).json()["state"] == "erased");
  CHECK(ask(hq, "erase", visit.code).json()["state"] == "erased");
  CHECK(ask(hq, "withdraw", visit.code, {{"purpose", "contact"}}).json()["state"] == "erased");
}

TEST_CASE("receipt: erased before the answer arrives, it is never let in") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  CHECK(ask(hq, "look-up", visit.code).json() == Json{{"found", false}, {"state", "pending"}});
  CHECK(ask(hq, "erase", visit.code).json() == Json{{"state", "pending"}});
  for (int i = 0; i < 2; ++i) {
    auto results = kiosk.deliver(kiosk.batch({visit.response}));
    CHECK(results[0].status == protocol::ItemStatus::rejected);
    CHECK(results[0].reason == "erased");
  }
  CHECK(hq.stored() == 0);
  CHECK(ask(hq, "look-up", visit.code).json()["state"] == "erased");
}

TEST_CASE("receipt: a replayed batch does not bring an erased answer back") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  auto batch = kiosk.batch({visit.response});
  kiosk.deliver(batch);
  ask(hq, "erase", visit.code);
  CHECK(kiosk.deliver(batch)[0].reason == "erased");
  CHECK(hq.stored() == 0);
}

TEST_CASE("receipt: what is no code is 400, a code nobody has is pending") {
  Headquarters hq;
  for (const char* code : {"", "ABC", "UUUU-UUUU-UUUU-UUUU", "ABCD-EFGH-JKMN-PQRS-TVWX"}) {
    Reply reply = ask(hq, "look-up", code);
    CHECK_MESSAGE(reply.status == 400, code);
    CHECK_MESSAGE(reply.problem() == 103, code);
  }
  CHECK(ask(hq, "look-up", consent::make_receipt_code(hq.random)).json()["found"] == false);
  CHECK(hq.nobody().call("POST", "/api/v1/receipts/look-up").problem() == 102);
  CHECK(hq.nobody().post("/api/v1/receipts/look-up", Json::array()).problem() == 102);
}

TEST_CASE("receipt: a code may be typed in lower case and without dashes") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  std::string typed;
  for (char c : visit.code)
    if (c != '-') typed += char(std::tolower(static_cast<unsigned char>(c)));
  CHECK(ask(hq, "look-up", typed).json()["found"] == true);
}

TEST_CASE("receipt: after 12 codes in a minute the next one waits, whichever call it is") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  const char* calls[] = {"look-up", "withdraw", "erase"};
  for (int i = 0; i < 12; ++i) CHECK(ask(hq, calls[i % 3], "geen code").status == 400);
  for (const char* call : calls) {
    Reply refused = ask(hq, call, visit.code, {{"purpose", "contact"}});
    CHECK(refused.status == 429);
    CHECK(refused.problem() == 501);
    CHECK(refused.raw.header("Retry-After"));
  }
  hq.clock.advance(std::chrono::seconds(5));
  CHECK(ask(hq, "look-up", visit.code).json()["response"]["has_contact"] == true);
}

TEST_CASE("receipt: a session or a kiosk's token opens no other door to an answer") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Visit visit(hq, kiosk);
  kiosk.store({visit.response});
  std::string id = response::to_hex(visit.response.id);
  CHECK(hq.administrator.get("/api/v1/responses/" + id).problem() == 301);
  CHECK(kiosk.send("GET", "/api/v1/responses/" + id).problem() == 301);
}

}  // namespace halte::tests
