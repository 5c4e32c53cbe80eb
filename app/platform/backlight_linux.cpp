// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/platform/backlight.h"

namespace halte::platform {
namespace {

namespace fs = std::filesystem;

// Documentation/ABI/stable/sysfs-class-backlight: several of one panel differ in this alone.
constexpr std::array<std::string_view, 3> preferred{"firmware", "platform", "raw"};

std::string word_in(const fs::path& file) {
  std::string word;
  std::ifstream(file) >> word;
  return word;
}

auto rank(const Backlight& light) {
  return std::ranges::find(preferred, word_in(light.folder / "type")) - preferred.begin();
}

}  // namespace

std::optional<Backlight> find_backlight(const fs::path& folder) {
  std::vector<Backlight> found;
  std::error_code none;
  for (fs::directory_iterator entry(folder, none), end; !none && entry != end; entry.increment(none)) {
    Backlight light{entry->path()};
    std::ifstream(light.folder / "max_brightness") >> light.most;
    if (light.most > 0 && ::access((light.folder / "brightness").c_str(), W_OK) == 0)
      found.push_back(std::move(light));
  }
  // The folder has no order of its own, and tomorrow's must be today's.
  std::ranges::sort(found, {}, &Backlight::folder);
  const auto best = std::ranges::min_element(found, {}, rank);
  if (best == found.end()) return std::nullopt;
  return *best;
}

base::Status set_backlight(const Backlight& light, int percent) {
  const int value = std::clamp((light.most * percent + 50) / 100, 1, light.most);
  std::ofstream file(light.folder / "brightness");
  file << value << std::flush;
  if (!file)
    return base::fail((light.folder / "brightness").string(), "the light takes no value",
                      "setting the brightness");
  return {};
}

}  // namespace halte::platform
