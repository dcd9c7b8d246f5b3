// @ts-check
/**
 * What VS Code for the Web calls in its extension host, a worker: the tests of suite/ and those of this folder, bundled
 * into one script by web.mjs. The results go to the page by way of the console.
 */
require('mocha/mocha');

/** @typedef {import('../mocha-run.cjs').TestResult} TestResult */

exports.run = async () => {
  mocha.setup({ ui: 'tdd', timeout: 20_000, reporter: class {}, forbidOnly: true });
  require('../suite/configuration.test.cjs');
  require('../suite/editor.test.cjs');
  require('../suite/workspace.test.cjs');
  require('./browser.test.cjs');
  /** @type {TestResult[]} */
  const results = [];
  await new Promise((done) => {
    const runner = mocha.run(() => done(undefined));
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }));
    runner.on('pending', (test) => results.push({ title: test.fullTitle(), state: 'skipped' }));
    // A hook that fails is reported here too, under its own title.
    runner.on('fail', (test, error) => results.push({ title: test.fullTitle(), state: 'failed', error: String(error?.stack ?? error) }));
  });
  console.log(`hipaa-lint results: ${JSON.stringify(results)}`);
  const failed = results.filter((result) => result.state === 'failed').length;
  if (failed) throw new Error(`${failed} tests failed`);
};
