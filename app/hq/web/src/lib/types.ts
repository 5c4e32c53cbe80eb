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

/** One step of a trend on the branch's own calendar. */
export interface TrendStep {
  /** Its beginning by the clock on the wall: "2026-11-28T00:00:00". */
  at: string
  name: string
  figure: Figure
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
  enrolled: boolean
  revoked: boolean
  paused: boolean
  last_seen: string | null
  pending: number
  oldest_pending_s: number
  parked: number
  version: string
  /** "ok", "full", "salvaged"; empty: it has said nothing yet. */
  database: string
  /** "open", "closed", "service", "blocked"; empty: it has said nothing yet. */
  screen: string
  last_touch: string | null
  free_disk_bytes: number | null
  clock_offset_ms: number | null
  uptime_s: number | null
  /** Version of the configuration that it obeys. */
  configuration: number | null
  /** The worst first. */
  alerts: KioskAlert[]
}

export type KioskAlert = 'silent' | 'database' | 'parked' | 'disk' | 'backlog' | 'blocked' | 'clock'

export interface Kiosks {
  kiosks: Kiosk[]
  newest_configuration: number
}

export interface EnrolmentCode {
  code: string
  expires: string
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

/** What a place says of itself and of everything below it; the keys are those of the document. */
export interface Own {
  zone?: string
  opening_hours?: Hours
  asks?: Record<string, string>
  silent_minutes?: number
  settings?: Record<string, unknown>
}

export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** "08:00-21:00"; no span on any day: always open. */
export type Hours = Partial<Record<Day, string[]>>

export interface RegionPlace extends Own {
  id: string
  name: string
  parent?: string
}

export interface BranchPlace extends Own {
  id: string
  name: string
  region?: string
}

export interface KioskPlace extends Own {
  id: string
  name: string
  branch: string
  touchpoint: string
  paused?: boolean
}

export interface TouchpointPlace {
  id: string
  name: string
  survey: string
}

export interface ContactForm {
  enabled?: boolean
  fields?: string[]
  age_gate?: number
}

export interface Organisation extends Own {
  name: string
  k: number
  accent?: string
  contact?: ContactForm
  regions: RegionPlace[]
  branches: BranchPlace[]
  kiosks: KioskPlace[]
  touchpoints: TouchpointPlace[]
  surveys: { id: string; version: number; definition: { title?: string | Record<string, string> } }[]
}

export type PlaceKind = 'organisation' | 'region' | 'branch' | 'kiosk'

/** What holds at a place; `said_by` has a JSON Pointer for each value. */
export interface Inherited {
  id: string
  values: Own
  said_by: Record<string, { kind: PlaceKind; id: string; name: string }>
}

export interface Places {
  organisation: Inherited
  regions: Inherited[]
  branches: Inherited[]
  kiosks: Inherited[]
}

export interface Person {
  id: string
  email: string
  name: string
  roles: Role[]
  branches: string[]
  has_password: boolean
}

export interface People {
  people: Person[]
  permissions: Record<string, Role[]>
}

export interface ApiKey {
  id: string
  name: string
  roles: Role[]
  branches: string[]
  created: string
  expires: string | null
  last_used: string | null
}

// ---- reports

export interface Named {
  id: string
  name: string
}

export interface Difference {
  value: number
  low: number
  high: number
  p: number
  proven: boolean
}

export interface View {
  period: Period
  zone: string
  metric: MetricName
  region: Named | null
  branch: Named | null
  touchpoint: Named | null
  language: string | null
  variant: string | null
}

/** What a report can be filtered by. */
export interface Filters {
  regions: Named[]
  branches: Named[]
  touchpoints: Named[]
  languages: string[]
}

export interface ScoreReport {
  metric: MetricName
  without_marked: Figure
  with_marked: Figure
  before: Figure
  change: Difference | null
  distribution: Bin[] | null
}

export interface StatsReport {
  view: View
  k: number
  responses: { n: number | null; before: number | null; marked: number | null }
  completion: Figure
  scores: ScoreReport[]
}

export type StepName = 'hour' | 'day' | 'week' | 'month'

export interface TrendReport {
  view: View
  step: StepName
  points: { step: string; figure: Figure }[]
  breaks: { step: string; survey: string; version: number }[]
}

export interface HeatMapReport {
  view: View
  k: number
  days: (Figure | null)[][]
}

export interface ReasonsReport {
  view: View
  happy: Reason[]
  unhappy: Reason[]
}

export interface ComparisonReport {
  view: View
  by: string
  units: (Named & { figure: KnownFigure; change: Difference | null; standing: 'above' | 'below' | 'tied' | ''; rank: number | null })[]
  too_few: Named[]
}

/** Minutes of opening hours in which kiosks could be used, were covered by something, or were off. */
export interface Coverage {
  open_minutes: number
  blocked_minutes: number
  off_minutes: number
  share: number | null
}

export interface CoverageReport {
  view: View
  total: Coverage
  units: (Named & Coverage)[]
}

export interface ChangesReport {
  view: View
  looked_at: number
  changes: { of: Named & { kind: 'branch' | 'touchpoint' }; metric: MetricName; before: Figure; now: Figure; change: Difference }[]
}

export interface Marker {
  id: string
  day: string
  label: string
  region: string | null
  branch: string | null
  touchpoint: string | null
}

/** A device that asks to become a kiosk, and what it may become. */
export interface EnrolmentRequest {
  fingerprint: string
  software: string
  asked: string
  approved_as: string | null
  kiosks: {
    id: string
    name: string
    branch: { id: string; name: string }
    touchpoint: { id: string; name: string }
    enrolled: boolean
  }[]
  branches: { id: string; name: string }[]
  touchpoints: { id: string; name: string }[]
}

// ---- comments

export type CommentStatus = 'new' | 'read' | 'to_do' | 'done'

export interface Comment {
  id: string
  /** First and last day of the span in which it was written; the day itself is not told. */
  from: string
  to: string
  /** null: too few wrote there to tell. */
  branch: Named | null
  touchpoint: Named
  language: string
  question: string
  text: string
  score: { metric: MetricName; value: number; band: 'low' | 'middle' | 'high' } | null
  reasons: CommentReason[]
  status: CommentStatus
  tags: string[]
}

/** A choice that was named as a reason. */
export interface CommentReason {
  id: string
  label: string
}

export interface CommentPage {
  comments: Comment[]
  /** The next page's cursor. */
  next: string | null
  statuses: Record<CommentStatus, number>
  /** In steps of k; 0: fewer than k. */
  hidden: { at_least: number; from: string; to: string } | null
  tags: string[]
  /** All that can be named, with the title of their question. */
  reasons: (CommentReason & { question: string })[]
  view: View
  k: number
}

// ---- surveys

/** A text, or one by language; "default" is the survey's own. */
export type Texts = string | Record<string, string>

export interface SurveyRow {
  id: string
  title: Texts
  version: number | null
  draft: object | null
  touchpoints: Named[]
}

/** As much of a SurveyJS element as is looked at. */
export interface SurveyElement {
  type: string
  name: string
  title?: Texts
  visibleIf?: string
  rateType?: 'smileys' | 'stars' | 'labels'
  rateMin?: number
  rateMax?: number
  rateValues?: (number | { value: number; text?: Texts })[]
  minRateDescription?: Texts
  maxRateDescription?: Texts
  labelTrue?: Texts
  labelFalse?: Texts
  choices?: (string | { value: string; text?: Texts })[]
}

export interface SurveyDefinition {
  title?: Texts
  pages: { name: string; elements: SurveyElement[] }[]
}

export interface SurveyTemplate {
  id: string
  definition: SurveyDefinition
  metrics: Record<string, unknown>
}
