// @ts-check
const assert = require('node:assert/strict');
const vscode = require('vscode');
const expected = require('../expectations.cjs');
const { actions, findings, revertAll, show, until } = require('./documents.cjs');

suite('on devices', () => {
  teardown(revertAll);

  for (const { title, file, secure, weakened, message, fix } of expected.devices) {
    test(`${title}: a weakened setting is found while unsaved, and its fix puts it right`, async () => {
      const { document, editor } = await show(file);
      const original = document.getText();
      const at = original.indexOf(secure);
      assert.ok(at >= 0, `${file} has no "${secure}"`);
      const place = new vscode.Range(document.positionAt(at), document.positionAt(at + secure.length));
      const mine = () => findings(document.uri).filter((finding) => message.test(finding.message));
      const before = mine().length;
      await editor.edit((edit) => edit.replace(place, weakened));
      const finding = await until('the finding', () => mine().length > before && mine().find(({ range }) => range.start.line <= document.positionAt(at + weakened.length).line && range.end.line >= place.start.line));
      assert.ok(document.isDirty, 'the text was saved');

      // An edit that is still on its way to the server makes an answer of its own void: a person would press again.
      const chosen = await until('its fix', async () => (await actions(document.uri, finding.range, vscode.CodeActionKind.QuickFix.value)).find((action) => fix.test(action.title) && action.edit));
      assert.ok(chosen.edit);
      assert.ok(await vscode.workspace.applyEdit(chosen.edit));
      await until('the finding to vanish', () => mine().length === before);
      // The rest of the file is the user's: only what was weakened may differ from the file on the disk.
      const now = document.getText();
      assert.equal(now.slice(0, at), original.slice(0, at));
      assert.ok(now.endsWith(original.slice(at + secure.length)), 'the fix changed text behind the setting');
    });
  }
});
