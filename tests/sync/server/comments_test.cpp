// SPDX-License-Identifier: Apache-2.0
#include <SQLiteCpp/SQLiteCpp.h>

#include <set>

#include "tests/sync/server/support.h"
#include "tests/sync/server/visits.h"

namespace halte::tests {
namespace {

using namespace std::chrono_literals;
using auth::Role;

struct Said {
  std::string text;
  std::string locale = "nl", branch = "utrecht";
  Scores scores{2, 3};
  std::chrono::hours ago{0};
};

response::Response visit_of(base::Random& random, const Said& said) {
  auto r = a_visit(random, said.scores, said.branch);
  r.started = r.submitted = noon() - said.ago;
  r.id = response::make_id(r.submitted, random);
  r.locale = said.locale;
  r.answers["comment"] = said.text;
  r.receipt_hash = random.bytes(32);
  return r;
}

// So many that say `text` and a number.
std::vector<Said> times(int n, const Said& said) {
  std::vector<Said> all(std::size_t(n), said);
  for (int i = 0; i < n; ++i) all[std::size_t(i)].text += " " + std::to_string(i);
  return all;
}

struct WithComments : Headquarters {
  Kiosk utrecht = kiosk(), breda = kiosk("breda-1");
  Browser reviewer = as(Role::reviewer);

  std::vector<response::Response> say(const std::vector<Said>& all) {
    std::vector<response::Response> said;
    for (const Said& one : all) said.push_back(visit_of(random, one));
    Kiosk& at = all.front().branch == "breda" ? breda : utrecht;
    at.store(said, all.front().branch);
    return said;
  }
  Json list(const std::string& query = "") {
    Reply reply = reviewer.get("/api/v1/comments" + query);
    REQUIRE_MESSAGE(reply.status == 200, reply.body);
    return reply.json();
  }
  std::string first_id(const std::string& query = "") {
    const Json comments = list(query)["comments"];
    REQUIRE_FALSE(comments.empty());
    return comments[0]["id"];
  }
  Reply patch(const std::string& id, const Json& body) {
    return reviewer.call("PATCH", "/api/v1/comments/" + id, body);
  }
};

std::set<std::string> texts(const Json& answer) {
  std::set<std::string> all;
  for (const Json& comment : answer["comments"]) all.insert(comment["text"]);
  return all;
}

std::vector<std::string> audited(const NewServer& hq) {
  SQLite::Database db((hq.folder / "hq.db").string(), SQLite::OPEN_READONLY);
  SQLite::Statement rows(db, "SELECT actor || ': ' || action || ': ' || subject FROM audit ORDER BY seq");
  std::vector<std::string> lines;
  while (rows.executeStep()) lines.push_back(rows.getColumn(0).getString());
  return lines;
}

}  // namespace

TEST_CASE(
    "comments: each comes with its score, its reasons in the page's language, and no time but its days") {
  WithComments hq;
  hq.say(times(10, {"Lange rij", "nl", "utrecht", {2, 3}}));
  Reply reply = hq.reviewer.get("/api/v1/comments", {{"Accept-Language", "en"}});
  REQUIRE_MESSAGE(reply.status == 200, reply.body);
  const Json answer = reply.json();
  REQUIRE(answer["comments"].size() == 10);
  const Json one = answer["comments"][0];
  CHECK(one["score"] == Json{{"metric", "emotion"}, {"value", 2}, {"band", "low"}});
  CHECK(one["reasons"][1] == Json{{"id", "could_be_better:wait"}, {"label", "Waiting time"}});
  CHECK(std::ranges::count(answer["reasons"], Json{{"id", "went_well:wait"},
                                                   {"label", "Served quickly"},
                                                   {"question", "What did you like?"}}) == 1);
  CHECK(one["branch"]["name"] == "Utrecht");
  CHECK(one["touchpoint"]["name"] == "Kassa");
  CHECK(one["from"] == "2026-11-21");
  CHECK(one["to"] == "2026-11-21");
  CHECK(one["status"] == "new");
  CHECK(one["id"].get<std::string>().size() == 32);
  CHECK(answer["statuses"] == Json{{"new", 10}, {"read", 0}, {"to_do", 0}, {"done", 0}});
  CHECK(answer["hidden"].is_null());
  CHECK(answer["next"].is_null());
  CHECK(answer["k"] == 10);
  CHECK(reply.body.find("12:00") == std::string::npos);
}

TEST_CASE("comments: few of them are hidden, and it is said that there are some") {
  WithComments hq;
  hq.say(times(9, {"Lange rij"}));
  const Json answer = hq.list();
  CHECK(answer["comments"].empty());
  CHECK(answer["hidden"] == Json{{"at_least", 0}, {"from", "2026-10-01"}, {"to", "2026-12-31"}});
  CHECK(answer["statuses"]["new"] == 0);
  CHECK(hq.list("?branch=breda")["hidden"].is_null());
}

TEST_CASE("comments: narrowed step by step, none ever stands alone, and no two views leave one") {
  WithComments hq;
  hq.say(times(12, {"Lange rij", "nl", "utrecht", {2, 3}, 48h}));
  hq.say(times(11, {"Netjes", "nl", "utrecht", {5, 9}}));
  hq.say({{"Schnell bedient", "de", "utrecht", {5, 9}}});  // one visitor who speaks German
  hq.say(times(3, {"Duur", "nl", "breda"}));
  std::vector<std::set<std::string>> views;
  for (const char* place : {"", "&branch=utrecht", "&branch=breda", "&region=midden", "&touchpoint=checkout"})
    for (const char* language : {"", "&language=nl", "&language=de"})
      for (const char* period : {"?days=1", "?days=3", "?days=30", "?from=2026-11-19&to=2026-11-19",
                                 "?from=2026-11-20&to=2026-11-20", "?from=2026-11-01&to=2026-11-20"})
        views.push_back(texts(hq.list(std::string(period) + place + language)));
  for (const auto& view : views) {
    CHECK((view.empty() || view.size() >= 10));
    CHECK_FALSE(view.contains("Schnell bedient"));
    CHECK_FALSE(view.contains("Duur 0"));
    for (const auto& other : views) {
      std::set<std::string> left;
      std::ranges::set_difference(view, other, std::inserter(left, left.end()));
      CHECK((left.empty() || left.size() >= 10));
    }
  }
  CHECK(views.front().size() == 11);
  // Of what is hidden, neither score nor words can be asked.
  CHECK(hq.list("?q=schnell")["comments"].empty());
  CHECK(hq.list("?q=schnell")["hidden"] == hq.list("?q=nothing")["hidden"]);
  CHECK(hq.list("?score=low")["hidden"] == hq.list("?score=high")["hidden"]);
}

TEST_CASE("comments: of branches with few, those in one language are read together without their branch") {
  WithComments hq;
  hq.say(times(6, {"Kasada sıra", "tr", "utrecht"}));
  hq.say(times(5, {"Çok pahalı", "tr", "breda"}));
  const Json answer = hq.list("?language=tr");
  REQUIRE(answer["comments"].size() == 11);
  for (const Json& comment : answer["comments"]) CHECK(comment["branch"].is_null());
  CHECK(answer["hidden"].is_null());
  const Json there = hq.list("?language=tr&branch=utrecht");
  CHECK(there["comments"].empty());
  CHECK(there["hidden"]["at_least"] == 0);
  CHECK(hq.list("?q=PAHALI")["comments"].size() == 5);
}

TEST_CASE("comments: filtered by score, reason, status, tag and words") {
  WithComments hq;
  hq.say(times(10, {"Lange rij", "nl", "utrecht", {2, 3}}));
  hq.say(times(10, {"Héél netjes", "nl", "utrecht", {5, 9}}));
  const std::string id = hq.first_id("?score=high");
  REQUIRE(hq.patch(id, {{"status", "to_do"}, {"tags", {"schoon", " schoon "}}}).status == 200);
  CHECK(hq.list("?score=low")["comments"].size() == 10);
  CHECK(hq.list("?score=middle")["comments"].empty());
  CHECK(hq.list("?reason=went_well:staff")["comments"].size() == 10);
  CHECK(hq.list("?reason=went_well:price")["comments"].empty());
  CHECK(hq.list("?q=heel%20NETJES")["comments"].size() == 10);
  CHECK(hq.list("?tag=schoon")["comments"].size() == 1);
  const Json answer = hq.list("?status=to_do");
  REQUIRE(answer["comments"].size() == 1);
  CHECK(answer["comments"][0]["tags"] == Json{"schoon"});
  CHECK(answer["tags"] == Json{"schoon"});
  CHECK(answer["statuses"] == Json{{"new", 19}, {"read", 0}, {"to_do", 1}, {"done", 0}});
}

TEST_CASE("comments: page by page, each once, by cursor or by link") {
  WithComments hq;
  hq.say(times(25, {"Lange rij"}));
  std::set<std::string> seen;
  std::string query = "?limit=10";
  int pages = 0;
  while (!query.empty() && pages < 9) {
    Reply reply = hq.reviewer.get("/api/v1/comments" + query);
    const Json answer = reply.json();
    for (const auto& text : texts(answer)) CHECK(seen.insert(text).second);
    query = answer["next"].is_null() ? "" : "?limit=10&cursor=" + answer["next"].get<std::string>();
    CHECK(reply.raw.header("Link").value_or("") ==
          (query.empty() ? "" : "</api/v1/comments" + query + ">; rel=\"next\""));
    ++pages;
  }
  CHECK(pages == 3);
  CHECK(seen.size() == 25);
}

TEST_CASE("comments: what is asked wrongly is refused in words") {
  WithComments hq;
  for (const char* query : {"?score=bad", "?status=open", "?limit=0", "?limit=201", "?limit=x", "?cursor=1.2",
                            "?cursor=1.2.zz", "?branch=nowhere", "?days=0", "?from=2026-11-01"}) {
    Reply reply = hq.reviewer.get(std::string("/api/v1/comments") + query);
    CHECK_MESSAGE(reply.problem() == 103, query);
    CHECK_FALSE(reply.detail().empty());
  }
  CHECK(hq.reviewer.get("/api/v1/comments?q=" + std::string(201, 'a')).problem() == 103);
  CHECK(hq.reviewer.get("/api/v1/comments?format=pdf").problem() == 105);
  hq.say(times(10, {"Lange rij"}));
  const std::string id = hq.first_id();
  for (const Json& body :
       {Json::object(), Json{{"status", "open"}}, Json{{"tags", {""}}}, Json{{"tags", "rij"}},
        Json{{"tags", {std::string(61, 'a')}}},
        Json{{"tags", std::vector<std::string>{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}}},
        Json{{"status", "done"}, {"text", "other words"}}})
    CHECK_MESSAGE(hq.patch(id, body).problem() == 106, base::to_text(body));
  CHECK(hq.list()["statuses"]["new"] == 10);
}

TEST_CASE("comments: one that may not be read is not there to be changed") {
  WithComments hq;
  hq.say(times(10, {"Lange rij"}));
  const std::string id = hq.first_id();
  CHECK(hq.patch(std::string(32, '0'), {{"status", "done"}}).problem() == 301);
  CHECK(hq.patch("rij", {{"status", "done"}}).problem() == 301);
  REQUIRE(hq.patch(id, {{"status", "read"}}).status == 200);
  Json chain = small_chain();
  chain["k"] = 20;
  REQUIRE(hq.provision(chain).status == 204);
  CHECK(hq.patch(id, {{"status", "done"}}).problem() == 301);
  CHECK(hq.list()["comments"].empty());
}

TEST_CASE("comments: whoever reviews is logged by place and time, without what was sought or tagged") {
  WithComments hq;
  hq.say(times(10, {"Lange rij"}));
  hq.list("?branch=utrecht&days=7&q=jansen");
  const std::string id = hq.first_id();
  hq.patch(id, {{"tags", {"mevrouw jansen"}}});
  hq.patch(id, {{"status", "done"}});
  hq.reviewer.get("/api/v1/comments?format=csv&touchpoint=checkout&days=7");
  const auto log = audited(hq);
  const auto has = [&](const std::string& line) { return std::ranges::find(log, line) != log.end(); };
  const std::string who = "reviewer@versmarkt.example: ";
  CHECK(has(who + "comments read: utrecht, all touchpoints, 2026-11-15 to 2026-11-21"));
  CHECK(has(who + "comments read: all branches, all touchpoints, 2026-10-23 to 2026-11-21"));
  CHECK(has(who + "comment tagged: " + id));
  CHECK(has(who + "comment: done: " + id));
  CHECK(has(who + "export: comments: all branches, checkout, 2026-11-15 to 2026-11-21"));
  for (const auto& line : log) CHECK(line.find("jansen") == std::string::npos);
}

TEST_CASE("comments: as a file they are those of the filter, and what looks like a formula is none") {
  WithComments hq;
  hq.say(times(10, {"=HYPERLINK(\"http://evil.example\")"}));
  hq.say(times(10, {"Netjes", "nl", "utrecht", {5, 9}}));
  Reply csv = hq.reviewer.get("/api/v1/comments?format=csv&score=low", {{"Accept-Language", "en"}});
  REQUIRE(csv.status == 200);
  CHECK(csv.body.find("Netjes") == std::string::npos);
  CHECK(csv.body.find("HYPERLINK") != std::string::npos);
  for (const char* before : {",=HYPERLINK", ",\"=HYPERLINK", "\n=HYPERLINK"})
    CHECK(csv.body.find(before) == std::string::npos);
  CHECK(csv.raw.header("Content-Disposition").value_or("").find("halte-comments.csv") != std::string::npos);
  CHECK(hq.reviewer.get("/api/v1/comments?format=xlsx").body.starts_with("PK"));
}

TEST_CASE("comments: an erased one is gone from the list and its files, with its tags") {
  WithComments hq;
  hq.say(times(10, {"Lange rij"}));
  const auto theirs = hq.say({{"the canary sang"}});
  const std::string id = hq.first_id("?q=canary");
  REQUIRE(hq.patch(id, {{"tags", {"songbird"}}}).status == 200);
  REQUIRE(hq.store->erase_by_receipt(*theirs[0].receipt_hash, [](const auto&) { return response::Tally{}; }));
  const Json answer = hq.list();
  CHECK(answer["comments"].size() == 10);
  CHECK(answer["tags"].empty());
  CHECK(hq.reviewer.get("/api/v1/comments?format=csv").body.find("canary") == std::string::npos);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(hq.folder.path()))
    if (entry.is_regular_file())
      for (const char* left : {"canary", "songbird"})
        CHECK(must(base::read_file(entry.path().string())).find(left) == std::string::npos);
}

TEST_CASE(
    "comments: nobody but a reviewer reads them, not the administrator and not the branch's own manager") {
  WithComments hq;
  hq.say(times(10, {"Lange rij"}));
  const std::string id = hq.first_id();
  for (Role role : {Role::administrator, Role::analyst, Role::case_handler, Role::branch_manager,
                    Role::privacy_officer, Role::reader}) {
    Browser browser = hq.as(role);
    CHECK(browser.get("/api/v1/comments?branch=utrecht").problem() == 202);
    CHECK(browser.call("PATCH", "/api/v1/comments/" + id, {{"status", "done"}}).problem() == 202);
  }
  CHECK(hq.list()["statuses"]["new"] == 10);
}

}  // namespace halte::tests
