// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/static_files.h"

#include <filesystem>

#include "core/base/file.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/http/test_server.h"

using namespace halte;
using namespace halte::http;

namespace {

struct Folder {
  halte::tests::TemporaryFolder own;
  const std::filesystem::path& path = own.path();

  Folder() {
    std::filesystem::create_directories(path / "pages/assets");
    write("secret.txt", "outside");
    write("pages/index.html", "<!doctype html>");
    write("pages/robots.txt", "robots");
    write("pages/assets/app-B3x9_k2Q.js", "plain script");
    write("pages/assets/app-B3x9_k2Q.js.gz", "gzip bytes");
    write("pages/assets/app-B3x9_k2Q.js.br", "brotli bytes");
    write("pages/assets/orphan.css.gz", "no plain form");
    std::filesystem::create_symlink(path / "secret.txt", path / "pages/link.txt");
  }
  void write(const char* name, const char* text) const { REQUIRE(base::write_file(path / name, text)); }
};

struct PageServer {
  Folder folder;
  std::unique_ptr<Server> server;

  PageServer() {
    Router router;
    router.add({"GET", "/{path...}", "anyone", serve(StaticFiles::create(folder.path / "pages").value())});
    server = std::move(Server::create({}, std::move(router), base::silent_log()).value());
  }
  std::string ask(std::string_view path, std::string_view fields = {}) const {
    RawClient client(server->port());
    client.send(get(path, fields));
    return client.reply();
  }
};

}  // namespace

TEST_CASE("pages: a hashed name is kept for a year, the index is asked for again") {
  const PageServer pages;
  const auto script = pages.ask("/assets/app-B3x9_k2Q.js");
  CHECK(body_of(script) == "plain script");
  CHECK(has_field(script, "Cache-Control: public, max-age=31536000, immutable"));
  CHECK(has_field(script, "Content-Type: text/javascript; charset=utf-8"));
  const auto index = pages.ask("/");
  CHECK(body_of(index) == "<!doctype html>");
  CHECK(has_field(index, "Cache-Control: no-cache"));
  CHECK(has_field(pages.ask("/robots.txt"), "Cache-Control: no-cache"));
}

TEST_CASE("pages: an ETag that still fits is 304 without a body") {
  const PageServer pages;
  const auto index = pages.ask("/index.html");
  const auto at = index.find("ETag: ") + 6;
  const auto etag = index.substr(at, index.find("\r\n", at) - at);
  const auto again = pages.ask("/", "If-None-Match: " + etag + "\r\n");
  CHECK(status_of(again) == 304);
  CHECK(again.find("Content-Length") == std::string::npos);
  CHECK(status_of(pages.ask("/", "If-None-Match: \"other\"\r\n")) == 200);
}

TEST_CASE("pages: the packed form is chosen by what the browser accepts") {
  const PageServer pages;
  const auto* script = "/assets/app-B3x9_k2Q.js";
  CHECK(body_of(pages.ask(script, "Accept-Encoding: gzip, br\r\n")) == "brotli bytes");
  const auto gzip = pages.ask(script, "Accept-Encoding: gzip, br;q=0\r\n");
  CHECK(body_of(gzip) == "gzip bytes");
  CHECK(has_field(gzip, "Content-Encoding: gzip"));
  CHECK(has_field(gzip, "Vary: Accept-Encoding"));
  CHECK(body_of(pages.ask(script, "Accept-Encoding: identity\r\n")) == "plain script");
}

TEST_CASE("pages: nothing outside the folder can be asked for") {
  const PageServer pages;
  for (const auto* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt",
                           "/..%2Fsecret.txt", "/link.txt", "//etc/passwd.txt", "/assets/orphan.css"}) {
    CAPTURE(std::string(path));
    CHECK(status_of(pages.ask(path)) == 404);
  }
}

TEST_CASE("pages: an unknown page is the index, an unknown file is 404") {
  const PageServer pages;
  CHECK(body_of(pages.ask("/branches/42")) == "<!doctype html>");
  CHECK(status_of(pages.ask("/assets/gone-B3x9_k2Q.js")) == 404);
}

TEST_CASE("pages: a folder that is missing or has no index is refused") {
  const Folder folder;
  CHECK(StaticFiles::create(folder.path / "none").error().kind == base::ErrorKind::not_found);
  CHECK(StaticFiles::create(folder.path / "pages/assets").error().kind == base::ErrorKind::invalid);
}
