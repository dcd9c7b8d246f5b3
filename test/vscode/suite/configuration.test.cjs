// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { findings, inWorkspace, revertAll, show, until } = require('./documents.cjs');

suite('in .hipaa-lint.yaml', () => {
  teardown(revertAll);

  const { field, typed, value, meaning } = expected.policy;

  /** Puts a text on the screen, with the cursor at its end. @param {string} text */
  const write = async (text) => {
    const { document, editor } = await show('.hipaa-lint.yaml');
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
    const end = document.positionAt(document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    return { document, end };
  };

  /** What is offered, without words that are only there because the text has them. @param {vscode.Uri} uri @param {vscode.Position} at */
  const offered = async (uri, at) => {
    /** @type {vscode.CompletionList} */
    const { items } = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', uri, at);
    return items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  };

  test('a policy field is completed, with its meaning and its default, and no YAML extension is needed for it', async () => {
    assert.equal(vscode.extensions.getExtension('redhat.vscode-yaml'), undefined);
    const { document, end } = await write(`policy:\n  ${typed}`);
    assert.equal(document.languageId, 'yaml', 'the language was taken over');
    const found = await until(`${field} among what is offered`, async () => {
      const all = (await offered(document.uri, end)).filter(({ label }) => label === field);
      return all.length > 0 && all;
    });
    assert.equal(found.length, 1, 'the field is offered twice');
    const [{ documentation }] = /** @type {[vscode.CompletionItem]} */ (found);
    assert.match(typeof documentation === 'string' ? documentation : documentation?.value ?? '', meaning);

    await until('the field in the text', async () => {
      await vscode.commands.executeCommand('editor.action.triggerSuggest');
      await new Promise((done) => setTimeout(done, 300));
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return document.getText().includes(field);
    });
    assert.equal(document.getText(), `policy:\n  ${field}: ${value}`);
    assert.ok(document.isDirty, 'the text was saved');
  });

  test('a whole exception is put in where its list stands, indented as it is', async () => {
    const { document } = await write('exceptio');
    await until('an exception in the text', async () => {
      await vscode.commands.executeCommand('editor.action.triggerSuggest');
      await new Promise((done) => setTimeout(done, 300));
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return document.lineCount > 1;
    });
    assert.match(document.getText(), /^exceptions:\n {2}- rule: \n {4}files: \n {4}kind: accepted-risk\n {4}because: \n {4}by: $/);
  });

  test('hovering explains a policy field, and a fault is marked where it is', async () => {
    const { document } = await write(`policy:\n  ${field}: ${value}\npolcy: 1\n`);
    /** @type {vscode.Hover[]} */
    const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, new vscode.Position(1, 4));
    const text = hovers.flatMap((hover) => hover.contents).map((part) => typeof part === 'string' ? part : part.value).join('\n');
    assert.match(text.replaceAll('\\', ''), meaning);
    const [finding] = await until('the fault', () => { const all = findings(document.uri); return all.length > 0 && all; });
    assert.deepEqual([finding?.range.start.line, /did you mean `policy`/.test(finding?.message ?? '')], [2, true]);
  });

  test('other files are left to others', async () => {
    for (const { file } of expected.languages) {
      const document = await vscode.workspace.openTextDocument(inWorkspace(file));
      assert.deepEqual((await offered(document.uri, new vscode.Position(0, 0))).filter(({ label }) => label === 'policy' || label === field), [], file);
    }
  });
});
