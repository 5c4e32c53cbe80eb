// SPDX-License-Identifier: Apache-2.0
// The three things a receipt code opens: see, withdraw, erase. Sent without cookies.
import { jsonBody, request } from '../lib/http'
import type { Receipt } from '../lib/types'

function post<T>(what: string, body: unknown): Promise<T> {
  return request<T>(`/receipts/${what}`, { ...jsonBody(body), credentials: 'omit' })
}

export function lookUp(code: string): Promise<Receipt> {
  return post('look-up', { code })
}

export function withdraw(code: string, purpose: string): Promise<Receipt> {
  return post('withdraw', { code, purpose })
}

export function erase(code: string): Promise<{ state: 'erased' | 'pending' }> {
  return post('erase', { code })
}

const alphabet = /[0-9A-HJKMNP-TV-Z]/

/** Crockford base32 as people type it: any case and spacing, O for 0, I and L for 1; in groups of four. */
export function tidyCode(typed: string): string {
  const symbols = [...typed.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')].filter((c) => alphabet.test(c))
  return symbols.join('').replace(/(.{4})(?=.)/g, '$1-')
}
