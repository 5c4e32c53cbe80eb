// SPDX-License-Identifier: Apache-2.0
// What lies in the kiosk's folder.
#include <fmt/format.h>

#include <algorithm>

#include "app/kiosk/doctor/judgements.h"
#include "core/store/kiosk/kiosk_store.h"

namespace halte::kiosk::doctor {
namespace {

using store::kiosk::reserve_bytes;
using store::kiosk::Soundness;

constexpr std::int64_t megabyte = 1 << 20;
// An answer that waits, with its row and its place in the index, generously.
constexpr std::int64_t answer_bytes = 2 << 10;
// A month of a busy shop without a network.
constexpr std::int64_t enough_answers = 100'000;
constexpr std::size_t named_strangers = 3;

// What may go: never a file of the kiosk.
std::string what_to_delete(const StorageFacts& s) {
  std::string text = "journalctl --vacuum-size=50M; apt-get clean";
  const auto named = std::min(s.strangers.size(), named_strangers);
  for (std::size_t i = 0; i < named; ++i)
    text += fmt::format("; rm '{}' ({} MB)", s.strangers[i].path, s.strangers[i].bytes / megabyte);
  return text;
}

Finding judge_disk(const StorageFacts& s) {
  const std::int64_t room = std::max<std::int64_t>(0, s.free_bytes - reserve_bytes) / answer_bytes;
  if (s.free_bytes < reserve_bytes)
    return {
        Level::wrong, "disk",
        fmt::format("it is full: {:.1f} MB are free at {} and the kiosk needs {}, so it is out of service",
                    double(s.free_bytes) / double(megabyte), s.folder, reserve_bytes / megabyte),
        "delete what is not the kiosk's, never kiosk.db, kiosk.db-wal or ballast: " + what_to_delete(s)};
  if (room < enough_answers)
    return {Level::warning, "disk",
            fmt::format("{} MB are free at {}, which is room for about {} answers without a network",
                        s.free_bytes / megabyte, s.folder, room),
            "make more: " + what_to_delete(s)};
  return {Level::ok, "disk", fmt::format("{} MB are free at {}", s.free_bytes / megabyte, s.folder), {}};
}

std::string how_to_rescue(const std::string& folder) {
  return fmt::format(
      "stop the kiosk, keep a copy for the support (cp -a '{0}' '{0}.damaged'), move kiosk.db* out of "
      "'{0}' and enrol it again",
      folder);
}

std::string waiting(const outbox::Status& outbox) {
  const auto count = outbox.pending + outbox.parked;
  return fmt::format("{} {}", count, count == 1 ? "answer waits" : "answers wait");
}

Finding judge_database(const StorageFacts& s) {
  const auto wrong = [](std::string cause, std::string mend) {
    return Finding{Level::wrong, "database", std::move(cause), std::move(mend)};
  };
  if (!s.database) {
    const base::Error& error = s.database.error();
    if (error.kind == base::ErrorKind::not_found)
      return wrong(fmt::format("there is none at {}: no kiosk ever ran with this folder", error.subject),
                   "name the folder with --data, or start the kiosk");
    // A newer or a foreign one: its sentence says what to do.
    const auto end = error.cause.rfind("; ");
    if (error.kind == base::ErrorKind::refused && end != error.cause.npos &&
        !error.cause.starts_with("damaged"))
      return wrong(fmt::format("{} {}", error.subject, error.cause.substr(0, end)),
                   error.cause.substr(end + 2));
    if (error.kind == base::ErrorKind::refused)
      return wrong(fmt::format("{} is {}", error.subject, error.cause), how_to_rescue(s.folder));
    return wrong(fmt::format("{}: {}", error.subject, error.cause),
                 "run it as the user that the kiosk runs as, and look at the disk with: dmesg");
  }
  const Soundness& found = *s.database;
  if (!found.faults.empty()) return wrong("is damaged: " + found.faults.front(), how_to_rescue(s.folder));
  if (found.changed > 0)
    return wrong(fmt::format("is damaged: {} of {} answers in it are no longer what was written",
                             found.changed, found.rows),
                 how_to_rescue(s.folder));
  const std::string user = found.holder ? fmt::format("a kiosk runs on it (process {})", *found.holder)
                                        : std::string("no kiosk runs on it now");
  return {Level::ok, "database", fmt::format("is whole, {} in it, {}", waiting(found.outbox), user), {}};
}

}  // namespace

Findings judge_storage(const StorageFacts& s) {
  if (!s.folder_facts)
    return {{Level::wrong, "files", s.folder + " is no folder that is there",
             "name the kiosk's folder with --data, or start the kiosk once"}};
  // Without a file of a kiosk it is some other folder, whose permissions are nobody's business here.
  Findings findings = s.files.empty() ? Findings{}
                                      : runtime::doctor::judge_files({"halte-kiosk", "the kiosk"}, s.user,
                                                                     *s.folder_facts, s.files);
  findings.push_back(judge_disk(s));
  findings.push_back(judge_database(s));
  return findings;
}

}  // namespace halte::kiosk::doctor
