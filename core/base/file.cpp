// SPDX-License-Identifier: Apache-2.0
#include "core/base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace halte::base {
namespace {

std::unexpected<Error> io_error(const std::filesystem::path& path, const char* doing) {
  ErrorKind kind = errno == ENOENT   ? ErrorKind::not_found
                   : errno == ENOSPC ? ErrorKind::unavailable
                                     : ErrorKind::failed;
  return fail(path.string(), std::strerror(errno), doing, kind);
}

// Closes on every way out.
struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

// A file under its temporary name: gone on every way out; on the good one it has its own by then.
struct Temporary {
  std::filesystem::path path;
  ~Temporary() { ::unlink(path.c_str()); }
};

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::size_t limit_bytes) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return io_error(path, "reading it");
  std::string content;
  char block[1 << 16];
  while (in.read(block, sizeof block), in.gcount() > 0) {
    content.append(block, std::size_t(in.gcount()));
    if (content.size() > limit_bytes)
      return fail(path.string(), "too large", "reading it", ErrorKind::invalid);
  }
  if (in.bad()) return io_error(path, "reading it");
  return content;
}

Status write_file(const std::filesystem::path& path, std::string_view content) {
  Temporary temporary{path};
  temporary.path += ".new";
  Descriptor file{::open(temporary.path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
  if (file.fd < 0) return io_error(path, "writing it");
  while (!content.empty()) {
    ssize_t written = ::write(file.fd, content.data(), content.size());
    if (written < 0) return io_error(path, "writing it");
    content.remove_prefix(std::size_t(written));
  }
  return keep_file(temporary.path, path);
}

Status keep_file(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  Descriptor file{::open(temporary.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file.fd < 0 || ::fsync(file.fd) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0)
    return io_error(path, "writing it");
  auto folder = path.parent_path().empty() ? std::filesystem::path(".") : path.parent_path();
  Descriptor directory{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (directory.fd < 0 || ::fsync(directory.fd) != 0) return io_error(folder, "making its new name durable");
  return {};
}

std::filesystem::path asset_folder() {
  if (const char* folder = std::getenv("HALTE_ASSETS")) return folder;
  std::error_code ignored;
  auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  return program.parent_path().parent_path() / "share" / "halte";
}

}  // namespace halte::base
