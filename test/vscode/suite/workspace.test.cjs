// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { findingOn, findingsOn, revertAll, show, until } = require('./documents.cjs');

suite('in a folder', () => {
  teardown(revertAll);

  test('a scan fills the Problems panel with files that no editor has open', async () => {
    assert.deepEqual(tabs().map((tab) => tab.label), [], 'an editor is open');
    const files = await scan();
    for (const [uri, all] of files) {
      const messages = all.map((one) => `${one.range.start.line} ${one.message} ${JSON.stringify(one.code)}`);
      assert.equal(new Set(messages).size, messages.length, `${uri.path} has the same finding twice`);
    }
  });

  test('after a scan, opening a file does not show its findings twice', async () => {
    await scan();
    const { document } = await show(expected.finding.file);
    await findingOn(document, expected.finding.line);
    // The editor's own findings come a moment after the scan's: the wait is for a second copy that must not come.
    await new Promise((done) => setTimeout(done, 500));
    const messages = findingsOn(document, expected.finding.line).map((one) => one.message);
    assert.equal(new Set(messages).size, messages.length, JSON.stringify(messages));
  });

  test('the report opens as a tab', async () => {
    await vscode.commands.executeCommand(expected.commands.report.id);
    await until('the report\'s tab', () => tabs().some((tab) => expected.report.tab.test(tab.label) && tab.input instanceof vscode.TabInputWebview));
  });

  test('a rule\'s page opens in the editor', async () => {
    const { document } = await show(expected.finding.file);
    const { code } = await findingOn(document, expected.finding.line);
    assert.ok(code && typeof code === 'object');
    const before = tabs().length;
    await vscode.commands.executeCommand(expected.commands.rule.id, code.value);
    await until('a tab with the rule\'s page', () => tabs().length > before);
  });
});

/** Scans, and answers with the files that have findings. */
async function scan() {
  // Not awaited: the command may end only when somebody answers what it says at its end.
  void vscode.commands.executeCommand(expected.commands.scan.id);
  return until(`findings in ${expected.scan.leastFiles} files`, () => {
    const found = vscode.languages.getDiagnostics().filter(([, all]) => all.some((one) => one.source === expected.source));
    return found.length >= expected.scan.leastFiles && found;
  });
}

const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
