// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/static_files.h"

#include <algorithm>
#include <array>

#include "core/base/bytes.h"
#include "core/base/crypto.h"
#include "core/base/file.h"
#include "sync/server/http/problem.h"

namespace halte::http {

namespace {

constexpr std::size_t hash_length = 8;  // Rollup's default

constexpr auto types = std::to_array<std::pair<std::string_view, const char*>>({
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
});

const char* type_of(std::string_view name) {
  for (const auto& [ending, type] : types) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

bool is_hash_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

bool has_hash(std::string_view name) {
  if (!name.starts_with("assets/")) return false;
  const auto stem = name.substr(0, name.rfind('.'));
  if (stem.size() <= hash_length) return false;
  const auto hash = stem.substr(stem.size() - hash_length);
  return stem[stem.size() - hash_length - 1] == '-' && std::ranges::all_of(hash, is_hash_char);
}

// "app.js.br" is the form "br" of "app.js".
std::pair<std::string, std::string> name_and_form(const std::string& path) {
  if (path.ends_with(".br")) return {path.substr(0, path.size() - 3), "br"};
  if (path.ends_with(".gz")) return {path.substr(0, path.size() - 3), "gzip"};
  return {path, ""};
}

}  // namespace

base::Result<StaticFiles> StaticFiles::create(const std::filesystem::path& folder) {
  StaticFiles files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_symlink() || !it->is_regular_file()) continue;
    auto bytes = base::read_file(it->path());
    if (!bytes) return std::unexpected(bytes.error());
    const auto [name, form] = name_and_form(it->path().lexically_relative(folder).generic_string());
    files.files_[name].forms[form] = std::move(*bytes);
  }
  if (error) return base::fail(folder, error.message(), "reading the pages", base::ErrorKind::not_found);

  std::erase_if(files.files_, [](const auto& entry) { return !entry.second.forms.contains(""); });
  for (auto& [name, file] : files.files_) {
    file.type = type_of(name);
    file.immutable = has_hash(name);
    const auto hash = base::to_hex(base::sha256(base::as_bytes(file.forms.at(""))));
    file.etag = "W/\"" + hash.substr(0, 32) + "\"";
  }
  if (!files.files_.contains("index.html")) {
    return base::fail(folder, "holds no index.html", "reading the pages", base::ErrorKind::invalid);
  }
  return files;
}

Response StaticFiles::answer(const Request& request, const std::string& path) const {
  const bool is_page = path.find('.', path.rfind('/') + 1) == path.npos;
  auto found = files_.find(path);
  if (found == files_.end() && is_page) found = files_.find("index.html");
  if (found == files_.end()) return problem(Problem::not_found);
  const File& file = found->second;

  Response response;
  response.headers = {{"Content-Type", file.type},
                      {"ETag", file.etag},
                      {"Vary", "Accept-Encoding"},
                      {"Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (etag_matches(request.headers.get("If-None-Match").value_or(""), file.etag)) {
    response.status = 304;
    return response;
  }
  const auto accepted = request.headers.get("Accept-Encoding").value_or("");
  for (const char* form : {"br", "gzip"}) {
    if (!file.forms.contains(form) || !accepts_encoding(accepted, form)) continue;
    response.headers.set("Content-Encoding", form);
    response.body = file.forms.at(form);
    return response;
  }
  response.body = file.forms.at("");
  return response;
}

Handler serve(StaticFiles files) {
  return
      [files = std::make_shared<const StaticFiles>(std::move(files))](const Request& request, Reply reply) {
        std::string path;
        for (const auto& [name, value] : request.path_parameters.all()) path = value;
        reply(files->answer(request, path));
      };
}

}  // namespace halte::http
