// SPDX-License-Identifier: Apache-2.0
// How far an organisation is on its way to the first answer, as the server has it.
import type { ApiError } from '../lib/http'
import { resource } from '../lib/resource.svelte'
import type { Kiosk, Kiosks, Overview, SurveyRow } from '../lib/types'

export type Step = 'survey' | 'place' | 'pair' | 'answer'
export const steps: Step[] = ['survey', 'place', 'pair', 'answer']

export interface Progress {
  readonly isKnown: boolean
  readonly error: ApiError | undefined
  /** The first that has been published. */
  readonly survey: SurveyRow | undefined
  /** The ids that are in use, by drafts too. */
  readonly surveyIds: string[]
  /** The first that a device is; else the first that there is. */
  readonly kiosk: Kiosk | undefined
  /** The first answer has come while somebody looked. */
  readonly isFresh: boolean
  /** How many answers a figure needs. */
  readonly k: number
  isDone: (step: Step) => boolean
  /** Nothing: all are done. */
  readonly next: Step | undefined
  /** Surveys are published without an event. */
  lookAgain: () => void
}

const longestDays = 1100

const isPaired = (kiosk: Kiosk) => kiosk.enrolled && !kiosk.revoked

/** Call while a component is made. */
export function readProgress(): Progress {
  let looks = $state(0)
  const surveys = resource<{ surveys: SurveyRow[] }>(() => `/surveys?look=${looks}`, () => true)
  const fleet = resource<Kiosks>(() => '/kiosks', (event) => event === 'kiosks')
  // A figure shows only from k answers on; a day that has any stands in the trend, with or without figures.
  const overview = resource<Overview>(() => `/overview?days=${longestDays}`, (event) => event !== 'kiosks')

  const survey = $derived(surveys.data?.surveys.find((one) => one.version !== null))
  const kiosk = $derived(fleet.data?.kiosks.find(isPaired) ?? fleet.data?.kiosks[0])
  const hasAnswer = $derived((overview.data?.trend.length ?? 0) > 0)
  const done = $derived<Record<Step, boolean>>({
    survey: survey !== undefined,
    place: kiosk !== undefined,
    pair: kiosk !== undefined && isPaired(kiosk),
    answer: hasAnswer,
  })
  const isKnown = $derived(surveys.data !== undefined && fleet.data !== undefined && overview.data !== undefined)
  let hasWaited = $state(false)
  $effect(() => {
    if (isKnown && !hasAnswer) hasWaited = true
  })
  return {
    get isKnown() {
      return isKnown
    },
    get error() {
      return surveys.error ?? fleet.error ?? overview.error
    },
    get survey() {
      return survey
    },
    get surveyIds() {
      return surveys.data?.surveys.map((one) => one.id) ?? []
    },
    get kiosk() {
      return kiosk
    },
    get isFresh() {
      return hasWaited && hasAnswer
    },
    get k() {
      const figure = overview.data?.emotion
      return figure?.suppressed ? figure.k : 0
    },
    isDone: (step) => done[step],
    get next() {
      return hasAnswer ? undefined : steps.find((step) => !done[step])
    },
    lookAgain: () => (looks += 1),
  }
}
