// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "core/store/sqlite.h"

namespace halte::store::hq {

inline constexpr std::array<std::string_view, 4> schema_steps{R"sql(
  CREATE TABLE organisation (
    id                     INTEGER PRIMARY KEY CHECK (id = 1),
    name                   TEXT    NOT NULL,
    demo                   INTEGER NOT NULL CHECK (demo IN (0, 1)),
    k                      INTEGER NOT NULL CHECK (k >= 5),
    configuration_version  INTEGER NOT NULL,
    sealing_key_id         TEXT    NOT NULL,
    sealing_public_key     BLOB    NOT NULL,
    signing_key_id         TEXT    NOT NULL,
    signing_public_key     BLOB    NOT NULL,
    signing_secret_key     BLOB    NOT NULL,
    receipt_key            BLOB    NOT NULL,
    settings               TEXT    NOT NULL,
    contact                TEXT    NOT NULL,
    accent                 TEXT    NOT NULL
  ) STRICT;

  CREATE TABLE region (
    row   INTEGER PRIMARY KEY,
    id    TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL
  ) STRICT;

  CREATE TABLE branch (
    row            INTEGER PRIMARY KEY,
    id             TEXT NOT NULL UNIQUE,
    name           TEXT NOT NULL,
    region         TEXT NOT NULL,
    zone           TEXT NOT NULL,
    opening_hours  TEXT NOT NULL
  ) STRICT;

  CREATE TABLE touchpoint (
    row     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    survey  TEXT NOT NULL
  ) STRICT;

  CREATE TABLE survey (
    id          TEXT    NOT NULL,
    version     INTEGER NOT NULL,
    definition  TEXT    NOT NULL,
    metrics     TEXT    NOT NULL,
    PRIMARY KEY (id, version)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE notice (
    id       TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    purpose  TEXT    NOT NULL,
    texts    TEXT    NOT NULL,
    PRIMARY KEY (id, version)
  ) STRICT, WITHOUT ROWID;

  -- The exact text behind each hash that a consent may carry.
  CREATE TABLE notice_text (
    hash    BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    locale  TEXT NOT NULL,
    text    TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kiosk (
    row         INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    branch      TEXT    NOT NULL,
    touchpoint  TEXT    NOT NULL,
    public_key  BLOB    NOT NULL DEFAULT x'',
    token_hash  BLOB    UNIQUE,
    revoked     INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE enrolment_code (
    hash     BLOB    NOT NULL PRIMARY KEY,
    kiosk    TEXT    NOT NULL,
    expires  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE heartbeat (
    kiosk  TEXT    NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL,
    body   TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Rows of one kiosk and day lie together, and the key is the de-duplication. No other index here.
  -- marked: its survey version was unknown, so it counts as a response alone.
  CREATE TABLE response (
    kiosk   INTEGER NOT NULL,
    id      BLOB    NOT NULL CHECK (length(id) = 16),
    hash    BLOB    NOT NULL CHECK (length(hash) = 32),
    marked  INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    PRIMARY KEY (kiosk, id)
  ) STRICT, WITHOUT ROWID;

  -- What was erased stays out, whatever a kiosk or a backup brings. told: its kiosk knows.
  CREATE TABLE erased (
    kiosk  INTEGER NOT NULL,
    id     BLOB    NOT NULL CHECK (length(id) = 16),
    told   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kiosk, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE receipt (
    hash    BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    branch  TEXT    NOT NULL,
    kiosk   INTEGER NOT NULL,
    id      BLOB    NOT NULL CHECK (length(id) = 16)
  ) STRICT, WITHOUT ROWID;

  -- Erased by its receipt before it arrived here.
  CREATE TABLE erased_receipt (
    hash  BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32)
  ) STRICT, WITHOUT ROWID;

  -- A withdrawal may come before its response does: from the kiosk, or by the receipt.
  CREATE TABLE withdrawn_receipt (
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    purpose  TEXT NOT NULL,
    PRIMARY KEY (hash, purpose)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE withdrawn (
    kiosk    INTEGER NOT NULL,
    id       BLOB    NOT NULL CHECK (length(id) = 16),
    purpose  TEXT    NOT NULL,
    PRIMARY KEY (kiosk, id, purpose)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE received (
    kiosk  INTEGER NOT NULL,
    epoch  TEXT    NOT NULL,
    low    INTEGER NOT NULL,
    high   INTEGER NOT NULL,
    PRIMARY KEY (kiosk, epoch, low)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE coverage (
    kiosk  INTEGER NOT NULL,
    id     BLOB    NOT NULL,
    body   TEXT    NOT NULL,
    PRIMARY KEY (kiosk, id)
  ) STRICT, WITHOUT ROWID;

  -- A line of counts: everything of the key but hour, band and bin, so that the table that takes the
  -- batches is narrow.
  CREATE TABLE series (
    row             INTEGER PRIMARY KEY,
    branch          TEXT    NOT NULL,
    touchpoint      TEXT    NOT NULL,
    survey          TEXT    NOT NULL,
    survey_version  INTEGER NOT NULL,
    question        TEXT    NOT NULL,
    locale          TEXT    NOT NULL,
    variant         TEXT    NOT NULL,
    flagged         INTEGER NOT NULL,
    UNIQUE (touchpoint, branch, question, survey, survey_version, locale, variant, flagged)
  ) STRICT;

  -- hour: hours since 1970 in UTC. band: of the response's score, 0 where it is none.
  CREATE TABLE count_hour (
    series  INTEGER NOT NULL,
    hour    INTEGER NOT NULL,
    band    INTEGER NOT NULL CHECK (band BETWEEN 0 AND 3),
    bin     TEXT    NOT NULL,
    n       INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (series, hour, band, bin)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE latest (
    branch      TEXT    NOT NULL,
    touchpoint  TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (branch, touchpoint)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE journey (
    id        TEXT    NOT NULL PRIMARY KEY,
    version   INTEGER NOT NULL,
    document  TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE user (
    row            INTEGER PRIMARY KEY,
    email          TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash  TEXT NOT NULL,
    role           TEXT NOT NULL
  ) STRICT;

  CREATE TABLE session (
    hash     BLOB    NOT NULL PRIMARY KEY,
    user     INTEGER NOT NULL REFERENCES user (row) ON DELETE CASCADE,
    csrf     TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    used     INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE link (
    hash     BLOB    NOT NULL PRIMARY KEY,
    purpose  TEXT    NOT NULL CHECK (purpose IN ('set_up', 'sign_in')),
    user     INTEGER REFERENCES user (row) ON DELETE CASCADE,
    expires  INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE audit (
    seq      INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    actor    TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    subject  TEXT    NOT NULL,
    hash     BLOB    NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_append_only BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql",
                                                              R"sql(
  -- Named by its SHA-256, so one that is there never changes.
  CREATE TABLE picture (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
    type     TEXT NOT NULL CHECK (type IN ('image/png', 'image/jpeg')),
    content  BLOB NOT NULL,
    added    INTEGER NOT NULL
  ) STRICT;
)sql",
                                                              R"sql(
  -- The last PIN that was given out for a kiosk's manager view.
  CREATE TABLE manager_pin (
    kiosk       TEXT    NOT NULL PRIMARY KEY,
    hash        TEXT    NOT NULL,
    generation  INTEGER NOT NULL CHECK (generation >= 1)
  ) STRICT, WITHOUT ROWID;

  -- What a kiosk says of its numbers, by its epochs. captured: the most that it has told of; waiting: how many of
  -- those it still held then. reused: answers under a number that had come before. returned: heard again after
  -- another epoch was.
  CREATE TABLE epoch (
    kiosk     INTEGER NOT NULL,
    epoch     TEXT    NOT NULL,
    captured  INTEGER NOT NULL,
    waiting   INTEGER NOT NULL,
    heard     INTEGER NOT NULL,
    reused    INTEGER NOT NULL DEFAULT 0,
    returned  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kiosk, epoch)
  ) STRICT, WITHOUT ROWID;
)sql",
                                                              R"sql(
  -- own: what a place says of itself and of everything below it (core/site/inheritance.h).
  ALTER TABLE organisation ADD COLUMN own TEXT NOT NULL DEFAULT '{}';
  UPDATE organisation SET own = json_object('settings', json(settings));
  ALTER TABLE organisation DROP COLUMN settings;

  ALTER TABLE region ADD COLUMN parent TEXT NOT NULL DEFAULT '';
  ALTER TABLE region ADD COLUMN own TEXT NOT NULL DEFAULT '{}';

  ALTER TABLE branch ADD COLUMN own TEXT NOT NULL DEFAULT '{}';
  UPDATE branch SET own = json_object('zone', zone, 'opening_hours', json(opening_hours));
  ALTER TABLE branch DROP COLUMN zone;
  ALTER TABLE branch DROP COLUMN opening_hours;

  -- paused: asks nobody until it is told to go on.
  ALTER TABLE kiosk ADD COLUMN own TEXT NOT NULL DEFAULT '{}';
  ALTER TABLE kiosk ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;

  -- A person may have several roles. branches: of a branch manager, the own ones.
  ALTER TABLE user ADD COLUMN name TEXT NOT NULL DEFAULT '';
  ALTER TABLE user ADD COLUMN roles TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE user ADD COLUMN branches TEXT NOT NULL DEFAULT '[]';
  UPDATE user SET roles = json_array(role);
  ALTER TABLE user DROP COLUMN role;

  -- The next version of a survey while somebody writes it. revision: rises with every save.
  CREATE TABLE survey_draft (
    id          TEXT    NOT NULL PRIMARY KEY,
    revision    INTEGER NOT NULL,
    definition  TEXT    NOT NULL,
    metrics     TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    at          INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- What happened when: a refit, a promotion. branch and touchpoint: empty for all. day: local, as 2026-11-28.
  CREATE TABLE marker (
    row         INTEGER PRIMARY KEY,
    day         TEXT NOT NULL,
    label       TEXT NOT NULL,
    region      TEXT NOT NULL,
    branch      TEXT NOT NULL,
    touchpoint  TEXT NOT NULL
  ) STRICT;

  -- Devices that ask to become a kiosk, by the first 80 bits of the hash of their key.
  CREATE TABLE enrolment_request (
    fingerprint  BLOB    NOT NULL PRIMARY KEY CHECK (length(fingerprint) = 10),
    public_key   BLOB    NOT NULL CHECK (length(public_key) = 32),
    software     TEXT    NOT NULL,
    nonce        BLOB    NOT NULL,
    asked        INTEGER NOT NULL,
    expires      INTEGER NOT NULL,
    kiosk        TEXT    NOT NULL DEFAULT ''
  ) STRICT, WITHOUT ROWID;

  -- What a kiosk was to visitors, in minutes since 1970 in UTC; what no row covers, it was off. No kiosk ever
  -- filled the table before.
  DROP TABLE coverage;
  CREATE TABLE coverage (
    kiosk       INTEGER NOT NULL,
    began       INTEGER NOT NULL,
    ended       INTEGER NOT NULL CHECK (ended > began),
    branch      TEXT    NOT NULL,
    touchpoint  TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'blocked')),
    PRIMARY KEY (kiosk, began)
  ) STRICT, WITHOUT ROWID;

  -- Of programs. used: the day, in days since 1970.
  CREATE TABLE api_key (
    hash      BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    id        TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    roles     TEXT    NOT NULL,
    branches  TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    expires   INTEGER,
    used      INTEGER
  ) STRICT, WITHOUT ROWID;

  -- What a visitor wrote to one question, to be read by reviewers. It goes with its response, and with the
  -- answer that it stands for, whoever takes those away. ref: names it and tells nothing. day: local, since 1970.
  -- status: CommentStatus.
  CREATE TABLE comment (
    ref             BLOB    NOT NULL PRIMARY KEY CHECK (length(ref) = 16),
    kiosk           INTEGER NOT NULL,
    id              BLOB    NOT NULL,
    question        TEXT    NOT NULL,
    branch          TEXT    NOT NULL,
    touchpoint      TEXT    NOT NULL,
    locale          TEXT    NOT NULL,
    day             INTEGER NOT NULL,
    survey          TEXT    NOT NULL,
    survey_version  INTEGER NOT NULL,
    text            TEXT    NOT NULL,
    metric          TEXT    NOT NULL,
    score           INTEGER NOT NULL,
    band            INTEGER NOT NULL CHECK (band BETWEEN 0 AND 3),
    reasons         TEXT    NOT NULL,
    status          INTEGER NOT NULL DEFAULT 0 CHECK (status BETWEEN 0 AND 3),
    tags            TEXT    NOT NULL DEFAULT '[]',
    FOREIGN KEY (kiosk, id) REFERENCES response (kiosk, id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX comment_of_response ON comment (kiosk, id);
  CREATE INDEX comment_in_cell ON comment (branch, touchpoint, locale, day, id);
  CREATE TRIGGER comment_follows_its_answer AFTER UPDATE OF body ON response
  BEGIN
    DELETE FROM comment
    WHERE kiosk = new.kiosk AND id = new.id
      AND NOT EXISTS (SELECT 1 FROM json_each(new.body, '$.answers') a
                      WHERE a.key = comment.question AND a.value = comment.text);
  END;

  -- Of responses that came before this version it is not known yet whether they hold a comment.
  CREATE TABLE comment_backlog (
    kiosk  INTEGER NOT NULL,
    id     BLOB    NOT NULL,
    PRIMARY KEY (kiosk, id),
    FOREIGN KEY (kiosk, id) REFERENCES response (kiosk, id) ON DELETE CASCADE
  ) STRICT, WITHOUT ROWID;
  INSERT INTO comment_backlog (kiosk, id) SELECT kiosk, id FROM response WHERE marked = 0;

  -- Counts that are packed (packed.h, stretches.h); what arrived lately still stands in count_hour.
  -- key: the series' row << 16 | the number of its 8 days (hours) or 32 days (days) since 1970.
  CREATE TABLE count_hours (
    key   INTEGER PRIMARY KEY,
    bins  BLOB NOT NULL
  ) STRICT;
  CREATE TABLE count_days (
    key   INTEGER PRIMARY KEY,
    bins  BLOB NOT NULL
  ) STRICT;
  CREATE INDEX series_of_branch ON series (branch, touchpoint);
)sql"};

inline constexpr Schema schema{0x48414C51 /* "HALQ" */, "halte-hq", schema_steps};

}  // namespace halte::store::hq
