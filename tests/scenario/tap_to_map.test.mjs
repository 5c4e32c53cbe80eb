// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import test from 'node:test';
import { openBrowser, signInBy } from '../../app/tool/demo/browser.mjs';
import { until } from '../../app/tool/demo/processes.mjs';
import { Visitor, random } from '../../app/tool/demo/visitor.mjs';
import { Stage, median } from './stage.mjs';

// The tap that ended the visit and closed its response: the last one before the commit was announced.
function closingTap(kiosk) {
  const saved = kiosk.events.findLastIndex((e) => e.event === 'saved');
  return kiosk.events.slice(0, saved).findLast((e) => e.event === 'tap');
}

const visits = Number(process.env.HALTE_VISITS ?? 20);

test('a tap in the real window stands on the open journey map within two seconds, with its n', { timeout: 300_000 }, async () => {
  const stage = await Stage.start({ days: 10 });
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: 'nl-NL' })).newPage();
    const violations = [];
    page.on('console', (m) => m.text().includes('Content Security Policy') && violations.push(m.text()));
    await signInBy(page, await stage.hq.signInLink());
    await page.goto(`${stage.hq.url}/journeys/supermarkt-weekboodschappen`);
    const cell = page.locator(`[data-testid=score][data-measured-by=${stage.demo.touchpoint}][data-metric=emotion]`).first();
    await cell.waitFor();
    const read = async () => ({ n: Number(await cell.getAttribute('data-n')), value: Number(await cell.getAttribute('data-value')) });

    const kiosk = stage.startKiosk();
    await kiosk.shows('rate');
    const visitor = new Visitor(kiosk, stage.screen, random(3));
    const times = [];
    for (let i = 0; i < visits; i += 1) {
      const before = await read();
      const visit = visitor.visit();
      const after = await until('the new n on the page', async () => {
        const now = await read();
        return now.n > before.n && now;
      }, 60_000);
      const seen = performance.now();
      await visit;
      times.push(seen - closingTap(kiosk).seen);
      assert.equal(after.n, before.n + 1);
    }
    const server = await stage.hq.touchpoint(stage.demo.touchpoint, undefined, 30);
    const shown = await read();
    assert.equal(shown.n, server.emotion.n);
    assert.ok(Math.abs(shown.value - server.emotion.value) < 1e-9, 'the page shows the score that core/stats computed');
    console.log(`tap to page, ${visits} visits: median ${median(times).toFixed(0)} ms, longest ${Math.max(...times).toFixed(0)} ms`);
    assert.ok(median(times) <= 2000);
    assert.deepEqual(violations, []);
  } finally {
    await browser.close();
    await stage.stop();
  }
});
