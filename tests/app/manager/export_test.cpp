// SPDX-License-Identifier: Apache-2.0
#include "app/manager/export.h"

#include <doctest/doctest.h>

#include "core/base/csv.h"
#include "core/base/file.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

using namespace halte;

namespace {

std::vector<figures::KnownSurvey> visit_survey() {
  auto survey = survey::parse(R"json({"title": "Visit", "pages": [{"name": "p", "elements": [
    {"type": "rating", "name": "visit", "rateMin": 1, "rateMax": 5},
    {"type": "checkbox", "name": "went_well", "choices": ["staff", "price"]},
    {"type": "rating", "name": "nps", "rateMin": 0, "rateMax": 10},
    {"type": "comment", "name": "comment"}]}]})json");
  REQUIRE_MESSAGE(survey, (survey ? "" : survey.error().front().reason));
  return {{"short", 1, *survey, {}},
          {"visit", 1, *survey, {.nps = "nps", .emotion = "visit", .reasons = {"went_well"}}}};
}

outbox::Parked parked_response() {
  base::SeededRandom random(3);
  auto r = tests::a_response(random);
  r.answers["comment"] = "CANARY-WORDS";
  r.contact = response::SealedContact{"key", base::Bytes{'C', 'A', 'N'}};
  return {7, outbox::ItemType::response, r.id, "rejected: conflict", response::to_body(r)};
}

}  // namespace

TEST_CASE("export: what was refused leaves with its ratings and choices, and without words and contact") {
  tests::TemporaryFolder folder;
  const auto item = parked_response();
  auto saved = manager::save_parked(folder / "", {item}, visit_survey(), "utrecht-1", tests::noon());
  REQUIRE(saved);
  CHECK(*saved == "halte-utrecht-1-2026-11-21.csv");
  const std::string csv = *base::read_file(folder / *saved);
  const std::string json = *base::read_file(folder / "halte-utrecht-1-2026-11-21.json");
  for (const std::string& text : {csv, json}) {
    CHECK(text.find("CANARY") == text.npos);
    CHECK(text.find("sealed") == text.npos);
    CHECK(text.find("rejected: conflict") != text.npos);
    CHECK(text.find("staff") != text.npos);
  }
  auto table = base::parse_csv(csv, "export");
  REQUIRE_MESSAGE(table, (table ? "" : base::to_string(table.error())));
  REQUIRE(table->rows.size() == 1);
  CHECK(table->header.front() == "seq");
  CHECK(table->rows[0].cells.front() == "7");
  auto parsed = base::parse_json(json, "export");
  REQUIRE(parsed);
  const base::Json& first = (*parsed)["parked"][0];
  CHECK(first["answers"]["visit"] == base::Json{"4"});
  CHECK(first["answers"].size() == 3);
}

TEST_CASE("export: a folder that cannot be written is an error, not half a file") {
  base::SeededRandom random(3);
  CHECK_FALSE(manager::save_parked("/proc/nowhere", {parked_response()}, visit_survey(), "k", tests::noon()));
}
