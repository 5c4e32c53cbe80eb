// SPDX-License-Identifier: Apache-2.0
#include <mntent.h>

#include <cstdio>
#include <memory>
#include <string_view>

#include "app/runtime/removable.h"

namespace halte::runtime {

std::optional<std::filesystem::path> first_stick() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> mounts(::setmntent("/proc/self/mounts", "r"),
                                                               ::endmntent);
  if (!mounts) return {};
  while (const mntent* mount = ::getmntent(mounts.get())) {
    const std::string_view folder = mount->mnt_dir;
    if (folder.starts_with("/media/") || folder.starts_with("/run/media/"))
      return std::filesystem::path(folder);
  }
  return {};
}

}  // namespace halte::runtime
