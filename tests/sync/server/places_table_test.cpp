// SPDX-License-Identifier: Apache-2.0
#include "tests/sync/server/support.h"

namespace halte::tests {
namespace {

Reply table(Headquarters& hq) { return hq.administrator.get("/api/v1/places/table"); }
Reply put(Headquarters& hq, const std::string& csv, const std::string& query = "") {
  return hq.administrator.upload("/api/v1/places/table" + query, "text/csv", csv, "PUT");
}
Json organisation(Headquarters& hq) { return hq.administrator.get("/api/v1/organisation").json(); }
Json place(const Json& list, const std::string& id) {
  for (const Json& one : list)
    if (one["id"] == id) return one;
  return nullptr;
}

}  // namespace

TEST_CASE("places table: what comes out goes in again and changes nothing") {
  Headquarters hq;
  const Json before = organisation(hq);
  Reply out = table(hq);
  REQUIRE(out.status == 200);
  CHECK(out.body.starts_with("\xEF\xBB\xBFkind,id,name"));
  Reply in = put(hq, out.body);
  REQUIRE_MESSAGE(in.status == 204, in.body);
  CHECK(organisation(hq) == before);
}

TEST_CASE("places table: a spreadsheet makes regions, branches with their hours, and kiosks") {
  Headquarters hq;
  Reply in = put(hq,
                 "kind;id;name;parent;touchpoint;zone;mon;sat\r\n"
                 "region;noord;Noord;;;;;\r\n"
                 "branch;groningen;Groningen;noord;;Europe/Amsterdam;09:00-12:00 13:00-18:00;10:00-17:00\r\n"
                 "kiosk;groningen-1;Kassa 1;groningen;checkout;;;\r\n");
  REQUIRE_MESSAGE(in.status == 204, in.body);
  const Json now = organisation(hq);
  CHECK(place(now["regions"], "noord")["name"] == "Noord");
  const Json branch = place(now["branches"], "groningen");
  CHECK(branch["region"] == "noord");
  CHECK(branch["opening_hours"] == Json{{"mon", {"09:00-12:00", "13:00-18:00"}}, {"sat", {"10:00-17:00"}}});
  CHECK(place(now["kiosks"], "groningen-1")["touchpoint"] == "checkout");
}

TEST_CASE("places table: an empty cell and a missing column leave what a place has") {
  Headquarters hq;
  const Json before = place(organisation(hq)["branches"], "utrecht");
  REQUIRE(put(hq, "kind,id,name,zone\nbranch,utrecht,Utrecht Centraal,\n").status == 204);
  Json expected = before;
  expected["name"] = "Utrecht Centraal";
  CHECK(place(organisation(hq)["branches"], "utrecht") == expected);
}

TEST_CASE("places table: what is wrong is said by line, and nothing is written") {
  Headquarters hq;
  const Json before = organisation(hq);
  const auto problems = [&](const std::string& csv) {
    Reply reply = put(hq, csv);
    CHECK_MESSAGE(reply.status == 422, reply.body);
    return reply.json().value("problems", Json::array());
  };
  CHECK(problems("kind,id,name\nbranch,x,X\nplanet,mars,Mars\n")[0]["pointer"] == "line 3");
  CHECK(problems("kind,id,name,zone\nregion,r,R,\nbranch,x,X,Europe/Atlantis\n")[0]["pointer"] == "line 3");
  CHECK(problems("kind,id,name,colour\nregion,r,R,red\n")[0]["reason"] == "there is no column colour");
  CHECK_FALSE(problems("kind,id,name\nregion,r,R\nregion,r,R\n").empty());
  CHECK(put(hq, "kind,id\n\"region,r\n").status == 422);
  CHECK(put(hq, "kind,id,name\nregion,r,R\n", "?dry_run=true").status == 204);
  CHECK(organisation(hq) == before);
}

}  // namespace halte::tests
