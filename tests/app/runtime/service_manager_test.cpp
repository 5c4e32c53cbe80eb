// SPDX-License-Identifier: Apache-2.0
#include "app/runtime/service_manager.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

#include "tests/support/temporary_folder.h"

using namespace halte;

namespace {

// The end of the service manager; the environment is put back as it was.
class Manager {
 public:
  Manager() {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    const std::string path = folder_ / "notify";
    REQUIRE(path.size() < sizeof address.sun_path);
    path.copy(address.sun_path, path.size());
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  ~Manager() {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    ::close(socket_);
  }

  // Empty: nothing has come.
  std::string message() const {
    std::array<char, 512> text{};
    const auto length = ::recv(socket_, text.data(), text.size(), MSG_DONTWAIT);
    return length < 0 ? "" : std::string(text.data(), std::size_t(length));
  }

 private:
  tests::TemporaryFolder folder_;
  int socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

}  // namespace

TEST_CASE("service manager: readiness, life with its status, and the end are told in its protocol") {
  const Manager manager;
  runtime::tell_ready();
  CHECK(manager.message() == "READY=1\n");
  runtime::tell_alive("in service");
  CHECK(manager.message() == "WATCHDOG=1\nSTATUS=in service\n");
  runtime::tell_stopping();
  CHECK(manager.message() == "STOPPING=1\n");
  CHECK(manager.message().empty());
}

TEST_CASE(
    "service manager: the limit is that of the watchdog, and there is none where nobody watches this "
    "process") {
  const Manager manager;
  CHECK_FALSE(runtime::watchdog_limit());
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  CHECK(runtime::watchdog_limit() == base::Millis{30'000});
  ::setenv("WATCHDOG_PID", "1", 1);
  CHECK_FALSE(runtime::watchdog_limit());
}
