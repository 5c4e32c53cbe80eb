// SPDX-License-Identifier: Apache-2.0
#include "app/manager/certificates.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "core/base/file.h"
#include "sync/net/certificates.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/http/self_signed.h"

using namespace halte;

TEST_CASE("certificates: those of a stick are taken, and nothing else that lies on it") {
  tests::TemporaryFolder folder;
  const http::SelfSigned made("DNS:hq.example");
  const std::string certificate = *base::read_file(made.certificate());
  const std::string key = *base::read_file(made.tls().key);
  REQUIRE(base::write_file(folder / "a.pem", certificate));
  REQUIRE(base::write_file(folder / "b.crt", "some words\n" + certificate));
  REQUIRE(base::write_file(folder / "key.pem", key + certificate));
  REQUIRE(base::write_file(folder / "holiday.pem", "no certificate at all"));
  REQUIRE(base::write_file(folder / "notes.txt", certificate));
  REQUIRE(base::write_file(folder / "large.pem", certificate + std::string(1 << 20, ' ')));
  std::filesystem::create_directory(folder / "folder.pem");
  std::filesystem::create_symlink("/dev/zero", folder / "endless.pem");
  REQUIRE(base::write_file(folder / "c.pem",
                           "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + certificate));
  const std::string found = manager::find_certificates(folder / ".");
  CHECK(net::read_certificates(found).count == 3);
  CHECK(found == certificate + certificate + certificate);
  CHECK(manager::find_certificates(folder / "nowhere").empty());
}
