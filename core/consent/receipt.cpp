// SPDX-License-Identifier: Apache-2.0
#include "core/consent/receipt.h"

namespace halte::consent {
namespace {

constexpr std::size_t receipt_bytes = 10;

}  // namespace

std::string make_receipt_code(base::Random& random) {
  return base::in_groups(base::to_crockford(random.bytes(receipt_bytes)));
}

base::Result<base::Bytes> receipt_hash(std::string_view code, base::ByteView receipt_key) {
  auto bytes = base::from_crockford(code, receipt_bytes);
  if (!bytes)
    return base::fail("receipt code", "not 16 letters and digits", "reading it", base::ErrorKind::invalid);
  return base::keyed_hash(*bytes, receipt_key);
}

base::Bytes notice_hash(std::string_view text) { return base::sha256(base::as_bytes(text)); }

}  // namespace halte::consent
