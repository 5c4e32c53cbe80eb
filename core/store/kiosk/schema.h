// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "core/store/sqlite.h"

namespace halte::store::kiosk {

inline constexpr std::array<std::string_view, 4> schema_steps{R"sql(
  CREATE TABLE ledger (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    epoch         TEXT    NOT NULL,
    next_seq      INTEGER NOT NULL CHECK (next_seq >= 1),
    acknowledged  INTEGER NOT NULL CHECK (acknowledged >= 0)
  ) STRICT;

  CREATE TABLE enrolment (
    id                  INTEGER PRIMARY KEY CHECK (id = 1),
    server_url          TEXT NOT NULL,
    kiosk_id            TEXT NOT NULL,
    token               TEXT NOT NULL,
    device_public_key   BLOB NOT NULL,
    device_secret_key   BLOB NOT NULL,
    sealing_key_id      TEXT NOT NULL,
    sealing_public_key  BLOB NOT NULL,
    signing_key_id      TEXT NOT NULL,
    signing_public_key  BLOB NOT NULL,
    receipt_key         BLOB NOT NULL
  ) STRICT;

  CREATE TABLE configuration (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    version    INTEGER NOT NULL,
    payload    TEXT    NOT NULL,
    signature  BLOB    NOT NULL,
    etag       TEXT    NOT NULL
  ) STRICT;

  -- An open response: its body so far, with a hash of its own since SQLite has no page checksums.
  CREATE TABLE open_response (
    id    BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    body  TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- due is in milliseconds since 1970; closed is coarsened before it gets here. claimed: it may be on its
  -- way. again: it changed on its way, so one acknowledgement more is needed before it goes.
  CREATE TABLE outbox (
    seq           INTEGER PRIMARY KEY,
    kiosk         TEXT    NOT NULL,
    branch        TEXT    NOT NULL,
    type          TEXT    NOT NULL CHECK (type IN ('response', 'erasure', 'withdrawal', 'coverage')),
    id            BLOB    NOT NULL CHECK (length(id) = 16),
    hash          BLOB    NOT NULL,
    body          TEXT    NOT NULL,
    closed        INTEGER NOT NULL,
    due           INTEGER NOT NULL DEFAULT 0,
    claimed       INTEGER NOT NULL DEFAULT 0,
    again         INTEGER NOT NULL DEFAULT 0,
    parked        TEXT
  ) STRICT;
  CREATE INDEX outbox_state ON outbox (parked, due, closed);  -- counted after each step of the sync thread
  CREATE UNIQUE INDEX outbox_response ON outbox (id) WHERE type = 'response';

  CREATE TABLE receipt (
    hash    BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    id      BLOB NOT NULL CHECK (length(id) = 16),
    branch  TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'erased'))
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipt_response ON receipt (id);
)sql",
                                                              R"sql(
  -- Of the organisation: its logo, and what stands above the first question. Named by its SHA-256.
  CREATE TABLE picture (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
    content  BLOB NOT NULL
  ) STRICT;
)sql",
                                                              R"sql(
  -- What this kiosk counted, also after its rows were acknowledged. measures: what the question is for, since
  -- a kiosk forgets old surveys.
  CREATE TABLE series (
    row             INTEGER PRIMARY KEY,
    branch          TEXT    NOT NULL,
    touchpoint      TEXT    NOT NULL,
    survey          TEXT    NOT NULL,
    survey_version  INTEGER NOT NULL,
    question        TEXT    NOT NULL,
    measures        TEXT    NOT NULL,
    flagged         INTEGER NOT NULL,
    UNIQUE (branch, touchpoint, survey, survey_version, question, measures, flagged)
  ) STRICT;

  -- quarter: quarters of an hour since 1970 in UTC. band: of the response's score, 0 where it is none.
  CREATE TABLE count_quarter (
    series   INTEGER NOT NULL,
    quarter  INTEGER NOT NULL,
    band     INTEGER NOT NULL CHECK (band BETWEEN 0 AND 3),
    bin      TEXT    NOT NULL,
    n        INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (series, quarter, band, bin)
  ) STRICT, WITHOUT ROWID;

  -- What one response added, so that its erasure takes it away again. Only of those that have a receipt: for
  -- the others nobody can ask. The key comes first: SQLite 3.40's quick_check takes a column before one of the
  -- key for NULL where there is no rowid.
  CREATE TABLE counted (
    id       BLOB    NOT NULL CHECK (length(id) = 16),
    series   INTEGER NOT NULL,
    band     INTEGER NOT NULL,
    bin      TEXT    NOT NULL,
    quarter  INTEGER NOT NULL,
    PRIMARY KEY (id, series, band, bin)
  ) STRICT, WITHOUT ROWID;

  -- When the kiosk could be used, in minutes since 1970 in UTC; what no row covers, it was off.
  CREATE TABLE coverage (
    began  INTEGER PRIMARY KEY,
    ended  INTEGER NOT NULL CHECK (ended >= began),
    state  TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'blocked'))
  ) STRICT;

  CREATE TABLE pin (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    hash         TEXT    NOT NULL,
    generation   INTEGER NOT NULL,
    must_change  INTEGER NOT NULL,
    failures     INTEGER NOT NULL CHECK (failures >= 0)
  ) STRICT;
)sql",
                                                              R"sql(
  -- What was set at the glass of this machine, as JSON.
  CREATE TABLE adjustments (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    body  TEXT    NOT NULL
  ) STRICT;

  -- What this device asks with to be enrolled, until it is.
  CREATE TABLE asking_key (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    public_key  BLOB    NOT NULL CHECK (length(public_key) = 32),
    secret_key  BLOB    NOT NULL CHECK (length(secret_key) = 64)
  ) STRICT;
)sql"};

inline constexpr Schema schema{0x48414C4B /* "HALK" */, "halte-kiosk", schema_steps};

}  // namespace halte::store::kiosk
