// SPDX-License-Identifier: Apache-2.0
// Geometry of the emotion curve. Scores run from 1 (bottom) to 5 (top); a missing point breaks the
// line, since a gap must not look like a score.
import { area, curveMonotoneX, line } from 'd3-shape'

export interface Frame {
  width: number
  height: number
  /** Room above a score of 5, for the face over its dot. */
  top: number
  bottom: number
}

export interface Point {
  x: number
  value: number | null
  low: number
  high: number
}

export function yOf(frame: Frame, score: number): number {
  return frame.top + ((5 - score) / 4) * (frame.height - frame.top - frame.bottom)
}

export function xOf(frame: Frame, column: number, columns: number): number {
  return ((column + 0.5) * frame.width) / columns
}

export function linePath(frame: Frame, points: Point[]): string {
  const path = line<Point>()
    .defined((point) => point.value !== null)
    .x((point) => point.x)
    .y((point) => yOf(frame, point.value ?? 0))
    .curve(curveMonotoneX)
  return path(points) ?? ''
}

export function bandPath(frame: Frame, points: Point[]): string {
  const path = area<Point>()
    .defined((point) => point.value !== null)
    .x((point) => point.x)
    .y0((point) => yOf(frame, point.low))
    .y1((point) => yOf(frame, point.high))
    .curve(curveMonotoneX)
  return path(points) ?? ''
}
