// SPDX-License-Identifier: Apache-2.0
#include "app/hq/control.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

namespace halte::hq {
namespace {

constexpr std::size_t most_bytes = 1u << 16;
constexpr timeval patience_with_asker{2, 0}, patience_with_server{30, 0};

struct Descriptor {
  int fd = -1;
  explicit Descriptor(int which) : fd(which) {}
  Descriptor(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

std::unexpected<base::Error> trouble(const std::filesystem::path& path, const char* doing) {
  return base::fail(path.string(), std::strerror(errno), doing, base::ErrorKind::unavailable);
}

std::optional<sockaddr_un> address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.string().size() >= sizeof address.sun_path) return std::nullopt;
  std::strcpy(address.sun_path, path.c_str());
  return address;
}

const sockaddr* plain(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

void give_up_after(int fd, const timeval& patience) {
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// To the other side's end of what it says; nothing: it was cut, too slow or too long.
std::optional<base::Json> receive(int fd) {
  std::string text;
  std::array<char, 4096> block;
  for (;;) {
    const ssize_t got = ::recv(fd, block.data(), block.size(), 0);
    if (got < 0 || text.size() > most_bytes) return std::nullopt;
    if (got == 0) break;
    text.append(block.data(), std::size_t(got));
  }
  auto json = base::parse_json(text, "what was asked");
  return json ? std::optional(std::move(*json)) : std::nullopt;
}

bool send(int fd, const base::Json& json) {
  const std::string text = base::to_text(json);
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t wrote = ::send(fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (wrote <= 0) return false;
    sent += std::size_t(wrote);
  }
  return ::shutdown(fd, SHUT_WR) == 0;
}

}  // namespace

struct ControlSocket::Ends {
  Descriptor listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  Descriptor stop{::eventfd(0, EFD_CLOEXEC)};
};

ControlSocket::ControlSocket(std::filesystem::path path, std::unique_ptr<Ends> ends)
    : path_(std::move(path)), ends_(std::move(ends)) {}

base::Result<std::unique_ptr<ControlSocket>> ControlSocket::create(const std::filesystem::path& path,
                                                                   Answer answer, base::Log log) {
  constexpr const char* doing = "listening for commands";
  const auto address = address_of(path);
  if (!address) return base::fail(path.string(), "is too long a path for a socket", doing);
  auto ends = std::make_unique<Ends>();
  ::unlink(path.c_str());  // of a server that was killed; this one holds the database's lock
  if (ends->listener.fd < 0 || ends->stop.fd < 0 ||
      ::bind(ends->listener.fd, plain(*address), sizeof *address) != 0 || ::chmod(path.c_str(), 0600) != 0 ||
      ::listen(ends->listener.fd, 4) != 0)
    return trouble(path, doing);
  std::unique_ptr<ControlSocket> control(new ControlSocket(path, std::move(ends)));
  control->thread_ = std::thread(
      [self = control.get(), answer = std::move(answer), log = std::move(log)] { self->run(answer, log); });
  return control;
}

ControlSocket::~ControlSocket() {
  ::eventfd_write(ends_->stop.fd, 1);
  if (thread_.joinable()) thread_.join();
  ::unlink(path_.c_str());
}

void ControlSocket::run(const Answer& answer, const base::Log& log) {
  std::array<pollfd, 2> watched{{{ends_->listener.fd, POLLIN, 0}, {ends_->stop.fd, POLLIN, 0}}};
  for (;;) {
    if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) {
      log->error("no commands are taken any more: {}", std::strerror(errno));
      return;
    }
    if (watched[1].revents != 0) return;
    if (watched[0].revents == 0) continue;
    const Descriptor asker(::accept4(ends_->listener.fd, nullptr, nullptr, SOCK_CLOEXEC));
    if (asker.fd < 0) continue;
    give_up_after(asker.fd, patience_with_asker);
    if (const auto question = receive(asker.fd)) send(asker.fd, answer(*question));
  }
}

base::Result<base::Json> ask(const std::filesystem::path& path, const base::Json& question) {
  constexpr const char* doing = "asking the running server";
  const auto address = address_of(path);
  if (!address) return base::fail(path.string(), "is too long a path for a socket", doing);
  const Descriptor server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (server.fd < 0 || ::connect(server.fd, plain(*address), sizeof *address) != 0)
    return trouble(path, doing);
  give_up_after(server.fd, patience_with_server);
  if (!send(server.fd, question)) return trouble(path, doing);
  auto answer = receive(server.fd);
  if (!answer) return base::fail(path.string(), "gave no answer", doing, base::ErrorKind::unavailable);
  return std::move(*answer);
}

}  // namespace halte::hq
