// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/addresses.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace halte::http {

namespace {

using AddressBytes = std::array<std::uint8_t, 16>;
constexpr AddressBytes mapped_ipv4 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int mapped_bits = 96;

// IPv4 as ::ffff:a.b.c.d, so that one comparison serves both.
std::optional<AddressBytes> parse_address(const std::string& text) {
  AddressBytes bytes = mapped_ipv4;
  if (inet_pton(AF_INET, text.c_str(), bytes.data() + 12) == 1) return bytes;
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

std::optional<int> parse_prefix(std::string_view text, int most) {
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most)
    return std::nullopt;
  return value;
}

bool same_prefix(const AddressBytes& a, const AddressBytes& b, int bits) {
  for (int i = 0; i < bits; ++i) {
    const int mask = 0x80 >> (i % 8);
    if ((a[i / 8] & mask) != (b[i / 8] & mask)) return false;
  }
  return true;
}

}  // namespace

base::Result<AddressSet> AddressSet::create(const std::vector<std::string>& entries) {
  AddressSet set;
  for (const auto& entry : entries) {
    const auto slash = entry.find('/');
    const auto bytes = parse_address(entry.substr(0, slash));
    const bool is_ipv4 = entry.find(':') == entry.npos;
    const auto prefix = slash == entry.npos
                            ? std::optional(is_ipv4 ? 32 : 128)
                            : parse_prefix(std::string_view(entry).substr(slash + 1), is_ipv4 ? 32 : 128);
    if (!bytes || !prefix) {
      return base::fail(entry, "is neither an address nor a network such as 10.0.0.0/8",
                        "reading the trusted proxies", base::ErrorKind::invalid);
    }
    set.networks_.push_back({*bytes, *prefix + (is_ipv4 ? mapped_bits : 0)});
  }
  return set;
}

bool AddressSet::contains(std::string_view address) const {
  const auto bytes = parse_address(std::string(address));
  return bytes && std::ranges::any_of(networks_, [&](const Network& network) {
           return same_prefix(*bytes, network.bytes, network.prefix);
         });
}

std::string client_address(const Headers& headers, const std::string& peer, const AddressSet& trusted) {
  std::string hops;
  for (const auto& [name, value] : headers.all()) {
    if (equal_ignoring_case(name, "X-Forwarded-For")) hops += value + ",";
  }
  std::string client = peer;
  auto list = split_list(hops);
  while (trusted.contains(client) && !list.empty()) {
    const std::string before(list.back());
    if (!parse_address(before)) break;
    client = before;
    list.pop_back();
  }
  return client;
}

bool ConnectionCount::enter(const std::string& address, bool exempt) {
  const std::lock_guard lock(mutex_);
  if (count_ >= total_) return false;
  if (!exempt) {
    std::size_t& here = by_address_[address];
    if (here >= per_address_) return false;
    ++here;
  }
  ++count_;
  return true;
}

void ConnectionCount::leave(const std::string& address, bool exempt) {
  const std::lock_guard lock(mutex_);
  if (--count_ == 0) none_.notify_all();
  if (exempt) return;
  const auto it = by_address_.find(address);
  if (--it->second == 0) by_address_.erase(it);
}

std::size_t ConnectionCount::total() const {
  const std::lock_guard lock(mutex_);
  return count_;
}

void ConnectionCount::wait_until_none(base::Millis at_most) {
  std::unique_lock lock(mutex_);
  none_.wait_for(lock, at_most, [this] { return count_ == 0; });
}

}  // namespace halte::http
