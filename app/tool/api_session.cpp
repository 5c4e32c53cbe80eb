// SPDX-License-Identifier: Apache-2.0
#include "app/tool/api_session.h"

#include <fmt/format.h>

namespace halte::tool {

using base::Json;

base::Result<Json> ApiSession::call(const std::string& method, const std::string& path, const Json& body) {
  return send(method, path, "application/json", body.is_null() ? "" : base::to_text(body));
}

base::Result<Json> ApiSession::send(const std::string& method, const std::string& path,
                                    const std::string& type, std::string body) {
  net::HttpRequest request{method, server_ + path, {{"Content-Type", type}}, std::move(body)};
  if (!cookie_.empty()) request.headers.emplace_back("Cookie", cookie_);
  if (!csrf_.empty()) request.headers.emplace_back("X-Halte-Csrf", csrf_);
  auto reply = http_.send(request);
  if (!reply) return std::unexpected(reply.error());
  if (auto cookie = reply->header("Set-Cookie")) cookie_ = std::string(cookie->substr(0, cookie->find(';')));
  if (reply->body.empty() && reply->status < 400) return Json(nullptr);
  auto json = base::parse_json(reply->body, "the answer to " + method + " " + path);
  if (reply->status >= 400) {
    std::string detail =
        json && json->is_object() ? json->value("title", "") + " " + json->value("detail", "") : "";
    return base::fail(server_ + path, fmt::format("{} {}", reply->status, detail), method);
  }
  if (!json) return std::unexpected(json.error());
  if (json->is_object() && json->contains("csrf")) csrf_ = (*json)["csrf"].get<std::string>();
  return json;
}

}  // namespace halte::tool
