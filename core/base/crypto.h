// SPDX-License-Identifier: Apache-2.0
#pragma once

// The only doors to libsodium. Keys and hashes are plain byte vectors of the sizes named here.

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace halte::base {

// The port for randomness: ids, nonces and keys take a Random. Called from any thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
  Bytes bytes(std::size_t size);
  double uniform();  // [0, 1), 53 bits
};

class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// Same seed, same bytes: for tests and simulations, never for keys that leave the process.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t seed_;
  std::uint64_t counter_ = 0;
};

Bytes sha256(ByteView message);                    // 32 bytes
Bytes keyed_hash(ByteView message, ByteView key);  // BLAKE2b, 32 bytes; key 16 … 64 bytes
bool equal_constant_time(ByteView a, ByteView b);
void wipe(std::string& secret);  // overwrites the whole capacity, then clears

struct SigningKeyPair {
  Bytes public_key;  // 32 bytes, Ed25519
  Bytes secret_key;  // 64 bytes
};
SigningKeyPair make_signing_key_pair(Random& random);
Bytes sign(ByteView message, ByteView secret_key);  // 64 bytes, detached
bool verify(ByteView message, ByteView signature, ByteView public_key);

struct SealingKeyPair {
  Bytes public_key;  // 32 bytes, X25519
  Bytes secret_key;  // 32 bytes
};
SealingKeyPair make_sealing_key_pair(Random& random);
Bytes seal(ByteView message, ByteView public_key);
Result<Bytes> open_sealed(ByteView sealed, const SealingKeyPair& keys);

// Argon2id, 19 MiB and t = 2 (OWASP's floor). About 40 ms: bound how many run at a time.
Result<std::string> hash_password(std::string_view password);
bool verify_password(std::string_view password, const std::string& hash);

}  // namespace halte::base
