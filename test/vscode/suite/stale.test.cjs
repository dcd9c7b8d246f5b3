// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { findingOn, findings, inWorkspace, revertAll, show, until } = require('./documents.cjs');

suite('what was shown is taken back', () => {
  const copies = inWorkspace('copies');
  const copy = vscode.Uri.joinPath(copies, expected.finding.file);
  const { bad, good } = expected.typed;

  setup(async () => {
    await vscode.workspace.fs.createDirectory(copies);
    await vscode.workspace.fs.writeFile(copy, new TextEncoder().encode(`${good}\n`));
  });
  teardown(async () => {
    await revertAll();
    await vscode.workspace.fs.delete(copies, { recursive: true });
    await until('no finding in the folder that is gone', () => below(copies).length === 0);
  });

  /** Everything that is shown of a folder. @param {vscode.Uri} folder */
  const below = (folder) => vscode.languages.getDiagnostics()
    .filter(([uri]) => uri.path.startsWith(`${folder.path}/`))
    .flatMap(([, all]) => all.filter(({ source }) => source === expected.source));

  /** Opens the copy and weakens it on the screen. */
  const weaken = async () => {
    const { document, editor } = await show(`copies/${expected.finding.file}`);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `${bad}\n`));
    await findingOn(document, bad);
    return document;
  };
  const about = (/** @type {vscode.Uri} */ uri) => findings(uri).filter(({ message }) => expected.typed.message.test(message)).length;

  test('a tab closed without saving leaves nothing of the text that never was', async () => {
    const document = await weaken();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until('the end of the finding', () => about(copy) === 0);
    assert.equal(document.isClosed || !document.isDirty, true);
  });

  test('a text that is reverted loses its finding at once, and after the tab is closed', async () => {
    await weaken();
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await until('the end of the finding', () => about(copy) === 0);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await new Promise((done) => setTimeout(done, 300));
    assert.equal(about(copy), 0);
  });

  test('a tab that was saved and closed shows what a scan says of the file, which is what is on the disk', async () => {
    const document = await weaken();
    assert.ok(await document.save());
    // A scan was made by another test of this window or not: both are right, and a later change of the disk must be followed.
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.writeFile(copy, new TextEncoder().encode(`${good}\n`));
    await until('the end of the finding', () => about(copy) === 0);
  });

  test('a file that is renamed takes its findings along, and one that is deleted takes them away', async () => {
    const [named, renamed] = ['here', 'there'].map((folder) => vscode.Uri.joinPath(copies, folder, expected.finding.file));
    assert.ok(named && renamed);
    await vscode.workspace.fs.writeFile(named, new TextEncoder().encode(`${bad}\n`));
    const { document } = await show(`copies/here/${expected.finding.file}`);
    await findingOn(document, bad);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(named, renamed);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until('the finding under the new name alone', () => about(renamed) > 0 && about(named) === 0);
    const removal = new vscode.WorkspaceEdit();
    removal.deleteFile(renamed);
    assert.ok(await vscode.workspace.applyEdit(removal));
    await until('no finding under any name', () => below(copies).length === 0);
  });

  test('`hipaaLint.enable` takes effect while the window is open, both ways', async () => {
    const document = await weaken();
    const settings = () => vscode.workspace.getConfiguration('hipaaLint', document.uri);
    await settings().update('enable', false, vscode.ConfigurationTarget.Workspace);
    try {
      await until('the end of every finding', () => vscode.languages.getDiagnostics().every(([, all]) => all.every(({ source }) => source !== expected.source)));
    } finally {
      await settings().update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await until('the finding again', () => about(copy) > 0);
  });
});
