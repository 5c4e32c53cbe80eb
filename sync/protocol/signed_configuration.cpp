// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/protocol.h"
#include "sync/protocol/reading.h"

namespace halte::protocol {

std::string to_json(const SignedConfiguration& configuration) {
  return base::to_text(base::Json{{"payload", configuration.payload},
                                  {"signature", base::to_base64url(configuration.signature)},
                                  {"key_id", configuration.key_id}});
}

base::Result<SignedConfiguration> parse_signed_configuration(std::string_view json) {
  constexpr std::size_t signature_bytes = 64;  // Ed25519
  return read_document(json, "configuration", [](base::ObjectReader& reader) {
    return SignedConfiguration{reader.text("payload"), read_bytes(reader, "signature", signature_bytes),
                               read_name(reader, "key_id", max_name_bytes)};
  });
}

}  // namespace halte::protocol
