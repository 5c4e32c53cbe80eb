// SPDX-License-Identifier: Apache-2.0
// Debian's Chromium without a window, by the playwright-core of the tests' packages.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export async function openBrowser() {
  const packages = createRequire(fileURLToPath(new URL('../../../tests/package.json', import.meta.url)));
  const { chromium } = packages('playwright-core');
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

// Signs a page in by a one-time link, without choosing a password.
export async function signInBy(page, link) {
  await page.goto(link);
  await page.getByTestId('without-password').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/link'));
}
