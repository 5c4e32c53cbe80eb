// SPDX-License-Identifier: Apache-2.0
#include "app/platform/backlight.h"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

using namespace halte;
namespace fs = std::filesystem;

namespace {

// As the kernel lays them out.
fs::path light(const fs::path& folder, const char* name, const char* type, const char* most) {
  const fs::path made = folder / name;
  fs::create_directories(made);
  std::ofstream(made / "type") << type << '\n';
  std::ofstream(made / "max_brightness") << most << '\n';
  std::ofstream(made / "brightness") << 1 << '\n';
  return made;
}

std::string written(const fs::path& light) {
  std::string value;
  std::ifstream(light / "brightness") >> value;
  return value;
}

}  // namespace

TEST_CASE("backlight: the firmware's comes before the platform's, and that before the driver's own") {
  const tests::TemporaryFolder folder;
  light(folder.path(), "intel_backlight", "raw", "937");
  CHECK(platform::find_backlight(folder.path())->folder.filename() == "intel_backlight");
  light(folder.path(), "thinkpad_screen", "platform", "15");
  CHECK(platform::find_backlight(folder.path())->folder.filename() == "thinkpad_screen");
  light(folder.path(), "acpi_video0", "firmware", "100");
  CHECK(platform::find_backlight(folder.path())->folder.filename() == "acpi_video0");
}

TEST_CASE("backlight: of two alike it is the same one every day") {
  const tests::TemporaryFolder folder;
  for (const char* name : {"rpi_b", "rpi_c", "rpi_a"}) light(folder.path(), name, "raw", "255");
  CHECK(platform::find_backlight(folder.path())->folder.filename() == "rpi_a");
}

TEST_CASE("backlight: none where there is no folder, nothing in it, or no light that takes a value") {
  const tests::TemporaryFolder folder;
  CHECK_FALSE(platform::find_backlight(folder / "absent"));
  CHECK_FALSE(platform::find_backlight(folder.path()));
  light(folder.path(), "odd", "raw", "0");
  light(folder.path(), "words", "raw", "much");
  fs::create_directories(folder / "empty");
  fs::remove(light(folder.path(), "closed", "raw", "255") / "brightness");
  CHECK_FALSE(platform::find_backlight(folder.path()));
}

TEST_CASE("backlight: per cent are of the driver's most, and never its nought") {
  const tests::TemporaryFolder folder;
  const fs::path intel = light(folder.path(), "intel_backlight", "raw", "937");
  const auto found = platform::find_backlight(folder.path());
  REQUIRE(found);
  REQUIRE(platform::set_backlight(*found, 20));
  CHECK(written(intel) == "187");
  REQUIRE(platform::set_backlight(*found, 100));
  CHECK(written(intel) == "937");
  const fs::path few = light(folder.path(), "few", "raw", "2");
  REQUIRE(platform::set_backlight({few, 2}, 20));
  CHECK(written(few) == "1");
}

TEST_CASE("backlight: a value that is not taken is told with its file") {
  const tests::TemporaryFolder folder;
  const auto failed = platform::set_backlight({folder / "gone", 255}, 50);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().subject == (folder / "gone" / "brightness").string());
}
