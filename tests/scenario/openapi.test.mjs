// SPDX-License-Identifier: Apache-2.0
// assets/openapi.yaml holds against the rules of redocly.yaml without an error, a warning or an exception.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from '../../app/tool/demo/processes.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const redocly = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js');
const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

test('openapi: the linter has nothing to say about the document', { timeout: 120_000 }, async () => {
  const { out, err } = await run(process.execPath, [redocly, 'lint', '--format=json', 'assets/openapi.yaml'], { env: quiet, cwd: root });
  assert.ok(out.startsWith('{'), err);
  const { totals, problems } = JSON.parse(out);
  assert.ok(problems.length === 0, problems.map((p) => `${p.ruleId} at ${p.location[0].pointer}: ${p.message}`).join('\n'));
  assert.deepEqual(totals, { errors: 0, warnings: 0, ignored: 0 });
});
