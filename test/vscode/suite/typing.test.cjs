// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { findings, revertAll, show, until } = require('./documents.cjs');

suite('while a word is being written', () => {
  teardown(revertAll);

  test('it is no fault yet; it is one when the hand rests', async () => {
    const { document, editor } = await show(expected.finding.file);
    const before = await until('the findings of the file', () => findings(document.uri).length || undefined);
    const { bad, message } = expected.typed;
    const start = document.lineAt(document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(start, start);
    /** @type {string[]} */
    const early = [];
    const typing = { is: true };
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (typing.is) early.push(...findings(document.uri).filter((one) => one.range.start.line > start.line).map((one) => one.message));
    });
    try {
      for (const key of `\n${bad}`) {
        await vscode.commands.executeCommand('type', { text: key });
        await new Promise((done) => setTimeout(done, 20));
      }
      typing.is = false;
      const found = await until('the finding of what was written', () => findings(document.uri).find((one) => one.range.start.line === document.lineCount - 1));
      assert.match(found.message, message);
    } finally {
      listening.dispose();
    }
    assert.deepEqual(early, []);
    assert.equal(findings(document.uri).length, before + 1);
  });
});
