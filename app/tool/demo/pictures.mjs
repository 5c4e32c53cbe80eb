// SPDX-License-Identifier: Apache-2.0
// Pictures of the dashboard's pages, as an analyst, a manager on a phone and a wall screen see them.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, signInBy } from './browser.mjs';
import { run } from './processes.mjs';

const pages = [
  ['overview', '/', 'headline'],
  ['branch', '/branches/utrecht-centrum', 'headline'],
  ['reports', '/reports?days=90&step=week', 'headline'],
  ['journey', '/journeys/supermarkt-weekboodschappen', 'score'],
  ['organisation', '/organisation/branch/utrecht-centrum', 'place'],
  ['people', '/people', 'person'],
];
const forms = [
  ['wide', 1440, 1000],
  ['phone', 390, 844],
];

export async function pictures({ folder, hq, screen }) {
  mkdirSync(folder, { recursive: true });
  if (screen) await run('import', ['-window', 'root', join(folder, 'kiosk.png')], { env: screen.env });
  const browser = await openBrowser();
  try {
    for (const colorScheme of ['light', 'dark']) {
      for (const [form, width, height] of forms) {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'nl-NL' });
        const page = await context.newPage();
        await signInBy(page, await hq.signInLink());
        for (const [name, path, ready] of pages) {
          await page.goto(hq.url + path);
          await page.getByTestId(ready).first().waitFor();
          await page.waitForTimeout(600);
          await page.screenshot({ path: join(folder, `${name}-${form}-${colorScheme}.png`), fullPage: true });
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
}
