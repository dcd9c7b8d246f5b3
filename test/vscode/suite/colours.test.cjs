// @ts-check
/** Files that the editor shows plain get their colours, and no file is taken from anybody. */
const assert = require('node:assert/strict');
const vscode = require('vscode');
const { revertAll, show, until } = require('./documents.cjs');

suite('colours', () => {
  teardown(revertAll);

  for (const [path, language] of [
    ['sshd_config', 'hipaa-lint-sshd-config'],
    ['network/core-switch.cfg', 'hipaa-lint-cisco-ios'],
    ['firewall/nftables.conf', 'hipaa-lint-nftables'],
  ]) {
    test(`${path} is shown in colour`, async () => {
      const { document } = await show(path);
      await until(`${path} as ${language}`, () => languageOf(document) === language);
    });
  }

  test('who makes a file plain again is not contradicted', async () => {
    const { document, editor } = await show('sshd_config');
    await until('its colours', () => languageOf(document) === 'hipaa-lint-sshd-config');
    await vscode.languages.setTextDocumentLanguage(document, 'plaintext');
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), 'X11Forwarding yes\n'));
    await new Promise((done) => setTimeout(done, 2000));
    assert.equal(languageOf(document), 'plaintext');
  });

  test('a file of another language stays what it is', async () => {
    const { document } = await show('portal/compose.yaml');
    await new Promise((done) => setTimeout(done, 1000));
    assert.match(languageOf(document), /^(yaml|dockercompose)$/);
  });

  test('a language that the settings choose stays', async () => {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('associations', { '*.v4': 'plaintext' }, vscode.ConfigurationTarget.Global);
    try {
      const { document } = await show('firewall/rules.v4');
      await new Promise((done) => setTimeout(done, 1000));
      assert.equal(languageOf(document), 'plaintext');
    } finally {
      await files.update('associations', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

/** The language now: the object of a document whose language changed may be an old one. @param {import('vscode').TextDocument} document */
function languageOf(document) {
  return (vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === document.uri.toString()) ?? document).languageId;
}
