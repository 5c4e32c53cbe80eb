// SPDX-License-Identifier: Apache-2.0
// The organisation as a tree, and the rows of it that are to be seen.
import { locale } from '../lib/i18n.svelte'
import { plain } from '../lib/text'
import type { Organisation, PlaceKind } from '../lib/types'

export interface Node {
  kind: PlaceKind
  id: string // "" of the organisation
  key: string
  name: string
  level: number // 1: the organisation
  parent: Node | undefined
  children: Node[]
}

export interface Row {
  node: Node
  position: number // among its siblings that are shown, from 1
  siblings: number
  expanded: boolean | undefined // undefined: nothing stands below it
}

export const keyOf = (kind: string, id: string) => `${kind}/${id}`

/** What stands nowhere known hangs under the organisation, as the server has it. */
export function treeOf(organisation: Organisation): { root: Node; nodes: Map<string, Node> } {
  const order = new Intl.Collator(locale(), { numeric: true })
  const root = nodeOf('organisation', '', organisation.name)
  const nodes = new Map([[root.key, root]])
  const add = (kind: PlaceKind, places: { id: string; name: string }[]) =>
    places.forEach(({ id, name }) => nodes.set(keyOf(kind, id), nodeOf(kind, id, name)))
  add('region', organisation.regions)
  add('branch', organisation.branches)
  add('kiosk', organisation.kiosks)

  const hang = (kind: PlaceKind, id: string, aboveKind: PlaceKind, above: string | undefined) => {
    const node = nodes.get(keyOf(kind, id))
    if (!node) return
    const wanted = above ? nodes.get(keyOf(aboveKind, above)) : undefined
    node.parent = wanted && !isBelow(wanted, node) ? wanted : root
    node.parent.children.push(node)
  }
  for (const { id, parent } of organisation.regions) hang('region', id, 'region', parent)
  for (const { id, region } of organisation.branches) hang('branch', id, 'region', region)
  for (const { id, branch } of organisation.kiosks) hang('kiosk', id, 'branch', branch)

  const settle = (node: Node, level: number) => {
    node.level = level
    node.children.sort((a, b) => Number(b.kind === 'region') - Number(a.kind === 'region') || order.compare(a.name, b.name))
    for (const child of node.children) settle(child, level + 1)
  }
  settle(root, 1)
  return { root, nodes }
}

function nodeOf(kind: PlaceKind, id: string, name: string): Node {
  return { kind, id, key: keyOf(kind, id), name, level: 0, parent: undefined, children: [] }
}

/** Whether a node is the other one, or stands somewhere below it. */
export function isBelow(node: Node, above: Node): boolean {
  for (let at: Node | undefined = node; at; at = at.parent) if (at === above) return true
  return false
}

/** The node's path from the top down, without the organisation and itself. */
export function pathOf(node: Node): string[] {
  const path: string[] = []
  for (let at = node.parent; at?.parent; at = at.parent) path.unshift(at.name)
  return path
}

export function below(node: Node): Node[] {
  return node.children.flatMap((child) => [child, ...below(child)])
}

/** The rows to be seen where only `open` nodes show what stands below them. */
export function rowsOf(root: Node, open: ReadonlySet<string>): Row[] {
  return rows(root, (node) => node.children, (node) => open.has(node.key))
}

/** What has the words in its name or id, at most `most` of it, and what stands above that. */
export function found(root: Node, words: string, most: number): { rows: Row[]; more: number } {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  const matches = [root, ...below(root)].filter((node) => {
    const text = plain(`${node.name} ${node.id}`)
    return wanted.every((word) => text.includes(word))
  })
  const kept = new Set<Node>()
  for (const match of matches.slice(0, most)) for (let at: Node | undefined = match; at; at = at.parent) kept.add(at)
  const children = (node: Node) => node.children.filter((child) => kept.has(child))
  return { rows: matches.length ? rows(root, children, () => true) : [], more: Math.max(0, matches.length - most) }
}

function rows(root: Node, children: (node: Node) => Node[], isOpen: (node: Node) => boolean): Row[] {
  const all: Row[] = []
  const walk = (node: Node, position: number, siblings: number) => {
    const inside = children(node)
    const expanded = inside.length === 0 ? undefined : isOpen(node)
    all.push({ node, position, siblings, expanded })
    if (expanded) inside.forEach((child, i) => walk(child, i + 1, inside.length))
  }
  walk(root, 1, 1)
  return all
}
