// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/base/json.h"
#include "sync/net/http_client.h"

namespace halte::tool {

// A signed-in person's view of the server's API, as a browser has it: cookie and CSRF token.
class ApiSession {
 public:
  ApiSession(net::HttpClient& http, std::string server) : http_(http), server_(std::move(server)) {}

  // The answer's JSON (null for 204). An answer of 400 or more is an Error with the server's own words.
  base::Result<base::Json> call(const std::string& method, const std::string& path,
                                const base::Json& body = nullptr);
  // The same with a body that is no JSON.
  base::Result<base::Json> send(const std::string& method, const std::string& path, const std::string& type,
                                std::string body);

 private:
  net::HttpClient& http_;
  std::string server_;
  std::string cookie_;
  std::string csrf_;
};

}  // namespace halte::tool
