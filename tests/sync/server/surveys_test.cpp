// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

Json metrics() {
  return {{"nps", "nps"}, {"emotion", "visit"}, {"reasons", {"went_well", "could_be_better"}}};
}

Reply save(Headquarters& hq, const std::string& id, const Json& draft, const std::string& revision = "") {
  net::Headers extra;
  if (!revision.empty()) extra.emplace_back("If-Match", revision);
  return hq.administrator.call("PUT", "/api/v1/surveys/" + id + "/draft", draft, extra);
}

std::string etag(const Reply& reply) { return std::string(reply.raw.header("ETag").value_or("")); }

Reply put(Headquarters& hq, const std::string& path, const std::string& type, std::string body) {
  return hq.administrator.send({"PUT", hq.url() + path, {{"Content-Type", type}}, std::move(body)});
}

Json with_other_question(Json definition) {
  for (Json& page : definition["pages"])
    for (Json& element : page["elements"])
      if (element["name"] == "nps") element["title"] = "Zou u terugkomen?";
  return definition;
}

}  // namespace

TEST_CASE("surveys: a draft becomes the next version, which says where its trends break") {
  Headquarters hq;
  Reply saved =
      save(hq, "visit", {{"definition", with_other_question(visit_survey())}, {"metrics", metrics()}});
  REQUIRE_MESSAGE(saved.status == 200, saved.body);
  CHECK(saved.json()["problems"].empty());
  Json listed = hq.administrator.get("/api/v1/surveys").json()["surveys"][0];
  CHECK(listed["version"] == 1);
  CHECK(listed["draft"]["author"] == "admin@versmarkt.example");
  CHECK(listed["touchpoints"][0]["id"] == "checkout");
  Reply published = hq.administrator.post("/api/v1/surveys/visit/publication");
  REQUIRE_MESSAGE(published.status == 201, published.body);
  CHECK(published.json() == Json{{"id", "visit"}, {"version", 2}, {"breaks", {"nps"}}});
  CHECK(hq.administrator.get("/api/v1/surveys/visit/draft").problem() == 301);
  CHECK(hq.administrator.get("/api/v1/surveys/visit").json()["versions"].size() == 2);
  CHECK(hq.administrator.post("/api/v1/surveys/visit/publication").problem() == 301);
}

TEST_CASE("surveys: an unfinished draft is kept and says what stands against publishing it") {
  Headquarters hq;
  Json unfinished{{"pages", {{{"name", "p"}, {"elements", {{{"type", "hologram"}, {"name", "q"}}}}}}}};
  Reply saved = save(hq, "new-one", {{"definition", unfinished}, {"metrics", Json::object()}});
  REQUIRE_MESSAGE(saved.status == 200, saved.body);
  CHECK_FALSE(saved.json()["problems"].empty());
  CHECK(hq.administrator.get("/api/v1/surveys/new-one/draft").json()["definition"] == unfinished);
  Reply refused = hq.administrator.post("/api/v1/surveys/new-one/publication");
  CHECK(refused.problem() == 106);
  CHECK_FALSE(refused.json()["problems"].empty());
  CHECK(must(hq.store->surveys()).size() == 1);
}

TEST_CASE("surveys: two who write on one draft: the second is told, and nothing of the first is lost") {
  Headquarters hq;
  const Json first{{"definition", visit_survey()}, {"metrics", metrics()}};
  const std::string start = etag(save(hq, "visit", first));
  Json mine = first, theirs = first;
  mine["definition"]["description"] = "mine";
  theirs["definition"]["description"] = "theirs";
  REQUIRE(save(hq, "visit", theirs, start).status == 200);
  CHECK(save(hq, "visit", mine, start).problem() == 402);
  CHECK(save(hq, "visit", mine).problem() == 402);
  CHECK(hq.administrator.get("/api/v1/surveys/visit/draft").json()["definition"]["description"] == "theirs");
  REQUIRE(hq.administrator.call("DELETE", "/api/v1/surveys/visit/draft").status == 204);
  CHECK(save(hq, "visit", mine).status == 200);
}

TEST_CASE("surveys: templates can be published as they are") {
  Headquarters hq;
  Json templates = hq.administrator.get("/api/v1/survey-templates").json()["templates"];
  REQUIRE(templates.size() == 8);
  for (const Json& one : templates) {
    const std::string id = "from-" + one["id"].get<std::string>();
    Reply saved = save(hq, id, {{"definition", one["definition"]}, {"metrics", one["metrics"]}});
    REQUIRE_MESSAGE(saved.status == 200, saved.body);
    CHECK(saved.json()["missing"].empty());
    CHECK_MESSAGE(hq.administrator.post("/api/v1/surveys/" + id + "/publication").status == 201, id);
  }
}

TEST_CASE("surveys: a document of another program comes in with remarks and goes out as it came") {
  Headquarters hq;
  const Json document{
      {"title", "Bezoek"},
      {"completedHtml", "<h1>Dank</h1>"},
      {"elements",
       {{{"type", "rating"}, {"name", "nps"}, {"rateMin", 0}, {"rateMax", 10}, {"titleLocation", "top"}}}}};
  Reply imported = put(hq, "/api/v1/surveys/theirs/document", "application/json", base::to_text(document));
  REQUIRE_MESSAGE(imported.status == 200, imported.body);
  CHECK_FALSE(imported.json()["remarks"].empty());
  Reply out = hq.administrator.get("/api/v1/surveys/theirs/document");
  CHECK(out.json() == document);
  CHECK(put(hq, "/api/v1/surveys/other/document", "application/json", "{}").problem() == 106);
  CHECK(put(hq, "/api/v1/surveys/NOT%20AN%20ID/document", "application/json", "{}").problem() == 103);
}

TEST_CASE("surveys: texts go to a translator and come back into the draft") {
  Headquarters hq;
  Reply po = hq.administrator.get("/api/v1/surveys/visit/texts?language=it");
  REQUIRE_MESSAGE(po.status == 200, po.body);
  std::string text = po.body;
  const auto title = text.find("msgctxt \"nps/title\"");
  REQUIRE(title != std::string::npos);
  const auto empty = text.find("msgstr \"\"", title);
  text.replace(empty, 9, "msgstr \"Quanto?\"");
  Reply back = put(hq, "/api/v1/surveys/visit/texts", "text/x-gettext-translation", text);
  REQUIRE_MESSAGE(back.status == 200, back.body);
  CHECK(back.json()["applied"] == 1);
  CHECK(hq.administrator.get("/api/v1/surveys/visit/draft").body.find("Quanto?") != std::string::npos);
  CHECK(put(hq, "/api/v1/surveys/visit/texts", "text/x-gettext-translation", "no po").problem() == 106);
}

TEST_CASE("markers: what happened is told with its day and place, and only what there is is named") {
  Headquarters hq;
  Reply made = hq.administrator.post("/api/v1/markers",
                                     {{"day", "2026-11-16"}, {"label", "Refit"}, {"branch", "utrecht"}});
  REQUIRE_MESSAGE(made.status == 201, made.body);
  Json all = hq.as(auth::Role::reader).get("/api/v1/markers").json()["markers"];
  REQUIRE(all.size() == 1);
  CHECK(all[0]["label"] == "Refit");
  CHECK(all[0]["region"] == nullptr);
  for (const Json& wrong : {Json{{"label", "x"}}, Json{{"day", "2026-11-31"}, {"label", "x"}},
                            Json{{"day", "2026-11-16"}, {"label", "x"}, {"branch", "atlantis"}},
                            Json{{"day", "2026-11-16"}, {"label", "x"}, {"region", "atlantis"}},
                            Json{{"day", "2026-11-16"}, {"label", std::string(121, 'x')}}})
    CHECK_MESSAGE(hq.administrator.post("/api/v1/markers", wrong).problem() == 106, wrong.dump());
  const std::string id = made.json()["id"];
  CHECK(hq.administrator.call("DELETE", "/api/v1/markers/" + id).status == 204);
  CHECK(hq.administrator.call("DELETE", "/api/v1/markers/" + id).problem() == 301);
  CHECK(hq.administrator.call("DELETE", "/api/v1/markers/all").problem() == 301);
}

}  // namespace halte::tests
