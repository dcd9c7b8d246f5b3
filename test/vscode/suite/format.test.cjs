// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { findings, inWorkspace, revertAll, show, until } = require('./documents.cjs');

suite('the format of a file', () => {
  teardown(revertAll);

  const { file, text, format, rule } = expected.unclaimed;

  test('is set by a command, which keeps what `.hipaa-lint.yaml` says otherwise', async () => {
    const configuration = inWorkspace('.hipaa-lint.yaml');
    const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(configuration));
    await vscode.workspace.fs.writeFile(inWorkspace(file), new TextEncoder().encode(text));
    try {
      const { document } = await show(file);
      await new Promise((done) => setTimeout(done, 300));
      assert.deepEqual(findings(document.uri), []);
      await vscode.commands.executeCommand(expected.commands.format.id, format);
      await until('the findings of that format', () => findings(document.uri).some(({ code }) => typeof code === 'object' && code.value === rule));
      const after = new TextDecoder().decode(await vscode.workspace.fs.readFile(configuration));
      const lines = after.split('\n').filter((line) => !before.split('\n').includes(line));
      assert.deepEqual(lines.map((line) => line.trim()).filter((line) => line !== 'files:'), [`/${file}: ${format}`]);
    } finally {
      await vscode.workspace.fs.writeFile(configuration, new TextEncoder().encode(before));
      await vscode.workspace.fs.delete(inWorkspace(file));
    }
  });
});
