// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { actions, findingOn, findings, findingsOn, inWorkspace, lineWith, revertAll, show, until } = require('./documents.cjs');

suite('in an editor', () => {
  teardown(revertAll);

  test('the installed package is what runs, at the version of this source', async () => {
    const extension = vscode.extensions.getExtension(expected.extension);
    assert.ok(extension, `${expected.extension} is not installed`);
    assert.equal(extension.packageJSON.version, expected.version);
    const installed = process.env['E2E_EXTENSIONS'];
    // VS Code writes the letter of a drive small.
    assert.ok(installed && extension.extensionPath.toLowerCase().startsWith(installed.toLowerCase()), `${extension.extensionPath} is not the package under test`);
    await extension.activate();
  });

  test('its commands exist', async () => {
    const all = await vscode.commands.getCommands(true);
    for (const { id } of Object.values(expected.commands)) assert.ok(all.includes(id), `${id} is missing`);
  });

  test('a finding of an opened file names its rule, links to it and marks the value', async () => {
    const { document } = await show(expected.finding.file);
    const finding = await findingOn(document, expected.finding.line);
    assert.match(finding.message, expected.finding.message);
    assert.equal(document.getText(finding.range), expected.finding.marked);
    const code = finding.code;
    assert.ok(code && typeof code === 'object', `code is ${JSON.stringify(code)}, not a rule and a link`);
    assert.match(String(code.value), /^[a-z0-9-]+(\/[a-z0-9-]+)?$/);
    assert.ok(code.target.scheme, 'the rule has no link');
  });

  test('a finding appears on an unsaved edit, moves with its line, and vanishes', async () => {
    const { document, editor } = await show(expected.finding.file);
    const { bad, good, message } = expected.typed;
    // The example may have such a line already: what counts is the one that is typed.
    const before = findingsOn(document, bad).length;
    const end = document.lineCount - 1;
    await editor.edit((edit) => edit.insert(document.lineAt(end).range.end, `\n${bad}`));
    const typedLine = document.lineCount - 1;
    const mine = () => findings(document.uri).filter((finding) => finding.range.start.line === document.lineCount - 1);
    const finding = await until('the typed finding', () => mine()[0]);
    assert.match(finding.message, message);
    assert.ok(document.isDirty, 'the text was saved');

    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# one line more\n'));
    await until('the finding one line further down', () => mine()[0]);
    assert.equal(document.lineCount - 1, typedLine + 1);

    await editor.edit((edit) => edit.replace(document.lineAt(document.lineCount - 1).range, good));
    await until('the finding to vanish', () => mine().length === 0 && findingsOn(document, bad).length === before);
  });

  test('hover says which safeguard and why', async () => {
    const { document } = await show(expected.finding.file);
    const finding = await findingOn(document, expected.finding.line);
    /** @type {vscode.Hover[]} */
    const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, finding.range.start);
    const text = hovers.flatMap((hover) => hover.contents).map((part) => typeof part === 'string' ? part : part.value).join('\n').replace(/\\(?=[^\w\s])/g, ''); // as Markdown shows it
    for (const pattern of expected.finding.hover) assert.match(text, pattern);
  });

  test('the quick fix changes the line and clears the finding', async () => {
    const { document } = await show(expected.finding.file);
    const finding = await findingOn(document, expected.finding.line);
    const { lineNumber } = lineWith(document, expected.finding.line);
    const before = document.getText().split('\n');
    const fix = await until('its fix', async () => (await actions(document.uri, finding.range, vscode.CodeActionKind.QuickFix.value)).find((action) => expected.finding.fix.test(action.title)));
    await apply(fix);
    const after = document.getText().split('\n');
    assert.match(after[lineNumber] ?? '', expected.finding.fixed);
    assert.deepEqual(after.toSpliced(lineNumber, 1), before.toSpliced(lineNumber, 1), 'the fix changed other lines');
    await until('the finding to vanish', () => findings(document.uri).every((one) => one.message !== finding.message));
  });

  test('"fix all" mends on saving what is safe, and nothing else', async () => {
    const { line, fixed } = expected.fixAll;
    const { document, editor } = await show(expected.finding.file);
    const original = document.getText();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `${line}\n`));
    await findingOn(document, line);
    try {
      assert.ok(await document.save());
      assert.match(document.lineAt(0).text, fixed);
      assert.equal(document.getText().slice(document.lineAt(0).text.length + 1), original, 'a fix that wants a review was made');
    } finally {
      await vscode.workspace.fs.writeFile(document.uri, new TextEncoder().encode(original));
      await until('the file as it was', () => document.getText() === original);
    }
  });

  test('recording an exception leaves the cursor where its reason goes', async () => {
    const { document, editor } = await show(expected.finding.file);
    const finding = await findingOn(document, expected.finding.line);
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    const record = await until('its action', async () => (await actions(document.uri, finding.range, vscode.CodeActionKind.QuickFix.value)).find(({ title }) => /^Record an accepted risk/.test(title)));
    await apply(record);
    const { command } = record;
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...command.arguments ?? []);
    const { active } = editor.selection;
    assert.match(document.lineAt(active.line).text.slice(0, active.character), /because="$/);
  });

  test('no language of others is taken over, and nothing is formatted', async () => {
    for (const { file, languages } of expected.languages) {
      const document = await vscode.workspace.openTextDocument(inWorkspace(file));
      assert.ok(languages.includes(document.languageId), `${file} became ${document.languageId}`);
    }
    const document = await vscode.workspace.openTextDocument(inWorkspace(expected.finding.file));
    const edits = await vscode.commands.executeCommand('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true });
    assert.ok(!Array.isArray(edits) || edits.length === 0, 'a formatter answered');
  });
});

/** @param {vscode.CodeAction} action */
async function apply(action) {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), 'VS Code refused the edit');
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...action.command.arguments ?? []);
}
