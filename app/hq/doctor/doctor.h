// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace halte::hq::doctor {

// The server that is looked at.
struct Patient {
  std::filesystem::path database;
  std::filesystem::path backups;
  std::chrono::hours backup_every{0};
  std::string address;
  int port = 0;
  std::string public_url;
  std::string tls_certificate, tls_key;  // both or none
  std::vector<std::string> trusted_proxies;
  std::filesystem::path pages;
};

// `halte-hq doctor`: looks at everything that a server lives on, beside it or without it, prints what it
// finds and changes nothing. Ends within a minute whatever hangs. Returns the exit status: 1 where something
// is wrong, else 0.
int run_command(const Patient& patient, bool json, const base::Clock& clock);

}  // namespace halte::hq::doctor
