// SPDX-License-Identifier: Apache-2.0
// Who is signed in. The session itself is a cookie that scripts cannot read; this holds /me.
import { ApiError, jsonBody, request } from './http'
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

export async function signInByLink(token: string): Promise<void> {
  state.me = await request<Me>('/sessions/link', jsonBody({ token }))
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
async function ask<T>(path: string, init: RequestInit): Promise<T> {
  try {
    return await request<T>(path, init)
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) state.me = null
    throw error
  }
}

export function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask(path, signal ? { signal } : {})
}

export function post<T>(path: string, body: unknown = {}): Promise<T> {
  return ask(path, jsonBody(body, { 'X-Halte-Csrf': state.me?.csrf ?? '' }))
}
