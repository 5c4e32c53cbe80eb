// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/crypto.h"
#include "core/store/hq/hq_store.h"
#include "tests/support/responses.h"
#include "tests/support/temporary_folder.h"

namespace halte::tests::hq {

// The server's stores; what a test needs of one.
struct SqliteHq {
  TemporaryFolder folder;
  base::SeededRandom random{11};
  std::unique_ptr<store::hq::HqStore> store = *store::hq::HqStore::create_sqlite(folder / "hq.db");
};

inline outbox::Item item_of(std::uint64_t seq, const response::Response& r) {
  std::string body = response::to_body(r);
  return {seq, outbox::ItemType::response, r.id, base::sha256(base::as_bytes(body)), body};
}

inline store::hq::IngestBatch batch_of(std::vector<outbox::Item> items, std::int64_t kiosk = 1) {
  return {kiosk, "utrecht", "epoch-1", noon(), std::move(items)};
}

inline store::hq::Tally tally(const response::Response& r) {
  store::hq::Tally t{true, {}};
  if (r.answers.contains("nps")) t.counts.push_back({"nps", std::to_string(r.answers["nps"].get<int>()), 0});
  return t;
}

inline std::int64_t counted(store::hq::HqStore& store, const std::string& question) {
  auto rows = store.counts({.branches = std::vector<std::string>{"utrecht"},
                            .touchpoint = "checkout",
                            .questions = {question},
                            .from_hour = 0,
                            .to_hour = 1 << 20},
                           store::hq::Grain::total);
  std::int64_t n = 0;
  for (const auto& row : *rows) n += row.n;
  return n;
}

inline store::hq::IngestStatus ingest_one(store::hq::HqStore& store, outbox::Item item,
                                          std::int64_t kiosk = 1) {
  return store.ingest({batch_of({std::move(item)}, kiosk)}, tally)->results[0][0].status;
}

inline store::hq::Provision with_kiosk(const std::string& id, const std::string& name, bool revoked = false) {
  store::hq::KioskRecord kiosk;
  kiosk.id = id;
  kiosk.name = name;
  kiosk.branch = "utrecht";
  kiosk.touchpoint = "checkout";
  kiosk.revoked = revoked;
  store::hq::Provision p;
  p.kiosks = {kiosk};
  return p;
}

inline store::hq::OrganisationRecord an_organisation(bool demo) {
  store::hq::OrganisationRecord o;
  o.name = "Demo";
  o.demo = demo;
  o.sealing_key_id = "seal-1";
  o.signing_key_id = "sign-1";
  o.sealing_public_key = o.signing_public_key = o.signing_secret_key = o.receipt_key = base::Bytes(32, 1);
  return o;
}

}  // namespace halte::tests::hq

#define EACH_HQ halte::tests::hq::SqliteHq
