// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/protocol.h"
#include "sync/protocol/reading.h"

namespace halte::protocol {
namespace {

using base::Json;
using base::ObjectReader;

constexpr std::size_t key_bytes = 32;         // Ed25519, X25519, receipt key
constexpr std::size_t max_token_bytes = 512;  // 256 bits are 43 characters
constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t max_page_bytes = 256;  // it is shown as a symbol on a glass

EnrolmentRequest read_request(ObjectReader& reader) {
  EnrolmentRequest request;
  request.code = read_name(reader, "code", max_name_bytes);
  request.public_key = read_bytes(reader, "public_key", key_bytes);
  request.name = reader.text("name", "");
  if (request.name.size() > max_name_bytes) reader.problem("name", "is too long");
  request.software = read_name(reader, "software", max_name_bytes);
  return request;
}

EnrolmentAsk read_ask(ObjectReader& reader) {
  EnrolmentAsk ask;
  ask.public_key = read_bytes(reader, "public_key", key_bytes);
  ask.software = read_name(reader, "software", max_name_bytes);
  if (reader.has("nonce")) ask.nonce = read_bytes(reader, "nonce", nonce_bytes);
  return ask;
}

EnrolmentWait read_wait(ObjectReader& reader) {
  EnrolmentWait wait;
  wait.nonce = read_bytes(reader, "nonce", nonce_bytes);
  wait.expires = reader.instant("expires");
  wait.poll_after_s = int(reader.integer("poll_after_s", 1, 3600));
  wait.page = read_name(reader, "page", max_page_bytes);
  return wait;
}

EnrolmentReply read_reply(ObjectReader& reader) {
  EnrolmentReply reply;
  reply.kiosk_id = read_name(reader, "kiosk_id", max_name_bytes);
  reply.token = read_name(reader, "token", max_token_bytes);
  reader.object("sealing_key", [&](ObjectReader& key) {
    reply.sealing_key_id = read_name(key, "id", max_name_bytes);
    reply.sealing_public_key = read_bytes(key, "public_key", key_bytes);
  });
  reader.object("signing_key", [&](ObjectReader& key) {
    reply.signing_key_id = read_name(key, "id", max_name_bytes);
    reply.signing_public_key = read_bytes(key, "public_key", key_bytes);
  });
  reply.receipt_key = read_bytes(reader, "receipt_key", key_bytes);
  reply.hq_time = reader.instant("hq_time");
  return reply;
}

Json key_json(const std::string& id, base::ByteView public_key) {
  return {{"id", id}, {"public_key", base::to_base64url(public_key)}};
}

}  // namespace

std::string to_json(const EnrolmentRequest& request) {
  Json json{{"code", request.code},
            {"public_key", base::to_base64url(request.public_key)},
            {"software", request.software}};
  if (!request.name.empty()) json["name"] = request.name;
  return base::to_text(json);
}

base::Result<EnrolmentRequest> parse_enrolment_request(std::string_view json) {
  return read_document(json, "enrolment", read_request);
}

std::string to_json(const EnrolmentAsk& ask) {
  Json json{{"public_key", base::to_base64url(ask.public_key)}, {"software", ask.software}};
  if (!ask.nonce.empty()) json["nonce"] = base::to_base64url(ask.nonce);
  return base::to_text(json);
}

base::Result<EnrolmentAsk> parse_enrolment_ask(std::string_view json) {
  return read_document(json, "enrolment request", read_ask);
}

std::string to_json(const EnrolmentWait& wait) {
  return base::to_text(Json{{"nonce", base::to_base64url(wait.nonce)},
                            {"expires", base::to_rfc3339(wait.expires)},
                            {"poll_after_s", wait.poll_after_s},
                            {"page", wait.page}});
}

base::Result<EnrolmentWait> parse_enrolment_wait(std::string_view json) {
  return read_document(json, "enrolment request", read_wait);
}

std::string to_json(const EnrolmentReply& reply) {
  return base::to_text(Json{{"kiosk_id", reply.kiosk_id},
                            {"token", reply.token},
                            {"sealing_key", key_json(reply.sealing_key_id, reply.sealing_public_key)},
                            {"signing_key", key_json(reply.signing_key_id, reply.signing_public_key)},
                            {"receipt_key", base::to_base64url(reply.receipt_key)},
                            {"hq_time", base::to_rfc3339(reply.hq_time)}});
}

base::Result<EnrolmentReply> parse_enrolment_reply(std::string_view json) {
  return read_document(json, "enrolment", read_reply);
}

}  // namespace halte::protocol
