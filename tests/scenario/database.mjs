// SPDX-License-Identifier: Apache-2.0
// A look into the programs' databases, beside them and without a lock; and changes while nobody has them open.
import { DatabaseSync } from 'node:sqlite';

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
