// @ts-check
/**
 * `npm run test:daemons`: the real programs judge what this product writes. Every fix of every *Caught* example must be
 * accepted by the program the file is for, what worked in clear before must be refused after, and every default that the
 * program can print or show must be the one a verdict rests on. Programs are installed where `apt-get` is there and this
 * is the administrator; what could not be had is said plainly and counted as skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Stage, has, isAdministrator, makeCertificates, run } from '../test/daemons/support.mjs';

/**
 * @typedef {import('../test/daemons/support.mjs').Judge} Judge @typedef {import('../test/daemons/support.mjs').Check} Check
 * @typedef {import('../test/daemons/support.mjs').Result} Result
 */

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { pages, fixed } = await import('../out/test/support/pages.js');
const { defaultsIn } = await import('../out/test/support/defaults.js');

const started = Date.now();
const all = pages();
const {
  values: { result: resultFile, verbose },
  positionals: only,
} = parseArgs({ options: { result: { type: 'string' }, verbose: { type: 'boolean' } }, allowPositionals: true });
/** @type {Map<string, Judge>} */
const judges = new Map();
for (const file of readdirSync('test/daemons')
  .filter((name) => name.endsWith('.mjs'))
  .sort()) {
  /** @type {{ default?: Judge }} */
  const { default: judge } = await import(`../test/daemons/${file}`);
  // What judges share is no judge.
  if (judge === undefined) continue;
  if (only.length === 0 || only.some((word) => judge.formats.includes(word) || judge.title.toLowerCase() === word.toLowerCase())) judges.set(file, judge);
}

const folder = mkdtempSync(join(tmpdir(), 'hipaa-lint-certificates-'));
const certificates = has('openssl') ? makeCertificates(folder) : { ca: '', certificate: '', key: '', both: '' };
const probe = new Stage(certificates, folder);
install([...judges.values()].filter((judge) => !judge.present(probe)));
for (const judge of judges.values()) {
  if (!judge.obtain || judge.present(probe)) continue;
  console.log(`fetching ${judge.title}`);
  judge.obtain();
}

/** @param {readonly Judge[]} missing */
function install(missing) {
  if (!has('apt-get') || !isAdministrator()) return;
  const packages = [...new Set(missing.flatMap((judge) => judge.packages))].filter((name) => !/^Status:.* installed$/m.test(run('dpkg', ['-s', name]).output));
  if (packages.length === 0) return;
  console.log(`installing ${packages.join(' ')}`);
  // No service may start by itself: this is a test, not the host's configuration. Debian asks this file whether one may.
  const services = '/usr/sbin/policy-rc.d';
  const own = !existsSync(services);
  if (own) writeFileSync(services, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: /** @type {const} */ ('ignore') };
  const get = (/** @type {readonly string[]} */ names) =>
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', ...names], quiet).status === 0;
  try {
    spawnSync('apt-get', ['update', '-qq'], quiet);
    // Together is faster; one that does not exist here must not keep the others out.
    if (!get(packages)) for (const name of packages) get([name]);
  } finally {
    if (own) rmSync(services, { force: true });
  }
}

/**
 * A file with a name stands in a workspace that holds no others than those shown, so that nothing is left open.
 * @param {readonly { name?: string, text: string }[]} files
 */
function named(files) {
  return files.map(({ name = 'example', text }) => ({ name, text }));
}

/** Whether the first file of an example names another one of it, or the folder that one is in. @param {readonly { name?: string, text: string }[]} files */
function includesAnother([first, ...others]) {
  return others.some(({ name = '' }) => name.split('/').slice(-2).some((part) => part !== '' && first?.text.includes(part)));
}

/** What there is to check with a program, and how many examples have a fix at all. @param {string} file @param {Judge} judge */
function checksOf(file, judge) {
  /** @type {Check[]} */
  const checks = [];
  const own = all.filter(({ format }) => judge.formats.includes(format));
  for (const page of own) {
    for (const example of page.examples) {
      if (judge.takes && !judge.takes(example.files[0]?.text ?? '')) continue;
      const at = `${page.rule} (${page.path}, line ${example.line})`;
      if (judge.prints)
        checks.push({
          judge: file,
          kind: 'prints',
          title: `reads the example of ${at} as we do`,
          format: page.format,
          files: named(example.files),
          before: [],
        });
      if (example.heading !== 'Caught') continue;
      const after = fixed(page.format, example.files, page.rule);
      if (after.every(({ text }, i) => text === example.files[i]?.text)) continue;
      if (judge.single && includesAnother(example.files)) continue;
      checks.push({ judge: file, kind: 'accepts', title: `accepts the fix of ${at}`, format: page.format, files: named(after), before: named(example.files) });
    }
  }
  if (judge.prints)
    for (const format of judge.formats)
      checks.push({
        judge: file,
        kind: 'prints',
        title: 'has the defaults we rest on where a file says nothing',
        format,
        files: named([{ text: '' }]),
        before: [],
      });
  for (const format of judge.formats) checks.push({ judge: file, kind: 'refuses', title: `refuses what is no file of ${format}`, format });
  judge.defaults?.forEach(({ name }, index) => checks.push({ judge: file, kind: 'default', title: `does what ${name} says without a statement`, index }));
  judge.live?.forEach(({ title }, index) => checks.push({ judge: file, kind: 'live', title, index }));
  return checks;
}

/**
 * Performs the checks, several at a time: most of the time is spent waiting for a program.
 * @param {readonly Check[]} checks @param {(check: Check, result: Result) => void} take
 */
async function perform(checks, take) {
  const waiting = [...checks];
  /** @type {Set<string>} */
  const busy = new Set();
  const next = () => waiting.findIndex(({ judge }) => !judges.get(judge)?.alone || !busy.has(judge));
  await Promise.all(
    Array.from({ length: Math.min(6, checks.length) }, async () => {
      const worker = new Worker(new URL('../test/daemons/worker.mjs', import.meta.url), { workerData: { certificates, shared: folder } });
      try {
        while (waiting.length > 0) {
          const at = next();
          if (at < 0) {
            await new Promise((done) => setTimeout(done, 50));
            continue;
          }
          const [check] = /** @type {[Check]} */ (waiting.splice(at, 1));
          busy.add(check.judge);
          const result = await new Promise((done) => {
            worker.once('message', done);
            worker.postMessage(check);
          });
          busy.delete(check.judge);
          take(check, result);
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}

const count = { passed: 0, failed: 0, skipped: 0 };

const tally = new Map(
  [...judges].map(([file, judge]) => [
    file,
    {
      examples: 0,
      judged: 0,
      behaviours: 0,
      readings: 0,
      skipped: 0,
      // Derived: whatever an empty file and the examples of the pages rest on.
      known: new Set(
        [
          ...judge.formats.flatMap((format) => defaultsIn(format, named([{ text: '' }]))),
          ...(judge.defaults ?? []).flatMap(({ format, name, text }) => defaultsIn(format, named([{ text }])).filter((one) => one.name === name)),
          ...all
            .filter(({ format }) => judge.formats.includes(format))
            .flatMap(({ format, examples }) =>
              examples.filter(({ files }) => !judge.takes || judge.takes(files[0]?.text ?? '')).flatMap(({ files }) => defaultsIn(format, named(files))),
            ),
        ].map(line),
      ),
      compared: /** @type {Set<string>} */ (new Set()),
    },
  ]),
);

/** @param {import('../out/test/support/defaults.js').NamedDefault} one */
function line({ name, value, source }) {
  return `${name} = ${value} (${source})`;
}

/** @type {Check[]} */
const checks = [];
for (const [file, judge] of judges) {
  const own = checksOf(file, judge);
  if (judge.present(probe)) {
    judge.prepare?.(folder);
    checks.push(...own);
    continue;
  }
  count.skipped += own.length;
  tally.delete(file);
  console.log(
    `SKIPPED ${judge.title}: ${own.length} checks; it is not here, could not be installed (${judge.packages.join(', ') || 'npm'}), or needs an administrator`,
  );
}

/** @type {Set<string>} */
const said = new Set();

// What waits for its own kind begins first, and so does what starts a program.
const weight = (/** @type {Check} */ { judge, kind }) => (judges.get(judge)?.alone ? 0 : kind === 'prints' ? 2 : 1);
await perform(
  checks.sort((a, b) => weight(a) - weight(b)),
  (check, { problem, skipped, same = [] }) => {
    const { title } = /** @type {Judge} */ (judges.get(check.judge));
    const own = /** @type {NonNullable<ReturnType<typeof tally.get>>} */ (tally.get(check.judge));
    for (const one of same) own.compared.add(line(one));
    if (check.kind === 'accepts') own.examples++;
    // An example that shows a mistake need not be one the program starts with; its fix is judged all the same.
    if (skipped !== undefined && check.kind === 'prints') return;
    if (skipped !== undefined) {
      count.skipped++;
      own.skipped++;
      console.log(`SKIPPED ${title} ${check.title}: ${skipped}`);
    } else if (problem !== undefined) {
      count.failed++;
      // One wrong default fails in every example that leaves it out.
      if (said.size < said.add(`${title} ${problem}`).size) console.log(`FAILED ${title}: ${check.title}\n  ${problem.split('\n').slice(0, 12).join('\n  ')}`);
    } else {
      count.passed++;
      if (check.kind === 'accepts') own.judged++;
      else if (check.kind === 'prints') own.readings++;
      else own.behaviours++;
      if (verbose) console.log(`passed ${title}: ${check.title}`);
    }
  },
);

const columns = (/** @type {readonly unknown[]} */ [title, ...rest]) => `${String(title).padEnd(34)}${rest.map((one) => String(one).padStart(12)).join('')}`;
console.log(columns(['program', 'fixes', 'accepted', 'skipped', 'behaviours', 'readings', 'defaults', 'compared']));
for (const [file, { examples, judged, skipped, behaviours, readings, known, compared }] of tally) {
  console.log(
    columns([judges.get(file)?.title, examples, judged, skipped, behaviours, readings, known.size, [...known].filter((one) => compared.has(one)).length]),
  );
}
const rest = [...tally].flatMap(([file, { known, compared }]) =>
  [...known].filter((one) => !compared.has(one)).map((one) => ({ title: judges.get(file)?.title, one, asked: compared.size > 0 })),
);
const unasked = rest.filter(({ asked }) => !asked).length;
for (const { title, one } of rest.filter(({ asked }) => asked || verbose)) console.log(`rests on its document alone: ${title}, ${one}`);
if (unasked > 0) console.log(`rest on their documents alone: ${unasked} defaults that no program here prints or shows (--verbose names them)`);
const unjudged = new Map();
for (const { format, rule, examples } of all) {
  if (only.length > 0 || [...judges.values()].some(({ formats }) => formats.includes(format))) continue;
  const fixes = examples.filter(
    ({ heading, files }) => heading === 'Caught' && fixed(format, files, rule).some(({ text }, i) => text !== files[i]?.text),
  ).length;
  unjudged.set(format, (unjudged.get(format) ?? 0) + fixes);
}
if (unjudged.size > 0) console.log(`no program here judges ${[...unjudged].map(([format, fixes]) => `${format} (${fixes} fixes)`).join(', ')}`);

await probe.close();
rmSync(folder, { recursive: true, force: true });
if (resultFile) writeFileSync(resultFile, JSON.stringify(count));
console.log(`# ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;
