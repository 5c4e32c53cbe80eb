// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/base/log.h"
#include "core/store/hq/hq_store.h"
#include "sync/server/api/services.h"
#include "sync/server/http/server.h"

namespace halte::server {

struct HqOptions {
  http::Options http;
  std::filesystem::path pages;  // the built dashboard; empty or missing: the API alone
  std::string public_url;       // where people reach it; empty: its own address
  std::string software;         // "halte-hq 0.1.0"
  api::Upkeep upkeep;
};

// Headquarters as a library: programs and tests run it in their own process.
class HqServer {
 public:
  // Listens and serves when it returns. The store, clock and random outlive it.
  static base::Result<std::unique_ptr<HqServer>> create(HqOptions options, store::hq::HqStore& store,
                                                        const base::Clock& clock, base::Random& random,
                                                        base::Log log);
  ~HqServer();  // stop(0)

  const std::string& url() const;
  // The one-time link of the first run; nothing once an organisation is set up.
  base::Result<std::optional<std::string>> set_up_link();
  const http::Router& routes() const;
  // Answers what is in flight for at most `grace`, commits what waits, joins all threads.
  void stop(base::Millis grace);

 private:
  struct Inside;
  explicit HqServer(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace halte::server
