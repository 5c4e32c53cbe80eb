// SPDX-License-Identifier: Apache-2.0
#pragma once

// Programs that ask in nobody's name.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/time.h"

namespace halte::store::hq {

// A program that asks in nobody's name, with roles of its own.
struct ApiKeyRecord {
  std::string id;
  std::string name;  // what it is for
  std::vector<std::string> roles;
  std::vector<std::string> branches;  // of one that sees as a branch manager does
  base::Instant created{};
  std::optional<base::Instant> expires;
  std::optional<base::Instant> used;  // to the day
};

class ApiKeys {
 public:
  virtual ~ApiKeys() = default;
  // The key itself is not kept, its hash is.
  virtual base::Status save_api_key(const ApiKeyRecord& key, base::ByteView hash) = 0;
  virtual base::Result<std::vector<ApiKeyRecord>> api_keys() = 0;  // by name
  // Notes the day of its use. Unknown or expired: nothing.
  virtual base::Result<std::optional<ApiKeyRecord>> use_api_key(base::ByteView hash, base::Instant now) = 0;
  virtual base::Result<bool> remove_api_key(const std::string& id) = 0;  // false: there was none
};

}  // namespace halte::store::hq
