// SPDX-License-Identifier: Apache-2.0
// How long an answer takes to become durable, beside what the machine itself needs: an appended page with
// fdatasync, and a bare SQLite insert of the same row with the same settings. Taken in turns, so that all
// three see the same noise. Prints JSON in microseconds.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "core/store/kiosk/kiosk_store.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

namespace {

using namespace halte;

template <class Work>
double microseconds(Work work) {
  auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

double quantile(std::vector<double> values, double q) {
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, std::size_t(q * double(values.size())))];
}

}  // namespace

int main(int count, char** values) {
  const int rounds = count > 1 ? std::atoi(values[1]) : 2000;
  tests::TemporaryFolder folder;
  base::SystemRandom random;
  auto store = store::kiosk::KioskStore::create(folder / "kiosk.db", random);
  if (!store) {
    fmt::print(stderr, "{}\n", base::to_string(store.error()));
    return 1;
  }
  SQLite::Database bare((folder / "bare.db").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  bare.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
  bare.exec(
      "CREATE TABLE row (id BLOB NOT NULL PRIMARY KEY, hash BLOB NOT NULL, body TEXT NOT NULL) STRICT, "
      "WITHOUT ROWID");
  SQLite::Statement insert(bare, "INSERT INTO row (id, hash, body) VALUES (?, ?, ?)");
  int page = ::open((folder / "page").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const std::vector<char> zeros(4096);

  std::vector<double> sync, raw, open, close;
  for (int i = 0; i < rounds; ++i) {
    auto r = tests::a_response(random);
    std::string body = response::to_body(r);
    base::Bytes hash = base::sha256(base::as_bytes(body));
    sync.push_back(microseconds([&] {
      if (::write(page, zeros.data(), zeros.size()) > 0) ::fdatasync(page);
    }));
    raw.push_back(microseconds([&] {
      insert.reset();
      insert.bind(1, r.id.bytes.data(), int(r.id.bytes.size()));
      insert.bind(2, hash.data(), int(hash.size()));
      insert.bind(3, body);
      insert.exec();
    }));
    bool saved = true;
    open.push_back(microseconds([&] { saved = (*store)->save_open(r).has_value(); }));
    close.push_back(microseconds([&] { saved = saved && (*store)->close(r, {}).has_value(); }));
    if (!saved) {
      fmt::print(stderr, "a response could not be saved\n");
      return 1;
    }
  }
  ::close(page);
  auto print = [](const char* name, const std::vector<double>& v, const char* end) {
    fmt::print("\"{}\": {{\"p50\": {:.1f}, \"p99\": {:.1f}}}{}", name, quantile(v, 0.5), quantile(v, 0.99),
               end);
  };
  fmt::print("{{");
  print("fdatasync", sync, ", ");
  print("bare_insert", raw, ", ");
  print("save_open", open, ", ");
  print("close", close, "}\n");
}
