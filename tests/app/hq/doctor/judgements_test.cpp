// SPDX-License-Identifier: Apache-2.0
#include "app/hq/doctor/judgements.h"

#include <doctest/doctest.h>

using namespace halte;
using namespace halte::hq::doctor;
using namespace std::chrono_literals;

namespace {

const base::Instant now = *base::parse_rfc3339("2026-11-28T12:00:00Z");

store::hq::Backup backup_of(base::Millis age) { return {"hq-1.db", now - age, 3, 10, 1000, {}}; }

TlsFacts tls_until(base::Millis from_now) {
  return {net::Certificate{"CN = R11", now - 24h, now + from_now}, true};
}

net::Probe answer(std::string body) {
  return {.reached = net::Reached::reply, .reply = net::HttpReply{200, {}, std::move(body)}};
}

}  // namespace

TEST_CASE("doctor of the server: a disk with no room for a copy is a warning, a full one is wrong") {
  CHECK(judge_disk({"/d", 100 << 20, 0}).level == Level::wrong);
  CHECK(judge_disk({"/d", 1 << 30, 1 << 30}).level == Level::warning);
  CHECK(judge_disk({"/d", std::int64_t(4) << 30, 1 << 30}).level == Level::ok);
}

TEST_CASE("doctor of the server: a certificate is named when it ends, and with a key that is another's") {
  CHECK(judge_certificate(std::nullopt, now).level == Level::ok);
  CHECK(judge_certificate(tls_until(24h * 60), now).level == Level::ok);
  CHECK(judge_certificate(tls_until(24h * 9), now).cause == "it is valid until 2026-12-07, 9 days more");
  CHECK(judge_certificate(tls_until(24h * 9), now).level == Level::warning);
  CHECK(judge_certificate(tls_until(-1h), now).level == Level::wrong);
  TlsFacts other = tls_until(24h * 60);
  other.key_matches = false;
  CHECK(judge_certificate(other, now).cause == "the key is another certificate's");
}

TEST_CASE("doctor of the server: no copy, an overdue one and a changed one are wrong") {
  BackupFacts facts{"/b", 24h, std::vector<store::hq::Backup>{}, {}};
  CHECK(judge_backups(facts, now).level == Level::wrong);
  facts.all = std::vector{backup_of(30h)};
  CHECK(judge_backups(facts, now).level == Level::ok);
  facts.all = std::vector{backup_of(60h)};
  CHECK(judge_backups(facts, now).level == Level::wrong);
  facts.every = 0h;
  CHECK(judge_backups(facts, now).level == Level::ok);
  facts.newest = base::fail("hq-1.db", "is damaged");
  CHECK(judge_backups(facts, now).level == Level::wrong);
}

TEST_CASE("doctor of the server: a damaged database is wrong, and one before its update a doubt") {
  store::hq::Soundness sound{.schema = 3, .newest_schema = 3, .responses = 5, .bytes = 2'000'000};
  CHECK(judge_database("/hq.db", sound).level == Level::ok);
  sound.schema = 2;
  CHECK(judge_database("/hq.db", sound).level == Level::warning);
  sound.faults = {"row 3 missing"};
  CHECK(judge_database("/hq.db", sound).level == Level::wrong);
  CHECK(judge_database("/hq.db", base::fail("/hq.db", "none", "", base::ErrorKind::not_found)).level ==
        Level::wrong);
}

TEST_CASE("doctor of the server: who is believed, and whether links are good for anybody") {
  const auto levels = [](const AddressFacts& facts) {
    std::string all;
    for (const Finding& finding : judge_address(facts))
      all += finding.subject + ":" + std::string(to_string(finding.level)) + " ";
    return all;
  };
  CHECK(levels({"127.0.0.1:8080", "", false, {}}) == "public-url:warning ");
  CHECK(levels({"127.0.0.1:8080", "http://hq.example.nl", false, {}}) == "public-url:wrong ");
  CHECK(levels({"127.0.0.1:8080", "https://hq.example.nl", false, {}}) == "public-url:ok proxy:warning ");
  CHECK(levels({"127.0.0.1:8080", "https://hq.example.nl", false, {"127.0.0.1"}}) ==
        "public-url:ok proxy:ok ");
  CHECK(levels({"0.0.0.0:443", "https://hq.example.nl", true, {"0.0.0.0/0"}}) ==
        "public-url:ok proxy:wrong ");
}

TEST_CASE("doctor of the server: a port that another program holds is told apart from this server's") {
  const std::string url = "http://127.0.0.1:8080";
  CHECK(judge_port({url, {}, std::nullopt}).level == Level::warning);  // not running
  CHECK(judge_port({url, answer(R"({"software":"halte-hq 1"})"), 7}).level == Level::ok);
  CHECK(judge_port({url, answer(R"({"software":"halte-hq 1"})"), std::nullopt}).level == Level::wrong);
  CHECK(judge_port({url, answer("<h1>It works</h1>"), 7}).level == Level::wrong);
  CHECK(judge_port({url, {}, 7}).level == Level::wrong);
}
