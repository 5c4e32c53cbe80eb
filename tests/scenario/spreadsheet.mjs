// SPDX-License-Identifier: Apache-2.0
// What a spreadsheet makes of a file: LibreOffice without a window, and the parts of an XLSX as they lie in it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

// Set to a language by its profile, as a person's is by the system.
export class LibreOffice {
  constructor(folder, locale) {
    this.profile = join(folder, `profile-${locale}`);
    mkdirSync(join(this.profile, 'user'), { recursive: true });
    writeFileSync(
      join(this.profile, 'user/registrymodifications.xcu'),
      `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>${locale}</value></prop></item></oor:items>`,
    );
  }

  convert(file, target, into, ...more) {
    const words = [`-env:UserInstallation=file://${this.profile}`, '--headless', ...more, '--convert-to', target, '--outdir', into, file];
    const run = spawnSync('soffice', words, { encoding: 'utf8', timeout: 180_000 });
    assert.equal(run.error, undefined, 'LibreOffice runs (libreoffice-calc-nogui)');
    assert.equal(run.status, 0, run.stderr);
  }

  // Every tab of a workbook by name, as rows of {text, quoted}: words are quoted, numbers not. `shown`: as on the
  // screen, else with all their digits.
  tabs(file, into, shown) {
    this.convert(file, `csv:Text - txt - csv (StarCalc):9,34,UTF8,1,,0,true,true,${shown},false,false,-1`, into);
    const tabs = readdirSync(into).map((name) => [name.match(/^[^-]+-(.*)\.csv$/)[1], fields(readFileSync(join(into, name), 'utf8'))]);
    return Object.fromEntries(tabs);
  }

  // The formulas that it sees in a CSV file whose cells end at `separator`.
  formulasIn(file, separator, into) {
    this.convert(file, 'fods', into, `--infilter=Text - txt - csv (StarCalc):${separator.charCodeAt(0)},34,76,1,,0,false,true`);
    return [...readFileSync(join(into, readdirSync(into)[0]), 'utf8').matchAll(/table:formula="([^"]*)"/g)].map(([, formula]) => formula);
  }
}

// Fields between tabs, in lines.
function fields(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy)) {
    rows.at(-1).push({ text: quoted?.replaceAll('""', '"') ?? plain, quoted: quoted !== undefined });
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.slice(0, -1);
}

// name → text of each file in a zip archive.
export function unzipped(file) {
  const bytes = readFileSync(file);
  const parts = {};
  const end = bytes.lastIndexOf('PK\x05\x06');
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; --left) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20));
    parts[bytes.toString('utf8', at + 46, at + 46 + name)] = inflateRawSync(packed).toString('utf8');
    at += 46 + name + extra + comment;
  }
  return parts;
}
