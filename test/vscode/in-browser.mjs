// @ts-check
/**
 * Runs suite/ in the extension host of VS Code's server, by the same address parameters and page functions with which
 * VS Code's own web tests do it.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { format } from 'node:util';

/**
 * @typedef {object} Suite
 * @property {string} home a folder to write to
 * @property {string} vsix
 * @property {string} folder the folder to open
 * @property {string} tests the module with `run()`
 * @property {string} resultFile where that writes its results
 * @property {object} settings of the user
 * @property {string} logFile for what VS Code and the extension host print, which is a lot
 */

/** The suite takes a few seconds. */
const LIMIT = 3 * 60_000;

/**
 * VS Code runs tests only for an extension under development, and the one to be tested is installed: this is an empty
 * one that stands in.
 * @param {string} home
 */
export async function makeDevelopmentExtension(home) {
  const folder = join(home, 'under-development');
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'under-development', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

/**
 * @param {number} code of the extension host
 * @param {Suite} suite
 * @returns {Promise<import('./mocha-run.cjs').TestResult[]>}
 */
export async function readResults(code, { resultFile }) {
  /** @type {import('./mocha-run.cjs').TestResult[]} */
  const tests = JSON.parse(await readFile(resultFile, 'utf8').catch(() => { throw new Error(`the suite ended with code ${code} and wrote no results`); }));
  // The file and VS Code must agree: one of the two alone could be a suite that broke half way.
  if ((code === 0) === tests.some((test) => test.state === 'failed')) throw new Error(`the suite ended with code ${code} although it has ${JSON.stringify(tests)}`);
  return tests;
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {import('../../tools/vscode-server.mjs').Server} server
 * @param {Suite} suite
 */
export async function runSuiteInBrowser(browser, server, suite) {
  const remote = (/** @type {string} */ path) => `vscode-remote://${server.authority}${resolve(path)}`;
  const extension = await makeDevelopmentExtension(suite.home);
  const context = await browser.newContext();
  const log = createWriteStream(suite.logFile);
  let timer;
  try {
    const page = await context.newPage();
    /** @type {Promise<number>} */
    const ended = new Promise((done) => { void page.exposeFunction('codeAutomationExit', done); });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      log.write(`${type}: ${format(...args)}\n`);
    });
    const crashed = new Promise((_, fail) => {
      page.once('crash', () => fail(new Error('the page crashed')));
      void server.ended.then((reason) => fail(new Error(reason)));
      timer = setTimeout(() => fail(new Error(`the suite gave no result within ${LIMIT / 1000} s`)), LIMIT);
    });
    await page.goto(server.url(suite.folder, [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(suite.tests)]]));
    const code = await Promise.race([ended, crashed]);
    return await readResults(Number(code), suite);
  } finally {
    clearTimeout(timer);
    log.end();
    await context.close();
  }
}
