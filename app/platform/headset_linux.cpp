// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <linux/input.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <filesystem>

#include "app/platform/speech.h"

namespace halte::platform {
namespace {

// The kernel shows a jack as an input device with a switch.
bool is_plugged(const std::filesystem::path& device) {
  const int file = ::open(device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return false;
  unsigned char switches[SW_MAX / 8 + 1] = {};
  const bool read = ::ioctl(file, EVIOCGSW(sizeof switches), switches) >= 0;
  ::close(file);
  return read && (switches[SW_HEADPHONE_INSERT / 8] >> (SW_HEADPHONE_INSERT % 8) & 1) != 0;
}

}  // namespace

bool has_headset() {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator("/dev/input", none))
    if (entry.path().filename().string().starts_with("event") && is_plugged(entry.path())) return true;
  return false;
}

}  // namespace halte::platform
