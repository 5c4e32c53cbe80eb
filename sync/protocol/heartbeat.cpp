// SPDX-License-Identifier: Apache-2.0
#include "sync/protocol/protocol.h"
#include "sync/protocol/reading.h"

namespace halte::protocol {
namespace {

using base::Json;
using base::ObjectReader;

constexpr std::size_t max_erased = 10'000;

std::uint64_t count(ObjectReader& reader, const std::string& key) {
  return std::uint64_t(reader.integer(key, 0, max_exact_integer));
}

std::vector<site::CoverageSpan> read_coverage(ObjectReader& reader) {
  std::vector<site::CoverageSpan> spans;
  reader.objects("coverage", [&](ObjectReader& span) {
    const base::Instant from = span.instant("from"), to = span.instant("to");
    const auto state = site::parse_coverage_state(span.text("state"));
    if (!state) return span.problem("state", "is none of open, closed, blocked");
    const bool is_whole = std::chrono::floor<std::chrono::minutes>(from) == from &&
                          std::chrono::floor<std::chrono::minutes>(to) == to;
    if (!is_whole || to <= from) return span.problem("to", "ends no span of whole minutes");
    if (!spans.empty() && from < spans.back().ended) return span.problem("from", "lies in the span before");
    spans.push_back({from, to, *state});
  });
  if (spans.size() > max_coverage_spans) reader.problem("coverage", "is too long");
  return spans;
}

Json to_json(const std::vector<site::CoverageSpan>& spans) {
  Json list = Json::array();
  for (const site::CoverageSpan& span : spans)
    list.push_back({{"from", base::to_rfc3339(span.began)},
                    {"to", base::to_rfc3339(span.ended)},
                    {"state", std::string(site::to_string(span.state))}});
  return list;
}

Heartbeat read_heartbeat(ObjectReader& reader) {
  Heartbeat beat;
  beat.software = read_name(reader, "software", max_name_bytes);
  beat.configuration_version = reader.integer("configuration_version", 0, max_exact_integer);
  beat.captured = count(reader, "captured");
  beat.acknowledged = count(reader, "acknowledged");
  beat.pending = count(reader, "pending");
  beat.parked = count(reader, "parked");
  beat.oldest_pending_s = reader.integer("oldest_pending_s", 0, max_exact_integer);
  beat.free_disk_bytes = reader.integer("free_disk_bytes", 0, max_exact_integer);
  beat.database = read_name(reader, "database", max_name_bytes);
  beat.clock_offset_ms = reader.integer("clock_offset_ms", -max_exact_integer, max_exact_integer);
  beat.uptime_s = reader.integer("uptime_s", 0, max_exact_integer);
  if (reader.has("last_touch")) beat.last_touch = reader.instant("last_touch");
  beat.screen = read_name(reader, "screen", max_name_bytes);
  beat.epoch = read_name(reader, "epoch", max_name_bytes);
  beat.coverage = read_coverage(reader);
  return beat;
}

HeartbeatReply read_reply(ObjectReader& reader) {
  HeartbeatReply reply;
  reply.hq_time = reader.instant("hq_time");
  reply.pause_s = reader.integer("pause_s", 0, max_exact_integer);
  auto erased = reader.texts("erased");
  if (erased.size() > max_erased) reader.problem("erased", "is too long");
  for (const std::string& hex : erased) {
    if (auto id = response::parse_id(hex))
      reply.erased.push_back(*id);
    else
      reader.problem("erased", "holds something other than ids");
  }
  reply.new_epoch = reader.flag("new_epoch", false);
  if (reader.has("coverage_until")) reply.coverage_until = reader.instant("coverage_until");
  return reply;
}

}  // namespace

std::string to_json(const Heartbeat& beat) {
  Json json{{"software", beat.software},
            {"configuration_version", beat.configuration_version},
            {"captured", beat.captured},
            {"acknowledged", beat.acknowledged},
            {"pending", beat.pending},
            {"parked", beat.parked},
            {"oldest_pending_s", beat.oldest_pending_s},
            {"free_disk_bytes", beat.free_disk_bytes},
            {"database", beat.database},
            {"clock_offset_ms", beat.clock_offset_ms},
            {"uptime_s", beat.uptime_s},
            {"screen", beat.screen},
            {"epoch", beat.epoch}};
  if (beat.last_touch) json["last_touch"] = base::to_rfc3339(*beat.last_touch);
  if (!beat.coverage.empty()) json["coverage"] = to_json(beat.coverage);
  return base::to_text(json);
}

base::Result<Heartbeat> parse_heartbeat(std::string_view json) {
  return read_document(json, "heartbeat", read_heartbeat);
}

std::string to_json(const HeartbeatReply& reply) {
  Json json{
      {"hq_time", base::to_rfc3339(reply.hq_time)}, {"pause_s", reply.pause_s}, {"erased", Json::array()}};
  for (const response::Id& id : reply.erased) json["erased"].push_back(response::to_hex(id));
  if (reply.new_epoch) json["new_epoch"] = true;
  if (reply.coverage_until) json["coverage_until"] = base::to_rfc3339(*reply.coverage_until);
  return base::to_text(json);
}

base::Result<HeartbeatReply> parse_heartbeat_reply(std::string_view json) {
  return read_document(json, "heartbeat reply", read_reply);
}

}  // namespace halte::protocol
