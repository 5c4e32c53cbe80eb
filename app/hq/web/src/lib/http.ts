// SPDX-License-Identifier: Apache-2.0
// One JSON request to /api/v1; a refusal becomes an ApiError with the problem's title and detail.

/** What is wrong at one place of a document; the pointer is a JSON Pointer. */
export interface FieldProblem {
  pointer: string
  reason: string
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly problems: FieldProblem[] = [],
  ) {
    super(`${status} ${title}`)
  }
}

/** Status 0: no connection to the server. */
async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, init)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError(0, 'unreachable', String(cause))
  }
}

async function refuse(response: Response): Promise<never> {
  const problem = (await response.json().catch(() => ({}))) as {
    title?: string
    detail?: string
    problems?: FieldProblem[]
  }
  throw new ApiError(response.status, problem.title ?? response.statusText, problem.detail ?? '', problem.problems)
}

export async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await reach(path, init)
  if (!response.ok) return refuse(response)
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T)
}

/** What is no JSON, as it is. */
export async function requestText(path: string): Promise<string> {
  const response = await reach(path, {})
  return response.ok ? response.text() : refuse(response)
}

/** What was read, and the tag that a change of it names in If-Match. */
export interface Tagged<T> {
  data: T
  etag: string
}

export async function requestTagged<T>(path: string): Promise<Tagged<T>> {
  const response = await reach(path, {})
  if (!response.ok) return refuse(response)
  return { data: (await response.json()) as T, etag: response.headers.get('ETag') ?? '' }
}

export function jsonBody(body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
