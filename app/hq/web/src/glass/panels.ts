// SPDX-License-Identifier: Apache-2.0
// Glasses that kiosks have, and what follows from their size: app/ui/units.h and app/ui/theme.h.

export interface Panel {
  id: string
  inches: number
  width: number // pixels
  height: number
}

export const panels: Panel[] = [
  { id: '21.5-portrait', inches: 21.5, width: 1080, height: 1920 },
  { id: '10.1', inches: 10.1, width: 1280, height: 800 },
  { id: '21.5', inches: 21.5, width: 1920, height: 1080 },
  { id: '7', inches: 7, width: 800, height: 480 },
]
export const smallRendition = panels[1] as Panel

export interface Glass {
  perMm: number // pixels
  scale: number // of everything but what a finger needs
  isWide: boolean
  hasColumns: boolean // a large wide panel: question at one side, answers at the other
  isLow: boolean // header, footer and answers do not fit at once
  isSmall: boolean
  isTight: boolean // two rows of numbers have less height, and the words of both ends in one line
}

export function glassOf({ inches, width, height }: Panel): Glass {
  const perMm = Math.hypot(width, height) / (inches * 25.4)
  const shortSide = Math.min(width, height) / perMm
  const isSmall = shortSide < 150
  const scale = isSmall ? 0.6 : shortSide <= 240 ? 0.8 : 1
  const isWide = width > height
  return {
    perMm,
    scale,
    isWide,
    hasColumns: isWide && shortSide > 240 && width / perMm > 420,
    isLow: isWide && height / perMm / scale < 230,
    isSmall,
    isTight: height / perMm < 200,
  }
}

/** A row of numbers stands in two rows where a key would be narrower than 15 mm. */
export function numberRows(panel: Panel, count: number): number {
  const { perMm, hasColumns, scale, isSmall } = glassOf(panel)
  const width = Math.min(420, panel.width / perMm - 2 * (isSmall ? 7 : 12))
  const inner = hasColumns ? width * 0.6 - 18 * scale : width
  const margin = Math.min(6 * scale, Math.max(1, (inner - 120) / 2))
  return (inner - 2 * margin) / count >= 15 ? 1 : 2
}
