// SPDX-License-Identifier: Apache-2.0
#include "core/base/file_hash.h"

#include <sodium.h>

#include <fstream>

namespace halte::base {

Result<Bytes> sha256_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  char block[1 << 16];
  while (in.read(block, sizeof block), in.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(block),
                              static_cast<unsigned long long>(in.gcount()));
  if (!in.eof()) return fail(path.string(), "cannot be read to its end", "hashing it");
  Bytes hash(crypto_hash_sha256_BYTES);
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

}  // namespace halte::base
