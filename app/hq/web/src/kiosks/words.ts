// SPDX-License-Identifier: Apache-2.0
// What a kiosk says of itself, in words for whoever runs a shop, and how much it needs somebody.
import type { IconName } from '../components/Icon.svelte'
import { since } from '../lib/clock.svelte'
import * as format from '../lib/format'
import { mark, plural, t } from '../lib/i18n.svelte'
import type { Kiosk, KioskAlert } from '../lib/types'

export type Tone = 'ok' | 'warn' | 'error' | 'quiet'
export type Condition = 'revoked' | 'unpaired' | 'paused' | Kiosk['state']

/** Whether it is at work, and if not why: what somebody decided goes before what it says. */
export function conditionOf(kiosk: Kiosk): Condition {
  if (kiosk.revoked) return 'revoked'
  if (!kiosk.enrolled) return 'unpaired'
  if (kiosk.paused) return 'paused'
  return kiosk.state
}

const conditions: Record<Condition, { text: string; icon: IconName; tone: Tone }> = {
  online: { text: mark('Online'), icon: 'check', tone: 'ok' },
  late: { text: mark('Late'), icon: 'clock', tone: 'warn' },
  silent: { text: mark('Silent'), icon: 'warning', tone: 'error' },
  never: { text: mark('Never seen'), icon: 'question', tone: 'quiet' },
  paused: { text: mark('Paused'), icon: 'pause', tone: 'quiet' },
  unpaired: { text: mark('Not paired'), icon: 'key', tone: 'quiet' },
  revoked: { text: mark('Shut out'), icon: 'cross', tone: 'quiet' },
}
export const allConditions = Object.keys(conditions) as Condition[]

export function conditionWords(condition: Condition) {
  const { text, icon, tone } = conditions[condition]
  return { text: t(text), icon, tone }
}

const alertOrder: KioskAlert[] = ['silent', 'database', 'parked', 'disk', 'backlog', 'blocked', 'clock']
const afterAlerts: Condition[] = ['silent', 'late', 'never', 'unpaired', 'paused', 'online', 'revoked']

function needOf(kiosk: Kiosk): number {
  const worst = kiosk.alerts[0]
  return worst ? alertOrder.indexOf(worst) : alertOrder.length + afterAlerts.indexOf(conditionOf(kiosk))
}

/** Those that need somebody first, the worst at the top; the others by how far they are from being at work. */
export function byNeed(kiosks: Kiosk[]): Kiosk[] {
  const order = new Intl.Collator(undefined, { numeric: true })
  return [...kiosks].sort((a, b) => needOf(a) - needOf(b) || order.compare(a.branch.name, b.branch.name) || order.compare(a.name, b.name))
}

/** Less than half a second is none. */
export const offsetInWords = (ms: number) => (Math.abs(ms) < 500 ? t('none') : format.duration(Math.abs(ms) / 1000))

export interface Advice {
  alert: KioskAlert
  tone: 'warn' | 'error'
  what: string
  todo: string
}

type Words = { tone: 'warn' | 'error'; what: (kiosk: Kiosk) => string; todo: string }

const advice: Record<KioskAlert, Words> = {
  silent: {
    tone: 'error',
    what: (kiosk) =>
      kiosk.last_seen ? t('Not heard from since {when}, while the branch is open', { when: format.moment(kiosk.last_seen) }) : '',
    todo: mark('Is the screen on? Look at the plug and the network cable, and switch the kiosk off and on once. What customers answer meanwhile is kept on it and comes in later.'),
  },
  database: {
    tone: 'error',
    what: (kiosk) => {
      if (kiosk.database === 'full') return t('Its storage is full: it asks nobody now')
      if (kiosk.database === 'salvaged') return t('Its storage was damaged; what could be read was saved')
      return t('Its storage does not work')
    },
    todo: mark('See that it has a network, so that it can send what it holds. If this stays, have whoever looks after your computers check its disk before it is switched off.'),
  },
  parked: {
    tone: 'error',
    what: (kiosk) => plural(kiosk.parked, '1 answer was refused by headquarters', '{n} answers were refused by headquarters'),
    todo: mark('They are kept on the kiosk. Its manager finds them on the glass, under delivery to headquarters, and can try again there or put them on a USB stick. Do that before this device is replaced.'),
  },
  disk: {
    tone: 'warn',
    what: (kiosk) => t('Its disk is nearly full: {free} left', { free: format.bytes(kiosk.free_disk_bytes ?? 0) }),
    todo: mark('It goes on asking until the disk is full. Have whoever looks after your computers make room.'),
  },
  backlog: {
    tone: 'warn',
    what: (kiosk) => t('Answers have been waiting for {age}', { age: format.duration(kiosk.oldest_pending_s) }),
    todo: mark('It is heard from, but its answers do not come in. Nothing is lost. Switch it off and on once; if they still wait after an hour, call whoever looks after your computers.'),
  },
  blocked: {
    tone: 'warn',
    what: () => t('Something lies on the glass or stands before it'),
    todo: mark('Take away what touches the glass and wipe it dry. It goes on by itself.'),
  },
  clock: {
    tone: 'warn',
    what: (kiosk) => t('Its clock is {offset} off', { offset: offsetInWords(kiosk.clock_offset_ms ?? 0) }),
    todo: mark('Answers may count at the wrong hour. Have whoever looks after your computers let it set its clock by the network.'),
  },
}

/** What needs somebody, the worst first. */
export function adviceOn(kiosk: Kiosk): Advice[] {
  return kiosk.alerts.map((alert) => {
    const { tone, what, todo } = advice[alert]
    return { alert, tone, what: what(kiosk), todo: t(todo) }
  })
}

const screens: Record<string, string> = {
  open: mark('Asks customers'),
  closed: mark('Closed'),
  service: mark('Out of service'),
  blocked: mark('Covered'),
}
export const screenName = (screen: string) => (screens[screen] ? t(screens[screen]) : screen || '–')

export interface Fact {
  key: string
  name: string
  value: string
  exact?: string
  note: string
}

const whens = (iso: string) => ({ value: since(iso), exact: format.moment(iso) })

const seenNotes: Record<Kiosk['state'], string> = {
  online: mark('It is heard from regularly, so its connection works.'),
  late: mark('A little late. Wait until half an hour has passed; often it comes back by itself.'),
  silent: mark('It has no power or no network. Outside opening hours that may be meant so.'),
  never: mark('Nothing has been heard from it yet. It reports as soon as it is paired and on.'),
}

const screenNotes: Record<string, string> = {
  open: mark('It shows the first question and waits for customers.'),
  closed: mark('Outside the opening hours it asks nobody.'),
  service: mark('It asks nobody now: it is paused, it is not set up, or its storage is full.'),
  blocked: mark('It asks nobody until the glass is free.'),
}

/** Whether a device is this kiosk, and what to do where none is. */
export function pairing(kiosk: Kiosk): { value: string; note: string } {
  if (kiosk.revoked) return { value: t('Shut out'), note: t('Headquarters takes nothing from it. A new code lets it, or another device, in again.') }
  if (!kiosk.enrolled) return { value: t('Not paired'), note: t('No device is this kiosk yet. Make a code and type it on its glass.') }
  return { value: t('Paired'), note: t('One device is this kiosk, and no other can pretend to be it.') }
}

function waiting(kiosk: Kiosk): { value: string; note: string } {
  if (kiosk.pending === 0) return { value: t('none'), note: t('Everything that customers answered has come in.') }
  const oldest = t('oldest {age}', { age: format.duration(kiosk.oldest_pending_s) })
  return {
    value: `${format.count(kiosk.pending)}, ${oldest}`,
    note: kiosk.revoked
      ? t('They stay on the device that was shut out.')
      : t('They are kept on the kiosk, and come in by themselves as soon as the network works.'),
  }
}

function storage(kiosk: Kiosk): { value: string; note: string } {
  const free = kiosk.free_disk_bytes === null ? '–' : t('{free} left', { free: format.bytes(kiosk.free_disk_bytes) })
  if (kiosk.database === 'ok') return { value: free, note: t('In order. Below 200 MB it is said here.') }
  return { value: free, note: kiosk.database ? t('Not in order: see what it needs.') : '' }
}

function settings(kiosk: Kiosk, newest: number): { value: string; note: string } {
  if (kiosk.configuration === null) return { value: '–', note: '' }
  return kiosk.configuration >= newest
    ? { value: t('The newest'), note: t('It has everything that was changed here.') }
    : { value: t('Older ones'), note: t('It takes over the newest within five minutes, or as soon as it is online again.') }
}

function clock(kiosk: Kiosk): { value: string; note: string } {
  if (kiosk.clock_offset_ms === null) return { value: '–', note: '' }
  if (Math.abs(kiosk.clock_offset_ms) < 500) return { value: t('Right'), note: '' }
  return { value: t('{offset} off', { offset: offsetInWords(kiosk.clock_offset_ms) }), note: t('Up to two minutes is nothing to mind.') }
}

/** All that is known of a kiosk, one line each. */
export function factsOf(kiosk: Kiosk, newest: number): Fact[] {
  return [
    { key: 'seen', name: t('Last seen'), ...(kiosk.last_seen ? whens(kiosk.last_seen) : { value: t('never') }), note: kiosk.revoked ? '' : t(seenNotes[kiosk.state]) },
    { key: 'pairing', name: t('Pairing'), ...pairing(kiosk) },
    { key: 'pending', name: t('Answers waiting to be sent'), ...waiting(kiosk) },
    {
      key: 'parked',
      name: t('Refused answers'),
      value: kiosk.parked ? format.count(kiosk.parked) : t('none'),
      note: kiosk.parked ? t('They wait on the kiosk for a person.') : t('Headquarters took everything that was sent.'),
    },
    { key: 'screen', name: t('Screen'), value: screenName(kiosk.screen), note: screenNotes[kiosk.screen] ? t(screenNotes[kiosk.screen] ?? '') : '' },
    {
      key: 'touch',
      name: t('Last touch'),
      ...(kiosk.last_touch ? whens(kiosk.last_touch) : { value: '–' }),
      note: t('Told roughly. Nobody for days? Then stand it where customers pass.'),
    },
    { key: 'disk', name: t('Storage'), ...storage(kiosk) },
    { key: 'clock', name: t('Clock'), ...clock(kiosk) },
    { key: 'settings', name: t('Settings'), ...settings(kiosk, newest) },
    {
      key: 'version',
      name: t('Version'),
      value: kiosk.version || '–',
      note: kiosk.uptime_s === null ? '' : t('On for {time} without a restart.', { time: format.duration(kiosk.uptime_s) }),
    },
  ]
}
