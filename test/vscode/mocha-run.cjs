// @ts-check
/**
 * Runs mocha files and says what became of every test, the same way inside VS Code's extension host and outside it.
 * Nothing is printed: the extension host's output is full of VS Code's own, so the runner prints the results.
 */
const { stripVTControlCharacters } = require('node:util');
const Mocha = require('mocha');

/** @typedef {{ title: string, state: 'passed' | 'failed' | 'skipped', ms?: number, error?: string }} TestResult */

/**
 * @param {readonly string[]} files
 * @param {{ timeout: number, load?: boolean }} options load: the files are ES modules, which are loaded asynchronously
 * @returns {Promise<TestResult[]>}
 */
exports.runMocha = async (files, { timeout, load = false }) => {
  const mocha = new Mocha({ ui: 'tdd', timeout, color: false, reporter: Mocha.reporters.Base, forbidOnly: true });
  for (const file of files) mocha.addFile(file);
  if (load) await mocha.loadFilesAsync();
  /** @type {TestResult[]} */
  const results = [];
  await new Promise((done) => {
    const runner = mocha.run(done);
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }));
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), state: 'skipped' }));
    // A hook that fails is reported here too, under its own title.
    runner.on('fail', (test, error) => results.push({ title: test.fullTitle(), state: 'failed', error: stripVTControlCharacters(String(error?.stack ?? error)) }));
  });
  return results;
};
