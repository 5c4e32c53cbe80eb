// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include <doctest/doctest.h>

#include "tests/support/temporary_folder.h"

using namespace halte;

TEST_CASE("file: one that cannot be written leaves nothing behind, and the error names it") {
  tests::TemporaryFolder folder;
  // A folder stands in its place: everything goes well until the last step.
  std::filesystem::create_directory(folder / "day.pdf");
  auto written = base::write_file(folder / "day.pdf", "half");
  REQUIRE_FALSE(written);
  CHECK(written.error().subject == (folder / "day.pdf").string());
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("file: a new one takes the place of an older one") {
  tests::TemporaryFolder folder;
  for (const char* content : {"old", "new"}) REQUIRE(base::write_file(folder / "a", content));
  CHECK(*base::read_file(folder / "a") == "new");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}
