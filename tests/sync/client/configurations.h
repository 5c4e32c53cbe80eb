// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sync/protocol/protocol.h"
#include "tests/sync/client/fake_server.h"

namespace halte::tests {

inline base::Json a_configuration(int version, const std::string& kiosk = "k1") {
  base::Json json = base::Json::parse(R"json({
    "issued": "2026-03-01T08:00:00Z", "expires": "2026-04-01T08:00:00Z",
    "organisation": {"id": "halte-markt", "name": "Halte Markt"},
    "branch": {"id": "utrecht", "name": "Utrecht", "region": "midden", "zone": "Europe/Amsterdam",
               "opening_hours": {"mon": ["08:00-21:00"]}},
    "touchpoint": {"id": "checkout", "name": "Kassa"},
    "surveys": [{"id": "shop", "version": 3, "definition": {"pages": [{"name": "p", "elements": []}]},
                 "metrics": {"nps": "recommend"}}],
    "asks": [{"surveys": [{"survey": "shop", "version": 3}]}]
  })json");
  json["version"] = version;
  json["kiosk"] = {{"id", kiosk}, {"name", "Kassa 3"}};
  return json;
}

inline net::HttpReply signed_reply(const std::string& payload, base::ByteView secret_key,
                                   const std::string& etag, const std::string& key_id = "c1") {
  net::HttpReply reply =
      json_reply(200, protocol::to_json(protocol::SignedConfiguration{
                          payload, base::sign(base::as_bytes(payload), secret_key), key_id}));
  reply.headers.emplace_back("ETag", etag);
  return reply;
}

}  // namespace halte::tests
