// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "app/hq/backup.h"
#include "app/runtime/settings.h"
#include "sync/server/hq_server.h"

namespace halte::hq {

struct Settings {
  std::string data = "halte-hq-data";
  std::string address = "127.0.0.1";
  int port = 8080;
  std::string public_url;
  std::string tls_certificate, tls_key;
  std::vector<std::string> trusted_proxies;
  std::string pages;
  std::string log_level = "info";
  std::string backup_folder;
  std::string metrics_token_file;
  int backup_every = 24, backup_keep = 14;
  std::vector<std::string> words;                      // the command
  std::vector<std::string> roles = {"administrator"};  // of an account that is made
  bool json = false;                                   // how doctor tells what it finds

  std::filesystem::path database() const { return std::filesystem::path(data) / "hq.db"; }
  BackupSettings backups() const;
  // As far as is known without a server that runs.
  std::string url() const;
  std::filesystem::path pages_folder() const;
};

std::expected<Settings, runtime::Stop> read_settings(const std::vector<std::string>& arguments);
// What serving from now on takes. invalid: settings that do not go together, or a file that is not what it
// should be.
base::Result<server::HqOptions> options_of(const Settings& settings, base::Instant now);

}  // namespace halte::hq
