// SPDX-License-Identifier: Apache-2.0
// The map as columns: one touchpoint each, in the order of the phases.
import type { Figure, Journey, KnownFigure, Phase, Touchpoint } from '../lib/types'

export interface Column {
  touchpoint: Touchpoint
  phase: Phase
  opensPhase: boolean
}

export function columns(journey: Journey): Column[] {
  return journey.phases.flatMap((phase) =>
    phase.touchpoints.map((touchpoint, i) => ({ touchpoint, phase, opensPhase: i === 0 })),
  )
}

export function known(figure: Figure | null): KnownFigure | null {
  return figure && !figure.suppressed ? figure : null
}

export function changeKey(touchpoint: string, metric: string): string {
  return `${touchpoint} ${metric}`
}

/** The cells whose figure is another one than before. */
export function changes(before: Journey | undefined, after: Journey): string[] {
  if (!before) return []
  const old = new Map(columns(before).map(({ touchpoint }) => [touchpoint.id, touchpoint]))
  return columns(after).flatMap(({ touchpoint }) => {
    const was = old.get(touchpoint.id)
    if (!was) return []
    return (['nps', 'emotion'] as const)
      .filter((metric) => JSON.stringify(was[metric]) !== JSON.stringify(touchpoint[metric]))
      .map((metric) => changeKey(touchpoint.id, metric))
  })
}
