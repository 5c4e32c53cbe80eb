// SPDX-License-Identifier: Apache-2.0

/** Without capitals and accents: "Café" is found by "cafe". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
