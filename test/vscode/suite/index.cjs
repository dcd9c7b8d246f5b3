// @ts-check
/**
 * What VS Code calls when it is started for tests: in the extension host, by the desktop application and by the server
 * alike. It has to be CommonJS, as `vscode` exists only for `require` in the oldest VS Code supported.
 */
const { readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');
const { runMocha } = require('../mocha-run.cjs');

exports.run = async () => {
  const folder = vscode.workspace.workspaceFile ? join(__dirname, 'several-folders') : __dirname;
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.cjs')).sort().map((name) => join(folder, name));
  const results = await runMocha(files, { timeout: 20_000 });
  const file = process.env['E2E_RESULT'];
  if (!file) throw new Error('E2E_RESULT does not name the file for the results');
  writeFileSync(file, JSON.stringify(results));
  const failed = results.filter((result) => result.state === 'failed').length;
  if (failed) throw new Error(`${failed} tests failed`);
};
