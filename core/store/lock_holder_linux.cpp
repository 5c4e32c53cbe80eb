// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <cstdio>
#include <fstream>
#include <string>

#include "core/store/sqlite.h"

namespace halte::store {
namespace {

// The kernel's list may name another device than stat does: btrfs has one for each subvolume.
bool has_open(int pid, const struct stat& wanted) {
  std::error_code none;
  for (const auto& entry :
       std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd", none)) {
    struct stat open{};
    if (::stat(entry.path().c_str(), &open) == 0 && open.st_ino == wanted.st_ino &&
        open.st_dev == wanted.st_dev)
      return true;
  }
  return false;
}

}  // namespace

std::optional<int> lock_holder(const std::filesystem::path& path) {
  struct stat wanted{};
  if (::stat((path.string() + ".lock").c_str(), &wanted) != 0) return std::nullopt;
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    // "1: FLOCK  ADVISORY  WRITE 714 fe:01:9961487 0 EOF"
    int pid = 0;
    unsigned major_number = 0, minor_number = 0;
    unsigned long inode = 0;
    const int read = std::sscanf(line.c_str(), "%*d: FLOCK %*s %*s %d %x:%x:%lu", &pid, &major_number,
                                 &minor_number, &inode);
    if (read != 4 || inode != wanted.st_ino) continue;
    if (makedev(major_number, minor_number) == wanted.st_dev || has_open(pid, wanted)) return pid;
  }
  return std::nullopt;
}

}  // namespace halte::store
