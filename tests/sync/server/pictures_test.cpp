// SPDX-License-Identifier: Apache-2.0
#include "core/site/pictures.h"
#include "core/site/configuration.h"
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

const std::string a_logo =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 100'><rect width='400' height='100'/></svg>";

Reply upload(Headquarters& hq, const std::string& use, const std::string& body) {
  return hq.as(auth::Role::administrator).upload("/api/v1/pictures?use=" + use, "image/svg+xml", body);
}

}  // namespace

TEST_CASE("pictures: what an administrator sends reaches the kiosk by the id that its settings name") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  Reply made = upload(hq, "logo", a_logo);
  REQUIRE_MESSAGE(made.status == 201, made.body);
  const std::string id = made.json()["id"];
  CHECK(made.json()["type"] == "image/png");
  CHECK(made.json()["width"] == 960);
  CHECK(hq.provision({{"settings", {{"languages", {"nl", "en"}}, {"logo", id}}}}).status == 204);

  auto wrapped = must(protocol::parse_signed_configuration(kiosk.send("GET", "/api/v1/kiosk/config").body));
  CHECK(must(site::parse_configuration_text(wrapped.payload)).settings.logo == id);
  Reply picture = kiosk.send("GET", "/api/v1/kiosk/pictures/" + id);
  CHECK(picture.status == 200);
  CHECK(picture.raw.header("Content-Type") == "image/png");
  CHECK(site::picture_id(base::as_bytes(picture.body)) == id);
}

TEST_CASE("pictures: settings that name one that is not here are refused, with its place") {
  Headquarters hq;
  const std::string id(64, 'a');
  Reply reply = hq.provision({{"settings", {{"languages", {"nl", "en"}}, {"logo", id}, {"pictures", {id}}}}});
  CHECK(reply.status == 422);
  const Json problems = reply.json()["problems"];
  REQUIRE(problems.size() == 2);
  CHECK(problems[0]["pointer"] == "/settings/logo");
  CHECK(problems[1]["pointer"] == "/settings/pictures/0");
  CHECK(problems[0]["reason"].get<std::string>().find("/api/v1/pictures") != std::string::npos);
}

TEST_CASE(
    "pictures: what is no picture, too much or for nothing is refused, and the same again is the same") {
  Headquarters hq;
  CHECK(upload(hq, "logo", "hello").status == 422);
  CHECK(upload(hq, "", a_logo).status == 422);
  CHECK(upload(hq, "logo", std::string((16u << 20) + 1, ' ')).status == 413);
  Reply first = upload(hq, "attract", a_logo), second = upload(hq, "attract", a_logo);
  CHECK(first.status == 201);
  CHECK(second.json()["id"] == first.json()["id"]);
}

TEST_CASE("pictures: a kiosk gets none that is not there, and nobody gets one without a token") {
  Headquarters hq;
  Kiosk kiosk = hq.kiosk();
  CHECK(kiosk.send("GET", "/api/v1/kiosk/pictures/" + std::string(64, 'b')).status == 404);
  CHECK(hq.nobody().get("/api/v1/kiosk/pictures/" + std::string(64, 'b')).status == 401);
}

}  // namespace halte::tests
