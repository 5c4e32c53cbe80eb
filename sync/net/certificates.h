// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "sync/net/http_client.h"

namespace halte::net {

// The X.509 certificates that a text holds (PEM, RFC 7468), written anew one after the other, and how many
// there are. What else stands in it is left out, also a block that is none: one of those would spoil the
// others.
struct Certificates {
  std::string pem;
  int count = 0;
};
Certificates read_certificates(std::string_view text);

// The first certificate of a text (PEM). There is none: invalid.
base::Result<Certificate> read_certificate(std::string_view text);
// Whether that private key (PEM, without a password) is the first certificate's. One of them is none:
// invalid.
base::Result<bool> is_key_of(std::string_view certificate, std::string_view key);

}  // namespace halte::net
