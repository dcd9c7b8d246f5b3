/** What was shown is taken back: when a document closes, a file goes, the product is switched off, and in one folder of several. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LanguageClient, type Diagnostic, type Start } from './support/language-client.js';

const here = mkdtempSync(join(tmpdir(), 'hipaa lint stale '));
after(() => rmSync(here, { recursive: true, force: true }));

const open = 'listener 1883\nallow_anonymous true\n';
const closed = 'listener 8883\ncertfile /etc/mosquitto/server.crt\nkeyfile /etc/mosquitto/server.key\nallow_anonymous false\n';

function folder(files: Record<string, string>) {
  const root = mkdtempSync(join(here, 'ward '));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { uri: pathToFileURL(root).href, write, file: (path: string) => pathToFileURL(join(root, path)).href };
}

/** As the extension's own client: it can pull, and wants to be told. */
async function told(t: TestContext, start: Start): Promise<LanguageClient> {
  const client = await LanguageClient.start({ pull: true, initializationOptions: { published: true }, ...start });
  t.after(() => client.stop());
  return client;
}

const count = (client: LanguageClient, uri: string) => client.published(uri)?.diagnostics.length ?? 0;

for (const scanned of [false, true]) {
  const when = scanned ? 'after a scan' : 'before any scan';
  const started = async (t: TestContext, files: Record<string, string>) => {
    const ward = folder(files);
    const client = await told(t, { folders: [ward.uri] });
    if (scanned) await client.request('hipaa-lint/scan', {});
    return { ward, client };
  };

  test(`${when}, text that was never saved leaves nothing behind`, async (t) => {
    const { ward, client } = await started(t, { 'mosquitto.conf': closed });
    const uri = ward.file('mosquitto.conf');
    client.open(uri, closed);
    client.edit(uri, { start: 0, end: closed.length, text: open });
    assert.ok((await client.publishedNow(uri)).length > 0);
    client.close(uri);
    await client.until(() => count(client, uri) === 0, 'the end of the findings');
  });

  test(`${when}, text that was saved is what is shown, or nothing`, async (t) => {
    const { ward, client } = await started(t, { 'mosquitto.conf': closed });
    const uri = ward.file('mosquitto.conf');
    client.open(uri, closed);
    client.edit(uri, { start: 0, end: closed.length, text: `${open}# saved\n` });
    const found = (await client.publishedNow(uri)).length;
    ward.write('mosquitto.conf', `${open}# saved\n`);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    client.close(uri);
    await client.until(() => client.published(uri)?.version === undefined && count(client, uri) === (scanned ? found : 0), 'what is on the disk');
  });

  test(`${when}, a renamed file and a deleted one leave no ghost`, async (t) => {
    const { ward, client } = await started(t, { 'a/mosquitto.conf': open, 'b/mosquitto.conf': open });
    const [before, now] = [ward.file('a/mosquitto.conf'), ward.file('c/mosquitto.conf')];
    client.open(before, open);
    assert.ok((await client.publishedNow(before)).length > 0);
    mkdirSync(fileURLToPath(new URL('.', now)));
    renameSync(fileURLToPath(before), fileURLToPath(now));
    client.close(before);
    client.open(now, open);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: before, type: 3 }, { uri: now, type: 1 }] });
    await client.until(() => count(client, before) === 0 && count(client, now) > 0, 'the findings under the new name alone');
    rmSync(fileURLToPath(ward.file('b/mosquitto.conf')));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: ward.file('b/mosquitto.conf'), type: 3 }] });
    await client.until(() => count(client, ward.file('b/mosquitto.conf')) === 0, 'the end of the findings');
    client.close(now);
    await client.until(() => (count(client, now) > 0) === scanned, 'what is on the disk');
  });

  test(`${when}, switching off takes every finding away while the window is open, and on brings them back`, async (t) => {
    const ward = folder({ 'a/mosquitto.conf': open, 'b/mosquitto.conf': open, '.hipaa-lint.yaml': 'polcy: 1\n' });
    let settings: unknown = {};
    const client = await told(t, { folders: [ward.uri], settings: () => settings });
    if (scanned) await client.request('hipaa-lint/scan', {});
    const [shown, other, policy] = [ward.file('a/mosquitto.conf'), ward.file('b/mosquitto.conf'), ward.file('.hipaa-lint.yaml')];
    client.open(shown, open);
    const all = () => [shown, other, policy].map((uri) => count(client, uri) > 0);
    const on = JSON.stringify([true, scanned, true]);
    await client.until(() => JSON.stringify(all()) === on, 'the findings');
    settings = { enable: false };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.until(() => all().every((some) => !some), 'the end of all findings');
    client.edit(shown, { start: 0, end: 0, text: '# still off\n' });
    assert.deepEqual(await client.publishedNow(shown), []);
    assert.deepEqual(await client.actions(shown, { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } }), []);
    assert.deepEqual(await client.request('hipaa-lint/scan', {}), { files: 0, findings: 0, cancelled: false, off: true });
    settings = {};
    client.notify('workspace/didChangeConfiguration', { settings: null });
    const after = JSON.stringify([true, true, true]);
    await client.until(() => JSON.stringify(all()) === after, 'the findings again');
  });
}

test('what is excluded after a scan is not shown any more', async (t) => {
  const ward = folder({ 'a/mosquitto.conf': open, 'b/mosquitto.conf': open });
  const client = await told(t, { folders: [ward.uri] });
  await client.request('hipaa-lint/scan', {});
  await client.until(() => count(client, ward.file('a/mosquitto.conf')) > 0, 'the findings');
  ward.write('.hipaa-lint.yaml', 'exclude: [a/**]\n');
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: ward.file('.hipaa-lint.yaml'), type: 1 }] });
  await client.until(() => count(client, ward.file('a/mosquitto.conf')) === 0, 'the end of the findings');
  assert.ok(count(client, ward.file('b/mosquitto.conf')) > 0);
});

test('a client that pulls the workspace is told what became of a document that it closed', async (t) => {
  const ward = folder({ 'mosquitto.conf': closed });
  const client = await LanguageClient.start({ pull: true, folders: [ward.uri] });
  t.after(() => client.stop());
  const uri = ward.file('mosquitto.conf');
  client.open(uri, open);
  assert.ok((await client.pull(uri)).length > 0);
  client.close(uri);
  // VS Code forgets what it knows of a closed document, and asks without naming it.
  const { items } = await client.request('workspace/diagnostic', { previousResultIds: [] });
  assert.deepEqual(items, [{ kind: 'full', uri, version: null, items: [] }]);
  assert.deepEqual(await client.request('workspace/diagnostic', { previousResultIds: [] }), { items: [] });
});

test('each folder has its own settings, those that are opened later too', async (t) => {
  const [strict, lax, off] = [folder({}), folder({}), folder({})];
  const settings = new Map<string | undefined, unknown>([
    [strict.uri, {}], [lax.uri, { rules: { 'encrypt-transmission': 'info', 'anonymous-access': 'off' } }], [off.uri, { enable: false }],
  ]);
  const client = await told(t, { folders: [strict.uri, lax.uri], settings: (uri) => settings.get(uri) ?? { rules: { 'encrypt-transmission': 'warning' } } });
  const severities = (found: readonly Diagnostic[]) => found.map(({ code, severity }) => `${code} ${severity}`).sort();
  const says = async (uri: string, wanted: readonly string[]) => {
    client.open(uri, open);
    await client.until(() => JSON.stringify(severities(client.published(uri)?.diagnostics ?? [])) === JSON.stringify(wanted), wanted.join());
  };
  await says(strict.file('mosquitto.conf'), ['anonymous-access 1', 'encrypt-transmission 1']);
  await says(lax.file('mosquitto.conf'), ['encrypt-transmission 3']);
  await says('untitled:mosquitto.conf', ['anonymous-access 1', 'encrypt-transmission 2']);
  client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri: off.uri, name: 'off' }], removed: [] } });
  client.open(off.file('mosquitto.conf'), open);
  await client.until(() => client.published(off.file('mosquitto.conf'))?.diagnostics.length === 0, 'nothing in the folder that is off');
});

test('a report says which texts are not those of the disk, and hashes none of them', async (t) => {
  const ward = folder({ 'a/mosquitto.conf': open, 'b/mosquitto.conf': open, 'c/mosquitto.conf': open });
  const client = await told(t, { folders: [ward.uri] });
  client.open(ward.file('a/mosquitto.conf'), open);
  client.open(ward.file('b/mosquitto.conf'), `${open}# typed\n`);
  const json = JSON.parse((await client.request('hipaa-lint/report', { format: 'json' })).text);
  const sha256 = createHash('sha256').update(open).digest('hex');
  assert.deepEqual(json.inputs.map(({ path, sha256, unsaved }: any) => [path, sha256, unsaved]), [
    ['a/mosquitto.conf', sha256, undefined], ['b/mosquitto.conf', undefined, true], ['c/mosquitto.conf', sha256, undefined],
  ]);
  for (const format of ['html', 'sarif', 'markdown']) {
    assert.match((await client.request('hipaa-lint/report', { format })).text, /as it stands in the editor, not known to be saved/, format);
  }
});
