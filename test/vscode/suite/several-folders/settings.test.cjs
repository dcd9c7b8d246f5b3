// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../../expectations.cjs');
const { findings, revertAll, until } = require('../documents.cjs');

suite('in several folders', () => {
  teardown(revertAll);

  const { names, file, rule, settings } = expected.several;

  test('the settings of a folder hold in that folder alone, and a change of them at once', async () => {
    const [one, other] = await Promise.all(names.map(async (name) => {
      const folder = await until(`the folder ${name}`, () => vscode.workspace.workspaceFolders?.find((each) => each.uri.path.endsWith(`/${name}`)))
        .catch((error) => { throw new Error(`${error.message} of ${vscode.workspace.workspaceFile} among ${JSON.stringify(vscode.workspace.workspaceFolders)}`); });
      return { folder, document: await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, file)) };
    }));
    assert.ok(one && other);
    for (const { document } of [one, other]) await vscode.window.showTextDocument(document, { preview: false });
    const has = (/** @type {vscode.TextDocument} */ document) =>
      findings(document.uri).some(({ code }) => typeof code === 'object' && code.value === rule);
    await until('the finding where nobody took it away', () => has(one.document) && findings(other.document.uri).length > 0);
    assert.ok(!has(other.document), 'a folder that has the rule off shows its finding');

    const change = (/** @type {unknown} */ value) =>
      vscode.workspace.getConfiguration('hipaaLint', other.folder.uri).update('rules', value, vscode.ConfigurationTarget.WorkspaceFolder);
    await change(undefined);
    await until('the finding in both folders', () => has(one.document) && has(other.document));
    await change(settings['hipaaLint.rules']);
    await until('the finding in the first alone', () => has(one.document) && !has(other.document));
  });
});
