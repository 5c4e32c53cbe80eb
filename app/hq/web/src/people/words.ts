// SPDX-License-Identifier: Apache-2.0
// Words for roles, and for what they may do.
import { mark, t } from '../lib/i18n.svelte'
import type { Person, Role } from '../lib/types'

const names: Record<Role, { name: string; may: string }> = {
  administrator: {
    name: mark('Administrator'),
    may: mark('Sees the figures of every branch, and looks after places, kiosks and people.'),
  },
  analyst: {
    name: mark('Analyst'),
    may: mark('Sees the figures of every branch, and makes surveys and journey maps.'),
  },
  reviewer: {
    name: mark('Comment reader'),
    may: mark('Sees the figures of every branch, and reads what customers wrote.'),
  },
  case_handler: {
    name: mark('Customer care'),
    may: mark('Sees the figures of every branch, and the contact details of customers who asked to hear from us.'),
  },
  branch_manager: {
    name: mark('Branch manager'),
    may: mark('Sees the figures of the branches chosen below, and no others.'),
  },
  privacy_officer: {
    name: mark('Privacy officer'),
    may: mark('Sees the figures of every branch, and who did what; sees to it that data is erased.'),
  },
  reader: {
    name: mark('Reader'),
    may: mark('Sees the figures of every branch, and changes nothing.'),
  },
}

export const roles = Object.keys(names) as Role[]
export const roleName = (role: Role) => t(names[role]?.name ?? role)
export const roleMay = (role: Role) => t(names[role]?.may ?? '')

// In the order of the table; the keys are the server's.
const accesses: Record<string, string> = {
  figures: mark('See figures; a branch manager those of their own branches'),
  headquarters: mark('See every branch side by side, live'),
  surveys: mark('Make surveys and journey maps'),
  organisation: mark('Change places, kiosks, people and settings'),
  comments: mark('Read what customers wrote'),
  contacts: mark('See the contact details that customers left'),
  privacy: mark('See who did what, and erase data'),
}
export const accessName = (access: string) => t(accesses[access] ?? access)

/** Those that are known first, in their order. */
export function accessesOf(permissions: Record<string, Role[]>): string[] {
  const known = Object.keys(accesses).filter((access) => access in permissions)
  return [...known, ...Object.keys(permissions).filter((access) => !(access in accesses))]
}

export const nameOf = (person: Person) => person.name || person.email
