// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { findingOn, findings, findingsOn, inWorkspace, revertAll, show, until } = require('../suite/documents.cjs');

suite('in a browser', () => {
  teardown(revertAll);

  test('the folder is on no disk, and VS Code knows that the extension can do with that', () => {
    const uri = inWorkspace(expected.finding.file);
    assert.ok(uri.scheme !== 'file', `${uri} is on a disk`);
    assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
    const extension = vscode.extensions.getExtension(expected.extension);
    assert.ok(extension?.isActive, 'the extension does not run');
    assert.deepEqual(extension.packageJSON.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  });

  test('.hipaa-lint.yaml is read, and followed when it changes', async () => {
    const { file, line } = expected.finding;
    const uri = inWorkspace('.hipaa-lint.yaml');
    const before = await vscode.workspace.fs.readFile(uri);
    const { document } = await show(file);
    const { code } = await findingOn(document, line);
    assert.ok(code && typeof code === 'object');
    try {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`rules:\n  ${code.value}: off\n`));
      await until('the rule to be off', () => findingsOn(document, line).every((one) => typeof one.code === 'object' && one.code.value !== code.value));
    } finally {
      await vscode.workspace.fs.writeFile(uri, before);
    }
    await findingOn(document, line);
  });

  test('after a scan, a file that no editor shows is read again when it changes, comes and goes', async () => {
    await vscode.commands.executeCommand(expected.commands.scan.id);
    const { bad } = expected.typed;
    const uri = inWorkspace(`added/${expected.finding.file}`);
    const write = (/** @type {string} */ text) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    const others = () => vscode.languages.getDiagnostics().filter(([other, all]) => other.path !== uri.path && all.some((one) => one.source === expected.source)).length;
    const before = others();
    await vscode.workspace.fs.createDirectory(inWorkspace('added'));
    await write(`${bad}\n`);
    try {
      await until('its finding', () => findings(uri).some((one) => expected.typed.message.test(one.message)));
      // What is not open VS Code asks about every two seconds.
      await write(`\n${bad}\n`);
      await until('its finding on the second line', () => findings(uri).some((one) => expected.typed.message.test(one.message) && one.range.start.line === 1));
    } finally {
      await vscode.workspace.fs.delete(inWorkspace('added'), { recursive: true });
    }
    await until('the findings to go with the file', () => findings(uri).length === 0);
    assert.equal(others(), before, 'other files lost or gained findings');
  });

  test('files that one file includes are read', async () => {
    const folder = inWorkspace('web');
    const write = (/** @type {string} */ name, /** @type {string} */ text) => vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
    await vscode.workspace.fs.createDirectory(folder);
    try {
      // The first value counts, so that what is included hides what follows.
      await write('included.conf', `${expected.typed.good}\n`);
      await write('sshd_config', `Include included.conf\n${expected.typed.bad}\n`);
      const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'sshd_config'));
      await vscode.window.showTextDocument(document);
      const mine = () => findings(document.uri).some((one) => one.severity !== vscode.DiagnosticSeverity.Hint && expected.typed.message.test(one.message));
      await write('included.conf', '# nothing\n');
      await until('the finding that nothing hides any more', mine);
      await write('included.conf', `${expected.typed.good}\n`);
      await until('the finding to vanish', () => !mine());
    } finally {
      await vscode.workspace.fs.delete(folder, { recursive: true });
    }
  });

  test('the page of a rule is the published one', async () => {
    const { document } = await show(expected.finding.file);
    const { code } = await findingOn(document, expected.finding.line);
    assert.ok(code && typeof code === 'object');
    const page = await vscode.workspace.openTextDocument(code.target);
    assert.match(page.getText(), /164\.3\d\d/);
    assert.match(page.getText(), /^#+ .*instead/im, 'only what the rule itself knows');
  });

  test('the language server can be restarted, which ends one worker and starts another', async () => {
    const { document, editor } = await show(expected.finding.file);
    await findingOn(document, expected.finding.line);
    await vscode.commands.executeCommand('hipaaLint.restartServer');
    const before = findingsOn(document, expected.typed.bad).length;
    await editor.edit((edit) => edit.insert(document.lineAt(document.lineCount - 1).range.end, `\n${expected.typed.bad}`));
    await until('a finding of the new server', () => findingsOn(document, expected.typed.bad).length > before);
  });

  test('the report is written in the worker', async () => {
    // The command ends when the text is there. What a web view shows cannot be seen here: the browser of these tests refuses
    // the service worker it needs.
    await vscode.commands.executeCommand(expected.commands.report.id);
  });
});
