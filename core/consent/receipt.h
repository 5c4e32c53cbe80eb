// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/crypto.h"
#include "core/base/error.h"

namespace halte::consent {

// 80 random bits as "ABCD-EFGH-JKMN-PQRS": what a visitor keeps to see, withdraw or erase an answer.
// Shown once; both sides store only its keyed hash.
std::string make_receipt_code(base::Random& random);

// The keyed hash (32 bytes) of a code as a person may type it: lower case, without dashes.
// Not a code: invalid.
base::Result<base::Bytes> receipt_hash(std::string_view code, base::ByteView receipt_key);

// What stands behind a consent record: the SHA-256 of the exact text that was on the screen.
base::Bytes notice_hash(std::string_view text);

}  // namespace halte::consent
