// SPDX-License-Identifier: Apache-2.0
#include "sync/client/configuration_fetcher.h"

#include <doctest/doctest.h>

#include "core/site/pictures.h"
#include "core/store/memory/kiosk_store.h"
#include "tests/support/responses.h"
#include "tests/sync/client/configurations.h"

using namespace halte;
using tests::a_configuration;
using tests::signed_reply;

namespace {

struct Office {
  base::SeededRandom random{3};
  base::ManualClock clock{tests::noon()};
  store::memory::KioskStore store{random};
  tests::FakeServer server{clock};
  base::SigningKeyPair keys;
  site::Enrolment enrolment = tests::an_enrolment(random, &keys);
  base::Status verdict;  // of the program's own check
  client::ConfigurationFetcher fetcher{store, server, clock,
                                       [this](const site::Configuration&) { return verdict; }};

  Office() {
    server.enrolment = enrolment;
    REQUIRE(store.save_enrolment(enrolment));
  }
  client::FetchReport fetch() { return *fetcher.fetch(enrolment); }
  void offer(int version, const base::Json& settings = base::Json::object()) {
    base::Json json = a_configuration(version);
    json["settings"] = settings;
    server.configuration =
        signed_reply(base::to_text(json), keys.secret_key, "\"v" + std::to_string(version) + "\"");
  }
  std::int64_t stored_version() {
    auto stored = *store.configuration();
    return stored ? stored->version : 0;
  }
};

}  // namespace

TEST_CASE("configuration: a signed one is taken, kept with its bytes, and asked for by its tag") {
  Office office;
  office.offer(3);
  auto report = office.fetch();
  REQUIRE(report.replaced_by);
  CHECK(report.replaced_by->version == 3);
  CHECK(report.refused.empty());
  auto stored = *office.store.configuration();
  REQUIRE(stored);
  CHECK(stored->version == 3);
  CHECK(stored->etag == "\"v3\"");
  CHECK(base::verify(base::as_bytes(stored->payload), stored->signature, office.keys.public_key));

  office.server.configuration = {};
  report = office.fetch();  // 304
  CHECK(!report.replaced_by);
  CHECK(!report.trouble);
  CHECK(report.refused.empty());
  CHECK(tests::header_of(office.server.requests[1], "If-None-Match") == "\"v3\"");
  CHECK(tests::header_of(office.server.requests[0], "If-None-Match").empty());
}

TEST_CASE("configuration: the same one again is neither taken nor refused") {
  Office office;
  office.offer(3);
  REQUIRE(office.fetch().replaced_by);
  auto report = office.fetch();
  CHECK(!report.replaced_by);
  CHECK(report.refused.empty());
}

TEST_CASE("configuration: one that is not right is refused with a reason, and the old one stays") {
  Office office;
  office.offer(3);
  REQUIRE(office.fetch().replaced_by);
  auto payload = [](int version, const char* kiosk = "k1") {
    return base::to_text(a_configuration(version, kiosk));
  };
  base::SigningKeyPair other = base::make_signing_key_pair(office.random);
  base::Json broken = a_configuration(4);
  broken.erase("branch");

  auto refused = [&](net::HttpReply reply, const char* why) {
    office.server.configuration = std::move(reply);
    auto report = office.fetch();
    CHECK_MESSAGE(report.refused.find(why) != std::string::npos, report.refused);
    CHECK(!report.replaced_by);
    CHECK(office.stored_version() == 3);
  };
  const base::Bytes& key = office.keys.secret_key;
  refused(signed_reply(payload(4), other.secret_key, ""), "signature");
  refused(signed_reply(payload(4), key, "", "c2"), "another key");
  refused(signed_reply(payload(2), key, ""), "older");
  refused(signed_reply(payload(3) + " ", key, ""), "older");
  refused(signed_reply(payload(4, "k2"), key, ""), "another kiosk");
  refused(signed_reply(base::to_text(broken), key, ""), "branch");
  refused(signed_reply("{", key, ""), "not JSON");
  refused(tests::json_reply(200, R"({"payload":"{}"})"), "signature");
  office.verdict = base::fail("survey shop", "has no question", "checking it", base::ErrorKind::invalid);
  refused(signed_reply(payload(4), key, ""), "has no question");

  office.verdict = {};
  office.offer(4);
  CHECK(office.fetch().replaced_by);
}

TEST_CASE(
    "configuration: one that an update of the program cannot read is asked for anew, whatever its number") {
  Office office;
  const std::string old = R"({"version": 3, "survey": {}})";
  REQUIRE(office.store.save_configuration(
      {3, old, base::sign(base::as_bytes(old), office.keys.secret_key), "\"v3\""}));
  office.offer(2);
  CHECK(office.fetch().refused.find("older") != std::string::npos);
  office.offer(3);
  CHECK(office.fetch().replaced_by);
  CHECK(tests::header_of(office.server.requests[1], "If-None-Match").empty());
  CHECK(client::stored_configuration(office.store)->has_value());
  office.fetch();
  CHECK(tests::header_of(office.server.requests[2], "If-None-Match") == "\"v3\"");
}

TEST_CASE("configuration: one flipped byte of the payload is refused") {
  Office office;
  std::string payload = base::to_text(a_configuration(3));
  protocol::SignedConfiguration wrapped{payload, base::sign(base::as_bytes(payload), office.keys.secret_key),
                                        "c1"};
  wrapped.payload.replace(wrapped.payload.find("Kassa"), 5, "Massa");
  office.server.configuration = tests::json_reply(200, protocol::to_json(wrapped));
  CHECK(office.fetch().refused.find("signature") != std::string::npos);
  CHECK(office.stored_version() == 0);
}

TEST_CASE("configuration: a portal and a revoked token are trouble, not an answer") {
  Office office;
  office.server.configuration = {200, {{"Content-Type", "text/html"}}, "<html>"};
  CHECK((office.fetch().trouble->state == client::SyncState::offline));
  office.server.revoked = true;
  CHECK((office.fetch().trouble->state == client::SyncState::must_enrol));
}

TEST_CASE("configuration: at the start the stored one is verified again, and an expired one still serves") {
  Office office;
  CHECK(!client::stored_configuration(office.store)->has_value());
  office.offer(3);
  REQUIRE(office.fetch().replaced_by);
  auto stored = client::stored_configuration(office.store);
  REQUIRE(stored);
  REQUIRE(stored->has_value());
  CHECK((*stored)->expires < office.clock.now());

  auto tampered = **office.store.configuration();
  tampered.version = 4;
  tampered.payload += " ";
  REQUIRE(office.store.save_configuration(tampered));
  CHECK(client::stored_configuration(office.store).error().kind == base::ErrorKind::refused);
}

TEST_CASE("configuration: it does not wait for its pictures, which come one by one, and the old ones go") {
  Office office;
  const std::string logo = "a logo", photo = "a photo";
  const std::string logo_id = site::picture_id(base::as_bytes(logo)),
                    photo_id = site::picture_id(base::as_bytes(photo));
  office.offer(3, {{"logo", logo_id}, {"pictures", {photo_id}}});
  office.server.pictures = {{logo_id, logo}};
  auto report = office.fetch();
  CHECK(report.replaced_by);
  CHECK(report.picture_missing.find("did not come") != std::string::npos);
  CHECK(office.store.picture(logo_id)->has_value());

  // Nothing is new but the picture: that is news for the glass.
  office.server.configuration = {};
  office.server.pictures[photo_id] = photo;
  office.server.requests.clear();
  report = office.fetch();
  REQUIRE(report.replaced_by);
  CHECK(report.replaced_by->version == 3);
  CHECK(report.picture_missing.empty());
  CHECK(office.server.requests.size() == 2);
  CHECK(office.store.picture(photo_id)->value() == base::Bytes(photo.begin(), photo.end()));
  CHECK_FALSE(office.fetch().replaced_by);

  office.offer(4, {{"pictures", {photo_id}}});
  REQUIRE(office.fetch().replaced_by);
  CHECK_FALSE(office.store.picture(logo_id)->has_value());
  CHECK(office.store.picture(photo_id)->has_value());
}

TEST_CASE("configuration: a picture that is not the one of its name is not taken, nor is a portal's page") {
  Office office;
  const std::string id = site::picture_id(base::as_bytes(std::string("a logo")));
  office.offer(3, {{"logo", id}});
  office.server.pictures = {{id, "another logo"}};
  CHECK(office.fetch().picture_missing.find("not the one") != std::string::npos);
  office.server.weather = [] {
    return [](tests::FakeServer& server, const net::HttpRequest& request) -> tests::FakeServer::Reply {
      if (request.url.ends_with("/config")) return server.honest(request);
      return net::HttpReply{200, {{"Content-Type", "text/html"}}, "a logo"};
    };
  };
  CHECK_FALSE(office.fetch().picture_missing.empty());
  CHECK_FALSE(office.store.picture(id)->has_value());
}

TEST_CASE("configuration: a picture that the disk has damaged is fetched again") {
  Office office;
  const std::string logo = "a logo", id = site::picture_id(base::as_bytes(logo));
  office.offer(3, {{"logo", id}});
  office.server.pictures = {{id, logo}};
  REQUIRE(office.store.save_picture(id, base::as_bytes(std::string("a lego"))));
  REQUIRE(office.fetch().replaced_by);
  CHECK(office.store.picture(id)->value() == base::Bytes(logo.begin(), logo.end()));
}
