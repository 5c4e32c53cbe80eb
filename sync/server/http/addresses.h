// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/base/time.h"
#include "sync/server/http/message.h"

namespace halte::http {

// A set of addresses and networks, IPv4 and IPv6. An IPv4 address mapped into IPv6 counts as IPv4.
class AddressSet {
 public:
  // "10.0.0.0/8", "192.168.1.7", "::1". Anything else: invalid.
  static base::Result<AddressSet> create(const std::vector<std::string>& entries);
  bool contains(std::string_view address) const;

 private:
  struct Network {
    std::array<std::uint8_t, 16> bytes;
    int prefix;
  };
  std::vector<Network> networks_;
};

// The client behind trusted proxies: the last address of X-Forwarded-For that is not one of them.
// `peer` itself where it is not trusted, or where the header does not hold addresses.
std::string client_address(const Headers& headers, const std::string& peer, const AddressSet& trusted);

// How many connections there are, in all and by address. Any thread.
class ConnectionCount {
 public:
  ConnectionCount(std::size_t total, std::size_t per_address) : total_(total), per_address_(per_address) {}
  bool enter(const std::string& address, bool exempt);  // false: over a limit, and not counted
  void leave(const std::string& address, bool exempt);
  std::size_t total() const;
  void wait_until_none(base::Millis at_most);

 private:
  std::size_t total_, per_address_;
  mutable std::mutex mutex_;
  std::condition_variable none_;
  std::size_t count_ = 0;
  std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace halte::http
