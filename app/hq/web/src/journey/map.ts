// SPDX-License-Identifier: Apache-2.0
import type { Resource } from '../lib/resource.svelte'
import type { CoverageReport, Journey, Touchpoint } from '../lib/types'

/** What a map is drawn of, for the wall and for a phone. */
export interface MapProps {
  journey: Journey
  /** The touchpoints and metrics that have just moved (changeKey). */
  changed: ReadonlySet<string>
  /** By touchpoint. */
  coverage: Resource<CoverageReport>
  since: number
  onopen: (touchpoint: Touchpoint) => void
}
