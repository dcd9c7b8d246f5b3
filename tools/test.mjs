// @ts-check
/**
 * `npm test`: builds, runs every suite, and prints one honest count at the end. `--accept` rewrites the machine's part of
 * the pages; `--quick` leaves the editors out; `--only FORMAT` looks at the pages of one format alone, in seconds; `--daemons` adds
 * the real programs, installing them where it may. Where the variable `CI` is set, they are always asked: the machine is there for it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const options = new Set(process.argv.slice(2));
const count = { passed: 0, failed: 0, skipped: 0 };
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
if (only !== undefined) process.env['HIPAA_LINT_ONLY'] = only;
if (options.has('--accept')) process.env['HIPAA_LINT_ACCEPT'] = '1';

/** A step that must succeed before anything can be tested. @param {string} title @param {string[]} args */
function need(title, args) {
  console.log(`# ${title}`);
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.log(`${title} failed\n${count.passed} passed, ${count.failed + 1} failed`);
    process.exit(1);
  }
}

/** Runs the compiled `*.test.js` files of this folder. */
async function unitTests() {
  const all = readdirSync('out/test').filter((name) => name.endsWith('.test.js')).sort();
  const files = (only === undefined ? all : ['pages.test.js']).map((name) => join('out/test', name));
  // Most of them wait for a server in a process of its own, so that one for each processor would leave processors idle.
  const stream = run({ files, concurrency: availableParallelism() + 1 });
  stream.on('test:pass', ({ details }) => { if (details.type !== 'suite') count.passed++; });
  stream.on('test:fail', ({ details, name, file }) => {
    if (/** @type {any} */ (details).error?.failureType === 'subtestsFailed') return;
    count.failed++;
    console.log(`FAILED ${name} (${file})\n${details.error?.cause ?? details.error}`);
  });
  if (options.has('--verbose')) stream.compose(spec).pipe(process.stdout);
  else stream.resume();
  await new Promise((done) => stream.once('end', done));
}

/** A suite in a process of its own that writes `{ passed, failed }`. No result is a failure. @param {string} title @param {string} script @param {string[]} args */
function suite(title, script, args = []) {
  if (!existsSync(script)) return;
  console.log(`# ${title}`);
  mkdirSync('.cache', { recursive: true });
  const result = join(root, '.cache', `${title.replace(/\W+/g, '-')}.json`);
  rmSync(result, { force: true });
  const { status } = spawnSync(process.execPath, [script, '--result', result, ...args], { stdio: 'inherit' });
  const said = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')) : { passed: 0, failed: 1 };
  count.passed += said.passed;
  count.skipped += said.skipped ?? 0;
  count.failed += said.failed || (status !== 0 ? 1 : 0);
}

const started = Date.now();
need('Build', ['tools/build.mjs']);
if (only === undefined) need('Generated files', ['tools/generate.mjs', '--built', ...(options.has('--accept') ? [] : ['--check'])]);
console.log('# Pages, laws, engine, protocol');
await unitTests();
if (!options.has('--quick') && only === undefined) {
  suite('VS Code', 'test/vscode/run.mjs');
  suite('VS Code for the Web', 'test/vscode/web.mjs');
  suite('Neovim', 'test/neovim/run.mjs');
}
if (options.has('--daemons') || (process.env['CI'] && !options.has('--quick') && only === undefined)) suite('Real programs', 'tools/test-daemons.mjs');
console.log(`# ${Math.round((Date.now() - started) / 1000)} s`);
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`);
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1;
