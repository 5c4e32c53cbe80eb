// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/crypto.h"
#include "core/base/error.h"

namespace halte::site {

// Who this kiosk is, and the keys that it got or made when it was enrolled. Lies in the kiosk's
// database (mode 0600) and nowhere else.
struct Enrolment {
  std::string server_url;  // "https://hq.example.nl"
  std::string kiosk_id;
  std::string token;  // bearer, 256 bits
  base::Bytes device_public_key, device_secret_key;
  std::string sealing_key_id;
  base::Bytes sealing_public_key;  // contacts are sealed to it
  std::string signing_key_id;
  base::Bytes signing_public_key;  // configuration is signed with it
  base::Bytes receipt_key;         // receipts are hashed with it

  bool operator==(const Enrolment&) const = default;
};

// What people compare on a glass and on a phone: the first 80 bits of the SHA-256 of a device's public key.
// Who wants another key of the same ones tries 2^80 keys. Shown in Crockford's base 32, in groups of four.
constexpr std::size_t fingerprint_bytes = 10;
base::Bytes fingerprint_of(base::ByteView public_key);

// The signed configuration as it came: kept as bytes, since the signature is over them.
struct StoredConfiguration {
  std::int64_t version = 0;
  std::string payload;
  base::Bytes signature;
  std::string etag;

  bool operator==(const StoredConfiguration&) const = default;
};

// The kiosk's identity and its last configuration, durable when a call returns.
class IdentityStore {
 public:
  virtual ~IdentityStore() = default;
  virtual base::Result<std::optional<Enrolment>> enrolment() = 0;
  // The asking key has done its work, and goes.
  virtual base::Status save_enrolment(const Enrolment& enrolment) = 0;
  // The keys that this device asks with to be enrolled: kept, so that its fingerprint outlives a restart.
  virtual base::Result<std::optional<base::SigningKeyPair>> asking_key() = 0;
  virtual base::Status save_asking_key(const base::SigningKeyPair& keys) = 0;
  virtual base::Result<std::optional<StoredConfiguration>> configuration() = 0;
  // Monotonic: a version below the stored one is a conflict and changes nothing. The same one may come anew,
  // for a program that cannot read the bytes that another version of it stored.
  virtual base::Status save_configuration(const StoredConfiguration& configuration) = 0;
  // The organisation's pictures, by id (core/site/pictures.h). Absent: not fetched yet.
  virtual base::Result<std::optional<base::Bytes>> picture(const std::string& id) = 0;
  // Unavailable where the disk has room for answers alone.
  virtual base::Status save_picture(const std::string& id, base::ByteView picture) = 0;
  // All but these go.
  virtual base::Status keep_pictures(const std::vector<std::string>& ids) = 0;
  // Random, made with the database, and anew by outbox::Outbox::begin_epoch(): numbers count within it.
  virtual base::Result<std::string> epoch() = 0;
};

}  // namespace halte::site
