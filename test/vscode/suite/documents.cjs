// @ts-check
const vscode = require('vscode');
const expected = require('../expectations.cjs');

/**
 * Waits until a function answers with something true, and answers with that.
 * @template T
 * @param {string} what
 * @param {() => T | undefined | false | Promise<T | undefined | false>} ask
 * @returns {Promise<T>}
 */
exports.until = async (what, ask, ms = 10_000) => {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((done) => setTimeout(done, 30));
  }
};

/** @param {string} file @returns {vscode.Uri} */
exports.inWorkspace = (file) => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, ...file.split('/'));
};

/** @param {vscode.Uri} uri */
exports.findings = (uri) => vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === expected.source);

/** @param {string} file */
exports.show = async (file) => {
  const document = await vscode.workspace.openTextDocument(exports.inWorkspace(file));
  return { document, editor: await vscode.window.showTextDocument(document, { preview: false }) };
};

/**
 * The findings on the line with this text.
 * @param {vscode.TextDocument} document @param {string} text
 */
exports.findingsOn = (document, text) => exports.findings(document.uri).filter((diagnostic) => document.lineAt(diagnostic.range.start.line).text.trim() === text);

/**
 * Waits for the first finding on the line with this text.
 * @param {vscode.TextDocument} document @param {string} text
 */
exports.findingOn = (document, text) => exports.until(`a finding on "${text}"`, () => exports.findingsOn(document, text)[0]);

/** @param {vscode.TextDocument} document @param {string} text @returns {vscode.TextLine} */
exports.lineWith = (document, text) => {
  for (let index = 0; index < document.lineCount; index++) {
    const line = document.lineAt(index);
    if (line.text.trim() === text) return line;
  }
  throw new Error(`${document.uri.path} has no line "${text}"`);
};

/** Leaves every document as it is on the disk, and closes it. */
exports.revertAll = async () => {
  // One that no editor is in front of any more would stay as the test left it, and spoil the next.
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document, { preview: false });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  // Closing reverts first, where the command asks nobody.
  while (vscode.window.activeTextEditor) await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await exports.until('the last tab to close', () => vscode.window.tabGroups.all.every((group) => group.tabs.length === 0));
};

/**
 * @param {vscode.Uri} uri @param {vscode.Range} range @param {string} kind
 * @returns {Promise<vscode.CodeAction[]>} the actions, resolved
 */
exports.actions = async (uri, range, kind) => await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind, 20) ?? [];
