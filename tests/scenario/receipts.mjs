// SPDX-License-Identifier: Apache-2.0
// Codes that visitors take home, as the kiosk hashes them.
import { execFileSync } from 'node:child_process';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// Crockford's base 32.
export function crockford(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replaceAll(/.{1,5}/g, (five) => digits[Number.parseInt(five.padEnd(5, '0'), 2)]);
}

// BLAKE2b with a key, which Node's crypto does not have.
export function receiptHash(bytes, key) {
  const code = 'import hashlib, sys; print(hashlib.blake2b(bytes.fromhex(sys.argv[1]), key=bytes.fromhex(sys.argv[2]), digest_size=32).hexdigest())';
  const hex = (data) => Buffer.from(data).toString('hex');
  return Buffer.from(execFileSync('python3', ['-c', code, hex(bytes), hex(key)], { encoding: 'utf8' }).trim(), 'hex');
}
