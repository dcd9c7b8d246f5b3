// @ts-check
/**
 * What VS Code calls when it is started for tests: in the extension host, by the desktop application and by the server
 * alike. It has to be CommonJS, as `vscode` exists only for `require` in the oldest VS Code supported.
 */
const { readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');
const { runMocha } = require('../mocha-run.cjs');

/** How long VS Code may take to know its folders, in milliseconds. */
const patience = 10_000;

/**
 * VS Code in a browser sometimes reads a `.code-workspace` file before it can, and then has no folder until the window is loaded
 * again. Loading begins this run anew, so that this one has nothing more to say.
 */
async function foldersKnown() {
  for (const deadline = Date.now() + patience; (vscode.workspace.workspaceFolders ?? []).length === 0; await new Promise((done) => setTimeout(done, 100))) {
    if (Date.now() < deadline) continue;
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
    await new Promise(() => {});
  }
}

exports.run = async () => {
  await foldersKnown();
  const folder = vscode.workspace.workspaceFile ? join(__dirname, 'several-folders') : __dirname;
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.cjs')).sort().map((name) => join(folder, name));
  const results = await runMocha(files, { timeout: 20_000 });
  const file = process.env['E2E_RESULT'];
  if (!file) throw new Error('E2E_RESULT does not name the file for the results');
  writeFileSync(file, JSON.stringify(results));
  const failed = results.filter((result) => result.state === 'failed').length;
  if (failed) throw new Error(`${failed} tests failed`);
};
