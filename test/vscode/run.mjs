// @ts-check
/**
 * Tests the packaged extension in a real VS Code.
 *
 *   node test/vscode/run.mjs [--desktop] [--vsix FILE] [--example FOLDER] [--image] [--result FILE]
 *
 * Without options the package is made from what the build left, installed in VS Code's server, and tested twice: from
 * within the extension host (suite/), and through the window in a headless browser (browser.mjs).
 *   --desktop   runs suite/ in the desktop application instead, which is downloaded; VSCODE_PATH names one at hand.
 *               On a Linux without a screen: xvfb-run -a node test/vscode/run.mjs --desktop
 *   --vsix      tests this package
 *   --example   opens a copy of this folder instead of examples/clinic
 *   --image     renews docs/images/editor.png, as does a missing picture
 *
 *   --result    writes { passed, failed, tests: [{ title, state, error? }] } there instead of .cache/vscode-test/result.json
 *
 * Exit code: 0 when every test passed; 1 when one failed; 2 when a part of the tests gave no result.
 */
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../../tools/package.mjs';
import { exists, installServer, launchServer, QUIET_SETTINGS, REPOSITORY } from '../../tools/vscode-server.mjs';
import { launchBrowser } from './chromium.mjs';
import { runSuiteOnDesktop } from './desktop.mjs';
import expected from './expectations.cjs';
import { runMocha } from './mocha-run.cjs';
import { runSuiteInBrowser } from './in-browser.mjs';
import { setSession } from './session.mjs';

/** @typedef {import('./mocha-run.cjs').TestResult} TestResult */

/** A run takes about a minute; one that takes this long hangs. */
const LIMIT = 10 * 60_000;

const { values: options } = parseArgs({
  options: { desktop: { type: 'boolean', default: false }, vsix: { type: 'string' }, example: { type: 'string', default: expected.example }, image: { type: 'boolean', default: false }, result: { type: 'string' } },
});
const output = join(REPOSITORY, '.cache', 'vscode-test');
const screenshots = join(REPOSITORY, '.cache', 'screenshots');
const resultFile = resolve(options.result ?? join(output, 'result.json'));
const started = Date.now();

/** @param {string} message */
const report = (message) => console.log(`[${((Date.now() - started) / 1000).toFixed(1)} s] ${message}`);

/** @type {(() => Promise<unknown>)[]} */
const cleanups = [];

async function main() {
  await rm(resultFile, { force: true });
  for (const folder of [output, screenshots]) await rm(folder, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  // The folder opened lies outside the repository, whose .gitignore would otherwise hide it from a scan. On macOS the
  // temporary folder is a link, and VS Code tells where it leads.
  const work = await realpath(await mkdtemp(join(tmpdir(), 'hipaa-lint-')));
  cleanups.push(() => rm(work, { recursive: true, force: true, maxRetries: 5 }));
  const clinic = join(work, 'clinic');
  await cp(options.example, clinic, { recursive: true });
  const vsix = options.vsix ? resolve(options.vsix) : await packageExtension({ quiet: true });
  const suite = {
    home: work, vsix, folder: clinic,
    tests: join(import.meta.dirname, 'suite', 'index.cjs'),
    resultFile: join(work, 'suite.json'),
    logFile: join(output, 'extension-host.log'),
    // A window that is given up with unsaved text must not hand it on to the next.
    settings: { ...QUIET_SETTINGS, 'files.hotExit': 'off', ...expected.settings },
  };

  if (options.desktop) return [await part('suite in desktop VS Code', () => runSuiteOnDesktop(suite, report))];

  const server = await launchServer(await installServer(report), {
    home: work, vsix, settings: suite.settings,
    env: { E2E_RESULT: suite.resultFile, E2E_EXTENSIONS: join(work, 'extensions') },
  });
  cleanups.push(server.stop);
  report('VS Code\'s server is up');
  const browser = await launchBrowser();
  cleanups.push(() => browser.close());
  report(`Chromium ${browser.version()} is up`);

  // The parts share a server, yet each opens its own copy: the suite saves files.
  const forWindow = join(work, 'window', 'clinic');
  await cp(options.example, forWindow, { recursive: true });
  const bulk = await makeBulk(join(work, 'bulk'));
  const image = join(REPOSITORY, 'docs', 'images', 'editor.png');
  setSession({
    browser,
    screenshots,
    clinic: { folder: forWindow, url: server.url(forWindow) },
    bulk: { url: server.url(bulk) },
    keepImage: options.image || !(await exists(image)),
  });
  const parts = [
    await part('suite in the extension host', () => runSuiteInBrowser(browser, server, suite)),
    await part('suite with several folders', async () => runSuiteInBrowser(browser, server, { ...suite, folder: await makeSeveral(join(work, 'several')) })),
    await part('tests in the window', () => runMocha([join(import.meta.dirname, 'browser.mjs')], { timeout: 40_000, load: true })),
  ];
  if (parts.some((one) => one.broken)) console.error(`The server's log ends:\n${(await readFile(server.logFile, 'utf8')).slice(-2000)}`);
  return parts;
}

/**
 * Runs a part; that it broke is a result too, and that it ran no test is breaking.
 * @param {string} name
 * @param {() => Promise<readonly TestResult[]>} run
 */
async function part(name, run) {
  report(name);
  try {
    const tests = await run();
    for (const { title, state, ms, error } of tests) {
      console.log(`  ${state}: ${title}${ms === undefined ? '' : ` (${ms} ms)`}${error ? `\n${error.replace(/^/gm, '      ')}` : ''}`);
    }
    if (!tests.some((test) => test.state !== 'skipped')) throw new Error('no test ran');
    return { tests, broken: false };
  } catch (error) {
    console.error(error);
    /** @type {TestResult[]} */
    const tests = [{ title: name, state: 'failed', error: error instanceof Error ? error.stack ?? error.message : String(error) }];
    return { tests, broken: true };
  }
}

/** A workspace of two folders, of which one has settings of its own. @param {string} folder */
async function makeSeveral(folder) {
  const { names, file, settings } = expected.several;
  for (const name of names) {
    await mkdir(join(folder, name, '.vscode'), { recursive: true });
    await cp(join(options.example, file), join(folder, name, file));
  }
  await writeFile(join(folder, names[1], '.vscode', 'settings.json'), JSON.stringify(settings));
  const workspace = join(folder, 'wards.code-workspace');
  await writeFile(workspace, JSON.stringify({ folders: names.map((path) => ({ path })) }));
  return workspace;
}

/** @param {string} folder */
async function makeBulk(folder) {
  const { bulk, bulkFile } = expected.scan;
  const perFolder = 200;
  for (let first = 0; first < bulk; first += perFolder) {
    const names = Array.from({ length: Math.min(perFolder, bulk - first) }, (_, index) => join(folder, `site-${first / perFolder}`, `host-${index}`));
    await Promise.all(names.map(async (name) => {
      await mkdir(name, { recursive: true });
      await writeFile(join(name, bulkFile.name), bulkFile.text);
    }));
  }
  return folder;
}

async function cleanUp() {
  for (const cleanup of cleanups.reverse()) await cleanup().catch(() => {});
}

const limit = setTimeout(() => {
  console.error(`No result after ${LIMIT / 60_000} minutes.`);
  process.exit(2); // which stops the server too
}, LIMIT);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(2));

let code = 2;
try {
  const parts = await main();
  const tests = parts.flatMap((one) => one.tests);
  const count = (/** @type {TestResult['state']} */ state) => tests.filter((test) => test.state === state).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  await writeFile(resultFile, `${JSON.stringify({ passed, failed, tests }, null, 2)}\n`);
  report('done');
  for (const test of tests) if (test.state === 'failed') console.log(`failed: ${test.title}`);
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  code = parts.some((one) => one.broken) ? 2 : failed > 0 ? 1 : 0;
} catch (error) {
  console.error(error);
  await writeFile(resultFile, `${JSON.stringify({ passed: 0, failed: 1, tests: [{ title: 'start VS Code', state: 'failed', error: String(error) }] }, null, 2)}\n`).catch(() => {});
  console.log('0 passed, 1 failed');
} finally {
  clearTimeout(limit);
  await cleanUp();
}
// Said outright: a handle that is left open must not turn an end into a hang.
process.exit(code);
