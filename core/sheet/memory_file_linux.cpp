// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>

#include "core/base/file.h"
#include "core/sheet/memory_file.h"

namespace halte::sheet {

base::Result<MemoryFile> MemoryFile::create() {
  const int file = ::memfd_create("halte", MFD_CLOEXEC);
  if (file < 0) return base::fail("a file in memory", std::strerror(errno), "", base::ErrorKind::unavailable);
  return MemoryFile(file);
}

MemoryFile::~MemoryFile() {
  if (file_ >= 0) ::close(file_);
}

std::string MemoryFile::path() const { return fmt::format("/proc/self/fd/{}", file_); }

base::Result<std::string> MemoryFile::content() const {
  return base::read_file(path(), std::numeric_limits<std::size_t>::max());
}

}  // namespace halte::sheet
