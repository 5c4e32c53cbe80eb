// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>

#include "core/store/hq/backups.h"
#include "sync/server/api/services.h"

namespace halte::api {
namespace {

using base::Json;
namespace fs = std::filesystem;

// Nothing: it is as it should be; else what is wrong, for people, without a path.
using Reason = std::optional<std::string>;

Reason judge_database(Services& s) {
  auto answers = s.store.ping();
  if (answers) return std::nullopt;
  s.log->error("not ready: {}", base::to_string(answers.error()));
  return "the database cannot be written";
}

Reason judge_disk(const Upkeep& upkeep) {
  constexpr std::uintmax_t megabyte = 1 << 20, least_free = 64 * megabyte;
  std::error_code none;
  const auto space = fs::space(upkeep.database.parent_path(), none);
  if (none || space.available >= least_free) return std::nullopt;
  return fmt::format("the disk is full: {} MB are free", space.available / megabyte);
}

// Twice the pause, for one that failed and is tried again.
Reason judge_backups(const Services& s) {
  if (s.upkeep.backup_every.count() == 0) return std::nullopt;
  const auto all = store::hq::backups(s.upkeep.backups);
  if (!all) return "the folder of the backups cannot be read";
  const base::Instant newest = all->empty() ? s.upkeep.started : std::max(s.upkeep.started, all->back().made);
  const auto age = std::chrono::floor<std::chrono::hours>(s.clock.now() - newest);
  if (age <= 2 * s.upkeep.backup_every) return std::nullopt;
  return fmt::format("backups are overdue: the newest is {} hours old", age.count());
}

http::Response is_ready(Services& s) {
  Json reasons = Json::array(), checks = Json::array();
  const auto check = [&](const char* name, const Reason& reason) {
    checks.push_back({{"name", name}, {"ok", !reason}});
    if (reason) reasons.push_back(*reason);
  };
  check("database", judge_database(s));
  if (!s.upkeep.database.empty()) {
    check("disk", judge_disk(s.upkeep));
    check("backups", judge_backups(s));
  }
  const bool ready = reasons.empty();
  return http::Response::json(ready ? 200 : 503,
                              {{"ready", ready}, {"reasons", reasons}, {"checks", checks}});
}

}  // namespace

// For whoever runs the server: cheap, without an account, without a word about anybody's answers.
void add_operator_routes(http::Router& router, Services& s) {
  auto at_once = [&](const char* path, std::function<http::Response(const http::Request&)> answer) {
    router.add({"GET", path, std::string(auth::access::anyone), http::at_once(std::move(answer))});
  };
  at_once("/healthz", [](const auto&) { return http::Response::text(200, "ok\n"); });
  at_once("/version", [&s](const auto&) {
    return http::Response::json(200, {{"software", s.software}, {"protocol", 1}});
  });
  router.add(for_anyone(s, "GET", "/readyz", [&s](const auto&) { return is_ready(s); }));
}

}  // namespace halte::api
