// SPDX-License-Identifier: Apache-2.0
// A look into the programs' databases, beside them and without a lock; and changes while nobody has them open.
import { DatabaseSync } from 'node:sqlite';
import { until } from '../../app/tool/demo/processes.mjs';

export function query(path, sql, ...values) {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare(sql).all(...values);
  } finally {
    db.close();
  }
}

export function change(path, work) {
  const db = new DatabaseSync(path);
  try {
    db.exec('BEGIN');
    work(db);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

// The answers that headquarters has of a kiosk.
export function answers(hqData, kiosk) {
  const sql = 'SELECT hex(r.id) AS id, r.body FROM response r JOIN kiosk k ON k.row = r.kiosk WHERE k.id = ? ORDER BY r.id';
  return query(`${hqData}/hq.db`, sql, kiosk).map((row) => ({ ...JSON.parse(row.body), id: row.id }));
}

const mostInRows = 5_000; // as app/hq/packing.cpp has it

// A server brings counts from rows into bytes on a thread of its own. Tables can be compared with what they were once
// it has nothing to do: too few counts for that, or all of them packed.
export async function packed(database) {
  const rows = (table) => query(database, `SELECT count(*) AS n FROM ${table}`)[0].n;
  await until('the counts to be packed', () => {
    const waiting = rows('count_hour');
    return waiting === 0 || (waiting <= mostInRows && rows('count_days') === 0);
  }, 60_000);
}
