// SPDX-License-Identifier: Apache-2.0
#include "core/site/enrolment.h"

namespace halte::site {

base::Bytes fingerprint_of(base::ByteView public_key) {
  base::Bytes hash = base::sha256(public_key);
  hash.resize(fingerprint_bytes);
  return hash;
}

}  // namespace halte::site
