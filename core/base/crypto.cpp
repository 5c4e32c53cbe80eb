// SPDX-License-Identifier: Apache-2.0
#include "core/base/crypto.h"

#include <sodium.h>

#include <cstring>
#include <stdexcept>

namespace halte::base {
namespace {

constexpr std::size_t password_memory = 19u << 20;
constexpr unsigned long long password_passes = 2;

void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);  // wrong key sizes are a programmer's error
}

}  // namespace

Bytes Random::bytes(std::size_t size) {
  Bytes out(size);
  fill(out);
  return out;
}

double Random::uniform() {
  std::uint64_t bits = 0;
  fill({reinterpret_cast<std::uint8_t*>(&bits), sizeof bits});
  return double(bits >> 11) * 0x1.0p-53;
}

void SystemRandom::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::uint8_t seed[randombytes_SEEDBYTES] = {};
  std::memcpy(seed, &seed_, sizeof seed_);
  std::memcpy(seed + sizeof seed_, &counter_, sizeof counter_);
  ++counter_;
  randombytes_buf_deterministic(out.data(), out.size(), seed);
}

Bytes sha256(ByteView message) {
  Bytes hash(crypto_hash_sha256_BYTES);
  crypto_hash_sha256(hash.data(), message.data(), message.size());
  return hash;
}

Bytes keyed_hash(ByteView message, ByteView key) {
  require(key.size() >= crypto_generichash_KEYBYTES_MIN && key.size() <= crypto_generichash_KEYBYTES_MAX,
          "keyed_hash: key of 16 to 64 bytes");
  Bytes hash(crypto_generichash_BYTES);
  crypto_generichash(hash.data(), hash.size(), message.data(), message.size(), key.data(), key.size());
  return hash;
}

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void wipe(std::string& secret) {
  secret.resize(secret.capacity());
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

SigningKeyPair make_signing_key_pair(Random& random) {
  SigningKeyPair keys{Bytes(crypto_sign_PUBLICKEYBYTES), Bytes(crypto_sign_SECRETKEYBYTES)};
  Bytes seed = random.bytes(crypto_sign_SEEDBYTES);
  crypto_sign_seed_keypair(keys.public_key.data(), keys.secret_key.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return keys;
}

Bytes sign(ByteView message, ByteView secret_key) {
  require(secret_key.size() == crypto_sign_SECRETKEYBYTES, "sign: secret key of 64 bytes");
  Bytes signature(crypto_sign_BYTES);
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret_key.data());
  return signature;
}

bool verify(ByteView message, ByteView signature, ByteView public_key) {
  return signature.size() == crypto_sign_BYTES && public_key.size() == crypto_sign_PUBLICKEYBYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) ==
             0;
}

SealingKeyPair make_sealing_key_pair(Random& random) {
  SealingKeyPair keys{Bytes(crypto_box_PUBLICKEYBYTES), Bytes(crypto_box_SECRETKEYBYTES)};
  Bytes seed = random.bytes(crypto_box_SEEDBYTES);
  crypto_box_seed_keypair(keys.public_key.data(), keys.secret_key.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return keys;
}

Bytes seal(ByteView message, ByteView public_key) {
  require(public_key.size() == crypto_box_PUBLICKEYBYTES, "seal: public key of 32 bytes");
  Bytes sealed(message.size() + crypto_box_SEALBYTES);
  crypto_box_seal(sealed.data(), message.data(), message.size(), public_key.data());
  return sealed;
}

Result<Bytes> open_sealed(ByteView sealed, const SealingKeyPair& keys) {
  if (sealed.size() < crypto_box_SEALBYTES)
    return fail("sealed contact", "too short", "opening it", ErrorKind::invalid);
  Bytes message(sealed.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(message.data(), sealed.data(), sealed.size(), keys.public_key.data(),
                           keys.secret_key.data()) != 0)
    return fail("sealed contact", "sealed to another key, or changed since", "opening it",
                ErrorKind::invalid);
  return message;
}

Result<std::string> hash_password(std::string_view password) {
  char hash[crypto_pwhash_STRBYTES];
  if (crypto_pwhash_str(hash, password.data(), password.size(), password_passes, password_memory) != 0)
    return fail("password", "no memory to hash it (19 MiB)", "hashing", ErrorKind::unavailable);
  return std::string(hash);
}

bool verify_password(std::string_view password, const std::string& hash) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

}  // namespace halte::base
