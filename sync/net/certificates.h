// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace halte::net {

// The X.509 certificates that a text holds (PEM, RFC 7468), written anew one after the other, and how many
// there are. What else stands in it is left out, also a block that is none: one of those would spoil the
// others.
struct Certificates {
  std::string pem;
  int count = 0;
};
Certificates read_certificates(std::string_view text);

}  // namespace halte::net
