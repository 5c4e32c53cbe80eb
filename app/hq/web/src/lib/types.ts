// SPDX-License-Identifier: Apache-2.0
// The shapes of /api/v1. Every figure is computed by the server; the browser only draws.

export type MetricName = 'nps' | 'emotion' | 'csat' | 'ces' | 'stars' | 'completion' | 'share' | (string & {})

export interface KnownFigure {
  metric: MetricName
  suppressed: false
  n: number
  value: number
  low: number
  high: number
}

/** Fewer than k answers: the server sends neither the number of answers nor the value. */
export interface SuppressedFigure {
  metric: MetricName
  suppressed: true
  k: number
}

export type Figure = KnownFigure | SuppressedFigure

export type Role = 'administrator' | 'analyst' | 'reviewer' | 'case_handler' | 'branch_manager' | 'privacy_officer' | 'reader'

export interface Me {
  email: string
  roles: Role[]
  branches: string[]
  csrf: string
  organisation: { name: string; demo: boolean }
}

export interface Period {
  from: string
  to: string
  days: number
}

export interface TrendDay {
  day: string
  nps: Figure
  emotion: Figure
}

export interface Kiosk {
  id: string
  name: string
  branch: { id: string; name: string }
  touchpoint: { id: string; name: string }
  state: 'online' | 'late' | 'silent' | 'never'
  last_seen: string | null
  pending: number
  oldest_pending_s: number
  parked: number
  version: string
}

export interface BranchRow {
  id: string
  name: string
  region: string
  nps: Figure
  emotion: Figure
  kiosks: { online: number; total: number }
}

export interface Overview {
  organisation: { name: string; demo: boolean }
  period: Period
  nps: Figure
  emotion: Figure
  completion: Figure
  responses: { n: number | null; today: number | null; today_suppressed: boolean }
  trend: TrendDay[]
  branches: BranchRow[]
  kiosks: Kiosk[]
}

export interface Reason {
  value: string
  label: string
  share: Figure
}

export interface Bin {
  bin: number
  n: number
}

export interface BranchPage {
  id: string
  name: string
  region: string
  zone: string
  period: Period
  nps: Figure
  emotion: Figure
  completion: Figure
  trend: TrendDay[]
  distribution: { emotion: Bin[] | null; nps: Bin[] | null }
  reasons: { happy: Reason[]; unhappy: Reason[] } | null
  touchpoints: { id: string; name: string; nps: Figure; emotion: Figure }[]
  kiosks: Kiosk[]
}

export interface BranchName {
  id: string
  name: string
  region: string
}

export interface JourneyRow {
  id: string
  title: string
  persona: string
  framework: string
  touchpoints: number
}

export type Channel = 'shop' | 'web' | 'mail' | 'phone' | 'chat' | 'social' | 'review-site' | 'event'

export interface Trend {
  metric: MetricName
  difference: number
  low: number
  high: number
  proven: boolean
  previous_n: number
}

export interface Target {
  metric: MetricName
  value: number
  met: 'yes' | 'no' | 'undecided'
}

export interface Touchpoint {
  id: string
  name: string
  channel: Channel
  doing: string
  thinking: string
  friction: string[]
  expected_emotion: number | null
  measured_by: string | null
  nps: Figure | null
  emotion: Figure | null
  latest: string | null
  age_s: number | null
  trend: Trend | null
  target: Target | null
  reasons: Reason[] | null
}

export interface Phase {
  id: string
  name: string
  goal: string
  touchpoints: Touchpoint[]
}

export interface Journey {
  id: string
  title: string
  version: number | string
  persona: { name: string; description: string; goals: string[]; pains: string[] }
  framework: string
  reviewed: string | null
  stale: boolean
  period: Period
  now: string
  phases: Phase[]
}

export interface Receipt {
  found: boolean
  state: 'stored' | 'pending' | 'erased'
  response?: {
    day: string
    branch: string
    touchpoint: string
    answers: { question: string; answer: string }[]
    has_comment: boolean
    has_contact: boolean
  }
  consents?: { purpose: string; text: string; state: 'given' | 'withdrawn' | 'refused' }[]
}
