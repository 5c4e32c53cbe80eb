// SPDX-License-Identifier: Apache-2.0
#include "sync/server/auth/new_organisation.h"

namespace halte::auth {

store::hq::OrganisationRecord new_organisation(const std::string& name, bool demo,
                                               const base::Bytes& sealing_key, base::Random& random) {
  auto signing = base::make_signing_key_pair(random);
  store::hq::OrganisationRecord o;
  o.name = name;
  o.demo = demo;
  o.sealing_key_id = "seal-" + base::to_hex(base::sha256(sealing_key)).substr(0, 12);
  o.sealing_public_key = sealing_key;
  o.signing_key_id = "sign-" + base::to_hex(base::sha256(signing.public_key)).substr(0, 12);
  o.signing_public_key = signing.public_key;
  o.signing_secret_key = signing.secret_key;
  o.receipt_key = random.bytes(32);
  return o;
}

}  // namespace halte::auth
