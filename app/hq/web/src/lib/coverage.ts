// SPDX-License-Identifier: Apache-2.0
// How much of their opening hours kiosks asked: it stands beside every score, and comes beside the page's figures.
import { resource, type Resource } from './resource.svelte'
import type { Coverage, CoverageReport } from './types'

const toldEveryMs = 300_000 // a kiosk tells it in steps of five minutes, which is no event

/** Call while a component is made. `view`: place, period and division, as "days=30&by=branch". */
export function coverageOf(view: () => string): Resource<CoverageReport> {
  return resource<CoverageReport>(() => `/coverage?${view()}`, () => false, toldEveryMs)
}

/** Of one of the parts that the report is divided into, else of all; nothing where no kiosk has told anything. */
export function coverageIn(report: CoverageReport | undefined, unit?: string): Coverage | undefined {
  return unit === undefined ? report?.total : report?.units.find((one) => one.id === unit)
}
