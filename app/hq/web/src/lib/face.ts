// SPDX-License-Identifier: Apache-2.0
// The kiosk's face as paths, on a disc of radius 100 around 0,0. The mood runs from 0 (very bad) to
// 4 (very good) and is continuous: between two faces lies every face in between.

export interface Face {
  light: string
  dark: string
  ink: string
  eyes: string[]
  brows: { d: string; opacity: number }[]
  catchLights: { x: number; y: number; r: number; opacity: number }[]
  cheeks: number
  mouth: string
  teeth: string
  tongue: string
}

interface Shape {
  colour: Rgb
  curve: number
  open: number
  width: number
  eye: number
  crescent: number
  browAngle: number
  browY: number
  cheek: number
  brow: number
}

type Rgb = [number, number, number]
type Point = [number, number]

/** Very bad to very good; apart for every common kind of colour blindness. */
export const faceColours = ['#D24A3A', '#EB8639', '#FADB77', '#7FCBC6', '#138E94'] as const

const shapes: Shape[] = [
  { curve: -0.8, open: 0, width: 0.42, eye: 0.135, crescent: 0, browAngle: 0.4, browY: -0.43, cheek: 0, brow: 1 },
  { curve: -0.46, open: 0, width: 0.42, eye: 0.15, crescent: 0, browAngle: -0.3, browY: -0.45, cheek: 0, brow: 0.85 },
  { curve: 0, open: 0, width: 0.4, eye: 0.16, crescent: 0, browAngle: 0, browY: -0.47, cheek: 0, brow: 0 },
  { curve: 0.62, open: 0, width: 0.48, eye: 0.17, crescent: 0, browAngle: -0.1, browY: -0.49, cheek: 0.75, brow: 0 },
  { curve: 0.62, open: 1, width: 0.5, eye: 0.18, crescent: 1, browAngle: -0.12, browY: -0.51, cheek: 1, brow: 0 },
].map((shape, i) => ({ ...shape, colour: parse(faceColours[i] ?? faceColours[2]) }))

const mix = (a: number, b: number, t: number) => a + (b - a) * t
const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, x))
const smooth = (x: number) => x * x * (3 - 2 * x)

function parse(hex: string): Rgb {
  const n = parseInt(hex.slice(1), 16)
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255]
}

const toLinear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const toGamma = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)

// Oklab (Björn Ottosson, 2020): a mix of two colours in it has no muddy middle.
function toOklab([red, green, blue]: Rgb): Rgb {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab([L, a, b]: Rgb): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear: Rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return linear.map((c) => toGamma(clamp(c, 0, 1))) as Rgb
}

function blend(from: Rgb, to: Rgb, t: number): Rgb {
  const [a, b] = [toOklab(from), toOklab(to)]
  return fromOklab([mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)])
}

const css = (c: Rgb) => `rgb(${c.map((x) => Math.round(x * 255)).join(' ')})`
const white: Rgb = [1, 1, 1]
const plum = parse('#2A1830')
const featureInk = parse('#1B1420')

function shapeAt(mood: number): Shape {
  const v = clamp(mood, 0, 4)
  const i = Math.min(3, Math.floor(v))
  const [a, b] = [shapes[i] as Shape, shapes[i + 1] as Shape]
  const t = smooth(v - i)
  const between = (key: keyof Omit<Shape, 'colour'>) => mix(a[key], b[key], t)
  return {
    colour: blend(a.colour, b.colour, t),
    curve: between('curve'),
    open: between('open'),
    width: between('width'),
    eye: between('eye'),
    crescent: between('crescent'),
    browAngle: between('browAngle'),
    browY: between('browY'),
    cheek: between('cheek'),
    brow: between('brow'),
  }
}

/** A closed path along one side and back along the other; units are hundredths of the radius. */
function band(top: Point[], bottom: Point[]): string {
  const points = [...top, ...bottom.reverse()]
  return `M${points.map(([x, y]) => `${(x * 100).toFixed(1)} ${(y * 100).toFixed(1)}`).join('L')}Z`
}

const steps = (n: number) => Array.from({ length: n }, (_, i) => i / (n - 1))

// A band between two arcs: it grows from an ellipse into a laughing arc.
function eye(side: number, shape: Shape): string {
  const k = smooth(shape.crescent)
  const w = mix(0.098, 0.15, k)
  const thickness = 0.046
  const top: Point[] = []
  const bottom: Point[] = []
  for (const q of steps(25)) {
    const angle = Math.PI * q
    const [x, y] = [-Math.cos(angle) * w, Math.sin(angle) * shape.eye]
    const turn = mix(Math.PI * 0.97, Math.PI * 0.03, q)
    const [dx, dy] = [Math.cos(turn), -Math.sin(turn)]
    const [mx, my] = [dx * w, dy * w * 1.05 + 0.055]
    const [cx, cy] = [side * 0.335, -0.15]
    top.push([cx + mix(x, mx + dx * thickness, k), cy + mix(-y, my + dy * thickness, k)])
    bottom.push([cx + mix(x, mx - dx * thickness, k), cy + mix(y, my - dy * thickness, k)])
  }
  return band(top, bottom)
}

function brow(side: number, shape: Shape): string {
  const half = 0.155
  const [x, y] = [side * 0.345, shape.browY - 0.02]
  const [dx, dy] = [Math.cos(shape.browAngle) * half, Math.sin(shape.browAngle) * half * -side]
  const at = (a: number, b: number) => `${(a * 100).toFixed(1)} ${(b * 100).toFixed(1)}`
  return `M${at(x - dx, y - dy)}L${at(x + dx, y + dy)}`
}

interface Mouth {
  middle: (x: number) => Point
  bulge: (x: number) => number
  open: number
  arc: number
  width: number
  height: number
}

function mouthOf(shape: Shape): Mouth {
  const open = smooth(shape.open)
  const arc = shape.curve * 0.4 * mix(1, 0.3, open)
  const height = open * 0.46
  const y0 = mix(0.37, 0.3, clamp(shape.curve, 0, 1)) + 0.16 * clamp(-shape.curve, 0, 1) - 0.13 * open
  return {
    middle: (x) => [x * shape.width, y0 + arc * (1 - x * x) - arc * 0.45],
    bulge: (x) => height * Math.sqrt(Math.max(0, 1 - x * x)) * (1 - 0.06 * x * x),
    open,
    arc,
    width: shape.width,
    height,
  }
}

// The lips are drawn by a stroke of half-width 0.05 around this shape.
function lips(mouth: Mouth): string {
  const xs = steps(33).map((q) => mix(-1 + 2 * q, -Math.cos(Math.PI * q), mouth.open))
  const top = xs.map((x) => mouth.middle(x))
  const bottom = xs.map((x): Point => [mouth.middle(x)[0], mouth.middle(x)[1] + mouth.bulge(x)])
  return band(top, bottom)
}

function tongueAndTeeth(mouth: Mouth): { tongue: string; teeth: string } {
  const inset = 0.0275
  const tongue: [Point[], Point[]] = [[], []]
  const teeth: [Point[], Point[]] = [[], []]
  for (const q of steps(25)) {
    const u = -Math.cos(Math.PI * q)
    const [tx, ty] = mouth.middle(u * 0.62)
    const floor = ty + mouth.bulge(u * 0.62) - inset * 0.6
    const rise = Math.min(mouth.bulge(u * 0.62) * 0.62, mouth.height * 0.44 * Math.sqrt(Math.max(0, 1 - u * u)))
    tongue[0].push([tx, floor - rise])
    tongue[1].push([tx, floor])
    const [gx, gy] = mouth.middle(u * 0.93)
    const gum = gy - inset * 0.35
    const room = Math.max(0, mouth.bulge(u * 0.93) - inset)
    teeth[0].push([gx, gum])
    teeth[1].push([gx, gum + Math.min(room, mouth.height * 0.27 * Math.max(0, 1 - u * u) ** 0.175)])
  }
  return { tongue: band(...tongue), teeth: band(...teeth) }
}

export function drawFace(mood: number): Face {
  const shape = shapeAt(mood)
  const mouth = mouthOf(shape)
  const inside = mouth.open > 0.05 ? tongueAndTeeth(mouth) : { tongue: '', teeth: '' }
  const sides = [-1, 1]
  const light = 1 - shape.crescent
  return {
    light: css(blend(shape.colour, white, 0.22)),
    dark: css(blend(shape.colour, plum, 0.06)),
    ink: css(blend(shape.colour, featureInk, 0.96)),
    eyes: sides.map((side) => eye(side, shape)),
    brows: shape.brow > 0.02 ? sides.map((side) => ({ d: brow(side, shape), opacity: shape.brow })) : [],
    catchLights:
      light > 0.05
        ? sides.map((side) => ({ x: side * 33.5 + 3, y: -15 - shape.eye * 42, r: 3.4 * light, opacity: 0.92 * light }))
        : [],
    cheeks: shape.cheek,
    mouth: lips(mouth),
    ...inside,
  }
}
