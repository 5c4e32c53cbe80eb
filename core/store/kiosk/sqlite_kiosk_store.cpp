// SPDX-License-Identifier: Apache-2.0
#include "core/store/kiosk/sqlite_kiosk_store.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/store/kiosk/schema.h"

namespace halte::store::kiosk {
namespace {

constexpr std::int64_t ballast_bytes = 4 << 20;

}  // namespace

base::Status SqliteKioskStore::start(base::Random& random) {
  return write("making its ledger", [&] {
    auto& insert =
        db_.statement("INSERT OR IGNORE INTO ledger (id, epoch, next_seq, acknowledged) VALUES (1, ?, 1, 0)");
    insert.bind(1, outbox::make_epoch(random));
    insert.exec();
  });
}

std::int64_t SqliteKioskStore::free_bytes() const {
  struct statvfs disk{};
  return ::statvfs(path_.parent_path().c_str(), &disk) == 0
             ? std::int64_t(disk.f_bavail) * std::int64_t(disk.f_frsize)
             : 0;
}

bool SqliteKioskStore::has_room() const {
  const bool room = free_bytes() >= reserve_bytes;
  if (room) lay_ballast();
  return room;
}

base::Status SqliteKioskStore::probe() {
  return read("trying whether it can be written", [&] { Transaction nothing(db_); });
}

void SqliteKioskStore::lay_ballast() const {
  if (free_bytes() < reserve_bytes + 2 * ballast_bytes) return;
  int fd = ::open(ballast_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return;  // without it the reserve still guards the disk
  (void)::posix_fallocate(fd, 0, ballast_bytes);
  ::close(fd);
}

bool SqliteKioskStore::give_ballast_up() const {
  std::error_code ignored;
  return std::filesystem::remove(ballast_path(), ignored);
}

base::Result<std::unique_ptr<KioskStore>> KioskStore::create(const std::filesystem::path& path,
                                                             base::Random& random) {
  auto database = Database::open(path, schema);
  if (!database) return std::unexpected(database.error());
  auto store = std::make_unique<SqliteKioskStore>(std::move(*database), std::filesystem::absolute(path));
  if (auto started = store->start(random); !started) return std::unexpected(started.error());
  store->lay_ballast();
  return store;
}

}  // namespace halte::store::kiosk
