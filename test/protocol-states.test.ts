/** What the server answers before it is initialized, after it was shut down, and of folders that are none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LanguageClient } from './support/language-client.js';

const document = { textDocument: { uri: 'file:///ward/mosquitto.conf' } };
const asks = ['textDocument/hover', 'textDocument/codeAction', 'textDocument/diagnostic', 'hipaa-lint/report'];

test('requests before `initialize` and after `shutdown` are refused as the protocol says', async () => {
  const client = LanguageClient.silent();
  try {
    for (const method of asks) await assert.rejects(client.request(method, { ...document, position: { line: 0, character: 0 }, format: 'json' }), { code: -32002 }, method);
    client.notify('textDocument/didOpen', { textDocument: { ...document.textDocument, languageId: 'x', version: 1, text: 'listener 1883\n' } });
    await client.request('initialize', { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: null });
    assert.equal(await client.request('textDocument/hover', { ...document, position: { line: 0, character: 0 } }), null);
    await client.request('shutdown', null);
    for (const method of asks) await assert.rejects(client.request(method, { ...document, position: { line: 0, character: 0 }, format: 'json' }), { code: -32600 }, method);
  } finally {
    client.notify('exit', null);
    await client.until(() => client.exited, 'the end of the server');
  }
});

test('a folder that is named twice, or not at all, does no harm', async () => {
  const client = await LanguageClient.start({ folders: ['file:///nowhere/ward', 'file:///nowhere/ward/', ''] });
  try {
    const change = (added: readonly string[], removed: readonly string[]) =>
      client.notify('workspace/didChangeWorkspaceFolders', { event: { added: added.map((uri) => ({ uri, name: 'x' })), removed: removed.map((uri) => ({ uri, name: 'x' })) } });
    change(['file:///nowhere/ward', '', 'not an address'], []);
    const uri = 'file:///nowhere/ward/mosquitto.conf';
    client.open(uri, 'listener 1883\n');
    assert.ok(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 2 } }));
    change([], ['file:///nowhere/ward']);
    assert.ok(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 2 } }));
  } finally {
    await client.stop();
  }
});
