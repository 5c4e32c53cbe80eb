// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace halte::net {

// How many X.509 certificates a text holds (PEM, RFC 7468); what else stands in it is passed over.
int count_certificates(std::string_view pem);

}  // namespace halte::net
