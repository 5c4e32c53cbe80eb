// SPDX-License-Identifier: Apache-2.0
// The five faces as they are drawn: told apart by colour with every colour vision, and by shape without any colour.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../app/tool/demo/processes.mjs';
import { Screen } from '../../app/tool/demo/screen.mjs';
import { bin } from './stage.mjs';

// Machado, Oliveira & Fernandes 2009, severity 1, for linear RGB.
const visions = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const rgb = (hex) => [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255));
const times = (matrix, v) => matrix.map((row) => row.reduce((sum, m, i) => sum + m * v[i], 0));

// CIE L*a*b* of linear sRGB under D65.
function lab(colour) {
  const xyz = times([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]], colour.map((p) => Math.min(1, Math.max(0, p))));
  const [x, y, z] = xyz.map((p, i) => p / [0.95047, 1, 1.08883][i]).map((t) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

// CIEDE2000 after Sharma, Wu & Dalal 2005.
function difference([l1, a1, b1], [l2, a2, b2]) {
  const [sin, cos, deg] = [(d) => Math.sin((d * Math.PI) / 180), (d) => Math.cos((d * Math.PI) / 180), 180 / Math.PI];
  const seventh = (c) => Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const g = 0.5 * (1 - seventh((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (a, b) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) * deg + 360) % 360);
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
  let dh = c1 * c2 === 0 ? 0 : h2 - h1;
  if (dh > 180) dh -= 360;
  if (dh < -180) dh += 360;
  const dH = 2 * Math.sqrt(c1 * c2) * sin(dh / 2);
  const [lm, cm] = [(l1 + l2) / 2, (c1 + c2) / 2];
  let hm = h1 + h2;
  if (c1 * c2 !== 0) hm = Math.abs(h1 - h2) <= 180 ? hm / 2 : hm < 360 ? hm / 2 + 180 : hm / 2 - 180;
  const t = 1 - 0.17 * cos(hm - 30) + 0.24 * cos(2 * hm) + 0.32 * cos(3 * hm + 6) - 0.2 * cos(4 * hm - 63);
  const sl = 1 + (0.015 * (lm - 50) ** 2) / Math.sqrt(20 + (lm - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * cm, 1 + 0.015 * cm * t];
  const rt = -2 * seventh(cm) * sin(60 * Math.exp(-(((hm - 275) / 25) ** 2)));
  return Math.sqrt(((l2 - l1) / sl) ** 2 + ((c2 - c1) / sc) ** 2 + (dH / sh) ** 2 + rt * ((c2 - c1) / sc) * (dH / sh));
}

const pairs = (list) => list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b]));

// The attract screen on 21.5 inches: its picture, and where its faces are.
async function attract(folder) {
  const only = 'rate-21.5-portrait-nl-light-normal';
  const screen = await Screen.start(1080, 1920);
  try {
    const words = ['--data', folder, '--shots', folder, '--describe', join(folder, 'all.json'), '--only', only];
    const env = { ...screen.env, ASAN_OPTIONS: 'detect_leaks=0' }; // a library that GLFW unloads leaves two blocks; kept loaded, none
    const done = await run(join(bin, 'halte-kiosk'), words, { env });
    assert.equal(done.code, 0, done.err);
  } finally {
    await screen.stop();
  }
  const [picture] = JSON.parse(readFileSync(join(folder, 'all.json'))).matrix;
  return { file: join(folder, `${only}.png`), faces: picture.elements.filter((e) => e.role === 'face') };
}

test('the five faces are told apart with every colour vision, and in grey by their shape', { timeout: 120_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'halte-faces-'));
  try {
    const { file, faces } = await attract(folder);
    assert.equal(faces.length, 5);
    assert.equal(new Set(faces.map((f) => f.label)).size, 5, 'each has a word of its own');
    for (const [vision, matrix] of Object.entries(visions)) {
      const least = Math.min(...pairs(faces.map((f) => lab(times(matrix, rgb(f.bg))))).map(([a, b]) => difference(a, b)));
      t.diagnostic(`${vision}: the nearest two are ${least.toFixed(1)} apart (CIEDE2000)`);
      assert.ok(least >= 10, `${vision}: ${least}`);
    }
    // Eyes, brows and mouth alone, black on white: what is left without colour.
    const shapes = faces.map(({ rect_px: [x, y, w] }, i) => {
      const shape = join(folder, `${i}.png`);
      const side = Math.round(w * 0.72);
      execFileSync('convert', [file, '-crop', `${side}x${side}+${Math.round(x + (w - side) / 2)}+${Math.round(y + w * 0.1)}`, '+repage', '-colorspace', 'Gray', '-threshold', '22%', shape]);
      return { shape, side };
    });
    const apart = pairs(shapes).map(([a, b]) => {
      const compared = execFileSync('sh', ['-c', `compare -metric AE ${a.shape} ${b.shape} null: 2>&1 || true`]).toString();
      return Number.parseFloat(compared) / a.side ** 2;
    });
    t.diagnostic(`in grey: the two most alike differ in ${(100 * Math.min(...apart)).toFixed(1)} % of their pixels`);
    assert.ok(Math.min(...apart) >= 0.02);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
