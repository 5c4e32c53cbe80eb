// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/base/error.h"
#include "sync/server/http/handler.h"

namespace halte::http {

// A folder of built pages, read once into memory: nothing outside it can be asked for. "x.js.gz" and
// "x.js.br" are other forms of "x.js", chosen by Accept-Encoding. Names with a hash
// as the bundler makes them ("assets/app-B3x9_k2Q.js") may be kept for a year; the others carry an ETag and
// are asked for again.
class StaticFiles {
 public:
  // not_found: no such folder. invalid: it holds no index.html.
  static base::Result<StaticFiles> create(const std::filesystem::path& folder);

  // `path` relative, decoded. "" and an unknown page (no dot in its last segment: the dashboard routes in
  // the browser) are index.html; an unknown file is 404.
  Response answer(const Request& request, const std::string& path) const;

 private:
  struct File {
    std::string type;
    std::string etag;
    bool immutable = false;
    std::map<std::string, std::string> forms;  // by Content-Encoding, "" is the plain one
  };
  std::map<std::string, File> files_;
};

// For the route GET "/{path...}".
Handler serve(StaticFiles files);

}  // namespace halte::http
