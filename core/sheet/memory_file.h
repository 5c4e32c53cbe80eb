// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "core/base/error.h"

namespace halte::sheet {

// A file in memory for a library that only writes to a path: in no folder, so nobody else can open it, and
// gone with this value.
class MemoryFile {
 public:
  static base::Result<MemoryFile> create();
  MemoryFile(MemoryFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  MemoryFile& operator=(MemoryFile&&) = delete;
  ~MemoryFile();

  std::string path() const;  // for this process alone
  base::Result<std::string> content() const;

 private:
  explicit MemoryFile(int file) : file_(file) {}
  int file_;
};

}  // namespace halte::sheet
