// @ts-check
/**
 * `npm run test:daemons`: the real programs judge what this product writes. Every fix of every *Caught* example must be
 * accepted by the program the file is for, and what worked in clear before must be refused after. Programs are
 * installed where `apt-get` is there and this is the administrator; what could not be had is said plainly and counted as skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stage, has, makeCertificates } from '../test/daemons/support.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { pages, fixed } = await import('../out/test/support/pages.js');

const started = Date.now();
const count = { passed: 0, failed: 0, skipped: 0 };
const { values: { result }, positionals: only } = parseArgs({ options: { result: { type: 'string' } }, allowPositionals: true });
/** @type {import('../test/daemons/support.mjs').Judge[]} */
const judges = [];
for (const name of readdirSync('test/daemons').filter((file) => file.endsWith('.mjs') && file !== 'support.mjs').sort()) {
  const { default: judge } = await import(`../test/daemons/${name}`);
  if (only.length === 0 || only.some((word) => judge.formats.includes(word) || judge.title.toLowerCase() === word.toLowerCase())) judges.push(judge);
}

const folder = mkdtempSync(join(tmpdir(), 'hipaa-lint-certificates-'));
const certificates = has('openssl') ? makeCertificates(folder) : { ca: '', certificate: '', key: '', both: '' };
const probe = new Stage(certificates);
const missing = judges.filter((judge) => !judge.present(probe));
if (missing.length > 0 && has('apt-get') && process.getuid?.() === 0) {
  const packages = [...new Set(missing.flatMap((judge) => judge.packages))];
  console.log(`installing ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // No service may start by itself: this is a test, not the host's configuration.
  const quiet = { env, stdio: /** @type {const} */ ('ignore') };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  for (const name of packages) spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', name], quiet);
}

/** @param {string} title @param {() => Promise<string | undefined | void>} check */
async function test(title, check) {
  let problem;
  try {
    problem = await check();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  if (problem === undefined) count.passed++;
  else {
    count.failed++;
    console.log(`FAILED ${title}\n  ${problem.split('\n').slice(0, 12).join('\n  ')}`);
  }
}

const all = pages();
for (const judge of judges) {
  const own = all.filter(({ format }) => judge.formats.includes(format));
  if (!judge.present(probe)) {
    count.skipped += own.length;
    console.log(`SKIPPED ${judge.title}: not installed, and it could not be (${judge.packages.join(', ')})`);
    continue;
  }
  const before = count.passed;
  for (const page of own) {
    for (const example of page.examples.filter(({ heading }) => heading === 'Caught')) {
      const after = fixed(page.format, example.files, page.rule);
      if (after.every((file, i) => file.text === example.files[i]?.text)) continue;
      await test(`${judge.title} accepts the fix of ${page.rule} (${page.path}, line ${example.line})`, async () => {
        const stage = new Stage(certificates);
        try {
          return await judge.accepts(stage, after.map(({ name = 'example', text }) => ({ name, text })), page.format);
        } finally {
          await stage.close();
        }
      });
    }
  }
  for (const { title, run } of judge.live ?? []) {
    await test(`${judge.title}: ${title}`, async () => {
      const stage = new Stage(certificates);
      try {
        await run(stage);
      } finally {
        await stage.close();
      }
    });
  }
  console.log(`${judge.title}: ${count.passed - before} passed`);
}
await probe.close();
rmSync(folder, { recursive: true, force: true });
if (result) writeFileSync(result, JSON.stringify(count));
console.log(`# ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;
