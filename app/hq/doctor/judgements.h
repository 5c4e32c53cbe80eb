// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is found out about a server, and what it means. Pure: facts in, findings out. Only facts of a kind
// that could not be had come as an Error.

#include <optional>
#include <string>
#include <vector>

#include "app/runtime/doctor/files.h"
#include "app/runtime/doctor/finding.h"
#include "core/base/time.h"
#include "core/store/hq/backups.h"
#include "core/store/hq/inspection.h"
#include "sync/net/http_client.h"

namespace halte::hq::doctor {

using runtime::doctor::FileFacts;
using runtime::doctor::Finding;
using runtime::doctor::Findings;
using runtime::doctor::Level;

struct DiskFacts {
  std::string folder;
  std::int64_t free_bytes = 0;
  std::int64_t database_bytes = 0;  // a copy takes as much once more
};
Finding judge_disk(const DiskFacts& disk);

// The first thing that a kiosk's certificate check and every hour of the figures need.
Finding judge_clock(base::Instant now, bool synced);

struct TlsFacts {
  base::Result<net::Certificate> certificate;
  base::Result<bool> key_matches;
};
// Nothing: the server speaks plain HTTP.
Finding judge_certificate(const std::optional<TlsFacts>& tls, base::Instant now);

Finding judge_database(const std::string& path, const base::Result<store::hq::Soundness>& database);

struct BackupFacts {
  std::string folder;
  std::chrono::hours every{0};
  base::Result<std::vector<store::hq::Backup>> all;
  base::Status newest;  // as verified; meaningless where there is none
};
Finding judge_backups(const BackupFacts& backups, base::Instant now);

struct AddressFacts {
  std::string address;  // where it listens
  std::string public_url;
  bool tls = false;
  std::vector<std::string> trusted_proxies;
};
Findings judge_address(const AddressFacts& address);

struct PortFacts {
  std::string url;            // "http://127.0.0.1:8080"
  net::Probe version;         // of its /version
  std::optional<int> server;  // the process that has the database open
};
Finding judge_port(const PortFacts& port);

Finding judge_pages(const std::string& folder, bool are_there);

}  // namespace halte::hq::doctor
