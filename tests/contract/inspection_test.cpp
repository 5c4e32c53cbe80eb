// SPDX-License-Identifier: Apache-2.0
// Looking at a kiosk's database from outside: what is seen, and that nothing is changed.
#include "core/store/kiosk/inspection.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "core/base/crypto.h"
#include "core/base/file.h"
#include "core/store/kiosk/kiosk_store.h"
#include "core/store/sqlite.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

using namespace halte;
using store::kiosk::inspect;
using store::kiosk::KioskStore;

namespace {

// Of every file in a folder: its name and its bytes' hash.
std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    all[entry.path().filename()] = base::to_hex(base::sha256(base::as_bytes(*base::read_file(entry.path()))));
  return all;
}

// With a receipt, so that every table of answers has its row.
response::Response an_answer(base::Random& random) {
  response::Response answer = tests::a_response(random);
  answer.receipt_hash = random.bytes(32);
  return answer;
}

void fill(KioskStore& store, base::Random& random, int answers) {
  for (int i = 0; i < answers; ++i) REQUIRE(store.close(an_answer(random), {}));
}

// A kiosk that was there and has ended in order.
void make(const std::filesystem::path& path, int answers) {
  base::SeededRandom random(3);
  auto store = KioskStore::create(path, random);
  REQUIRE(store);
  fill(**store, random, answers);
}

// A kiosk that was killed: its newest answers are in the log alone.
void make_and_kill(const std::filesystem::path& path, int answers) {
  const pid_t child = ::fork();
  if (child == 0) {
    base::SeededRandom random(3);
    auto store = KioskStore::create(path, random);
    for (int i = 0; store && i < answers; ++i) (void)(*store)->close(an_answer(random), {});
    std::_Exit(0);
  }
  int how = 0;
  REQUIRE(::waitpid(child, &how, 0) == child);
}

// Changes one byte of the first place where `text` stands in the file.
void change(const std::filesystem::path& path, const std::string& text) {
  std::string bytes = *base::read_file(path);
  const auto at = bytes.find(text);
  REQUIRE(at != bytes.npos);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(std::streamoff(at));
  file.put(char(bytes[at] ^ 1));
}

}  // namespace

TEST_CASE("inspection: of a kiosk that has ended, every answer is counted and no file changes") {
  tests::TemporaryFolder folder;
  make(folder / "kiosk.db", 30);
  const auto before = contents(folder.path());
  auto found = inspect(folder / "kiosk.db");
  REQUIRE(found);
  CHECK(found->rows == 30);
  CHECK(found->changed == 0);
  CHECK(found->faults.empty());
  CHECK(found->outbox.pending == 30);
  CHECK_FALSE(found->holder.has_value());
  CHECK(contents(folder.path()) == before);
}

TEST_CASE("inspection: of a kiosk that was killed, the answers in its log are counted and no file changes") {
  tests::TemporaryFolder folder;
  make_and_kill(folder / "kiosk.db", 30);
  REQUIRE(std::filesystem::file_size(folder / "kiosk.db-wal") > 0);
  for (const bool with_index : {true, false}) {
    if (!with_index) std::filesystem::remove(folder / "kiosk.db-shm");
    const auto before = contents(folder.path());
    auto found = inspect(folder / "kiosk.db");
    REQUIRE(found);
    CHECK(found->rows == 30);
    CHECK(found->changed == 0);
    CHECK(contents(folder.path()) == before);
  }
}

TEST_CASE("inspection: beside a running kiosk its newest answer is seen, and the kiosk goes on") {
  tests::TemporaryFolder folder;
  base::SeededRandom random(3);
  auto store = KioskStore::create(folder / "kiosk.db", random);
  REQUIRE(store);
  for (int i = 1; i <= 3; ++i) {
    fill(**store, random, 1);
    const auto log = contents(folder.path())["kiosk.db-wal"];
    auto found = inspect(folder / "kiosk.db");
    REQUIRE(found);
    CHECK(found->rows == i);
    CHECK(found->holder == ::getpid());
    CHECK(contents(folder.path())["kiosk.db-wal"] == log);
  }
}

TEST_CASE("inspection: who it is can be read and not written") {
  tests::TemporaryFolder folder;
  const site::Enrolment enrolment{
      "http://127.0.0.1:1", "kiosk-1", "token", {1}, {2}, "seal-1", {3}, "sign-1", {4}, base::Bytes(32, 5)};
  {
    base::SeededRandom random(3);
    auto store = KioskStore::create(folder / "kiosk.db", random);
    REQUIRE(store);
    REQUIRE((*store)->save_enrolment(enrolment));
  }
  const auto before = contents(folder.path());
  auto identity = store::kiosk::open_untouched(folder / "kiosk.db");
  REQUIRE(identity);
  CHECK((*identity)->enrolment() == enrolment);
  CHECK_FALSE((*identity)->save_enrolment(enrolment).has_value());
  CHECK(contents(folder.path()) == before);
}

TEST_CASE("inspection: a bit that fell over in an answer shows, though SQLite finds nothing") {
  tests::TemporaryFolder folder;
  make(folder / "kiosk.db", 5);
  change(folder / "kiosk.db", "went_well");
  auto found = inspect(folder / "kiosk.db");
  REQUIRE(found);
  CHECK(found->faults.empty());
  CHECK(found->rows == 5);
  CHECK(found->changed == 1);
}

TEST_CASE("inspection: a broken page is a fault of the file") {
  tests::TemporaryFolder folder;
  make(folder / "kiosk.db", 300);
  {
    std::fstream file(folder / "kiosk.db", std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff page = 4096 * 8; page < 4096 * 20; page += 4096) {
      file.seekp(page);
      for (int i = 0; i < 32; ++i) file.put('\x55');
    }
  }
  auto found = inspect(folder / "kiosk.db");
  const bool told = found ? !found->faults.empty() : found.error().kind == base::ErrorKind::refused;
  CHECK(told);
}

TEST_CASE("inspection: none, a foreign and a newer database are told apart, and nothing is made") {
  tests::TemporaryFolder folder;
  CHECK(inspect(folder / "kiosk.db").error().kind == base::ErrorKind::not_found);
  CHECK(contents(folder.path()).empty());
  std::ofstream(folder / "kiosk.db") << std::string(4096, 'x');
  CHECK(inspect(folder / "kiosk.db").error().kind == base::ErrorKind::refused);
  std::filesystem::remove(folder / "kiosk.db");
  make(folder / "kiosk.db", 1);
  SQLite::Database(folder / "kiosk.db", SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  auto newer = inspect(folder / "kiosk.db");
  REQUIRE_FALSE(newer);
  CHECK(newer.error().kind == base::ErrorKind::refused);
  CHECK(newer.error().cause.find("newer") != std::string::npos);
}
