// SPDX-License-Identifier: Apache-2.0
// Who is signed in. The session itself is a cookie that scripts cannot read; this holds /me.
import { ApiError, jsonBody, request, requestTagged, requestText, type Tagged } from './http'
import type { Me, Role } from './types'

const state = $state({ me: undefined as Me | null | undefined })

/** undefined: not asked yet; null: nobody. */
export function me(): Me | null | undefined {
  return state.me
}

/** Whether somebody with that role is signed in. */
export function has(role: Role): boolean {
  return state.me?.roles.includes(role) ?? false
}

/** Whether surveys are theirs to write: `surveys` of sync/server/auth/roles. */
export function writesSurveys(): boolean {
  return has('administrator') || has('analyst')
}

/** Whether all branches, live: everybody but somebody who is a branch manager alone. */
export function seesEverything(): boolean {
  return state.me?.roles.some((role) => role !== 'branch_manager') ?? false
}

export async function loadSession(): Promise<void> {
  try {
    state.me = await request<Me>('/me', {})
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    state.me = null
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  state.me = await request<Me>('/sessions', jsonBody({ email, password }))
}

/** A weak password is refused before the link counts as used. */
export async function signInByLink(token: string, password = ''): Promise<void> {
  state.me = await request<Me>('/sessions/link', jsonBody(password ? { token, password } : { token }))
}

export interface SetUp {
  token: string
  organisation: string
  email: string
  password: string
}

export async function setUp(form: SetUp): Promise<void> {
  state.me = await request<Me>('/setup', jsonBody(form))
}

export async function signOut(): Promise<void> {
  try {
    await request('/session', { method: 'DELETE', headers: { 'X-Halte-Csrf': state.me?.csrf ?? '' } })
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error // it had ended by itself
  }
  state.me = null
}

/** A request that also notices that the session has ended. */
async function noticing<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) state.me = null
    throw error
  }
}

export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return noticing(request<T>(path, signal ? { signal } : {}))
}

export function readText(path: string): Promise<string> {
  return noticing(requestText(path))
}

export function readTagged<T>(path: string): Promise<Tagged<T>> {
  return noticing(requestTagged<T>(path))
}

const csrf = () => ({ 'X-Halte-Csrf': state.me?.csrf ?? '' })

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return noticing(request<T>(path, jsonBody(body, csrf())))
}

/** With a tag: refused (412) where somebody else has changed it since. */
export function put<T>(path: string, body: unknown, etag = ''): Promise<T> {
  return noticing(request<T>(path, jsonBody(body, etag ? { ...csrf(), 'If-Match': etag } : csrf(), 'PUT')))
}

export function patch<T>(path: string, body: unknown): Promise<T> {
  return noticing(request<T>(path, jsonBody(body, csrf(), 'PATCH')))
}

/** A document of another kind than ours, as it is. */
export function upload<T>(path: string, body: string | ArrayBuffer, type: string): Promise<T> {
  return noticing(request<T>(path, { method: 'PUT', headers: { 'Content-Type': type, ...csrf() }, body }))
}

export function remove(path: string): Promise<void> {
  return noticing(request<void>(path, { method: 'DELETE', headers: csrf() }))
}
