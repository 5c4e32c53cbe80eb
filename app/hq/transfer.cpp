// SPDX-License-Identifier: Apache-2.0
#include "app/hq/transfer.h"

#include <fmt/format.h>

#include <fstream>

#include "core/store/hq/transfer.h"

namespace halte::hq {
namespace {

namespace fs = std::filesystem;
using store::hq::Transferred;

void print(const Transferred& done) {
  std::int64_t rows = 0;
  for (const auto& [table, n] : done.rows) {
    rows += n;
    if (n > 0) fmt::print("{:>10} {}\n", n, table);
  }
  fmt::print("{} rows; sha256 {}\n", rows, done.sha256);
}

// Whole or not at all, and for its owner alone: keys of kiosks are in it.
base::Status write_export(const fs::path& file, const fs::path& database) {
  if (fs::exists(file))
    return base::fail(file.string(), "is there already; name another file", "exporting the organisation",
                      base::ErrorKind::conflict);
  const fs::path draft = file.string() + ".part";
  std::ofstream out(draft, std::ios::binary | std::ios::trunc);
  std::error_code trouble;
  fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write, trouble);
  if (!out || trouble) return base::fail(file.string(), "cannot be written", "exporting the organisation");
  auto done = store::hq::export_organisation(database, out);
  out.close();
  if (done) fs::rename(draft, file, trouble);
  if (!done || trouble) {
    std::error_code ignored;
    fs::remove(draft, ignored);
    if (!done) return std::unexpected(done.error());
    return base::fail(file.string(), trouble.message(), "exporting the organisation");
  }
  print(*done);
  return {};
}

}  // namespace

base::Status run_transfer(const std::string& command, const fs::path& file, const fs::path& database) {
  if (command == "export") return write_export(file, database);
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return base::fail(file.string(), "cannot be read", "importing an organisation",
                      base::ErrorKind::not_found);
  std::error_code trouble;
  fs::create_directories(database.parent_path(), trouble);
  if (trouble)
    return base::fail(database.parent_path().string(), trouble.message(), "importing an organisation");
  auto done = store::hq::import_organisation(in, database);
  if (!done) return std::unexpected(done.error());
  print(*done);
  fmt::print("{} holds it now; everybody signs in anew\n", database.string());
  return {};
}

}  // namespace halte::hq
