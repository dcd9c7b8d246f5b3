/** What decides, and how a change of it reaches the findings: the configuration file on the screen and on disk, and the settings of editors. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LanguageClient, type Diagnostic, type Start } from './support/language-client.js';

const here = mkdtempSync(join(tmpdir(), 'hipaa lint configuration '));
after(() => rmSync(here, { recursive: true, force: true }));

function folder(files: Record<string, string>) {
  const root = mkdtempSync(join(here, 'ward '));
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { uri: pathToFileURL(root).href, write, remove: (path: string) => rmSync(join(root, path)), file: (path: string) => pathToFileURL(join(root, path)).href };
}

async function started(t: TestContext, start: Start): Promise<LanguageClient> {
  const client = await LanguageClient.start(start);
  t.after(() => client.stop());
  return client;
}

const broker = 'listener 1883\nallow_anonymous true\n';
const rule = 'encrypt-transmission';
const severity = (diagnostics: readonly Diagnostic[]) => diagnostics.find(({ code }) => code === rule)?.severity;
const saying = (level: string) => `rules:\n  ${rule}: ${level}\n`;
const [error, warning, info] = [1, 2, 3];

for (const pull of [true, false]) {
  const who = pull ? 'a client that pulls' : 'a client that is told';
  const diagnostics = (client: LanguageClient, uri: string) => (pull ? client.pull(uri) : client.publishedNow(uri));
  /** Waits until a document is said to be of a severity, as the client hears of it. */
  const becomes = async (client: LanguageClient, uri: string, wanted: number | undefined, since: number) => {
    if (pull) {
      await client.until(() => client.refreshes > since, 'being told to pull');
      assert.equal(severity(await client.pull(uri)), wanted);
    } else await client.until(() => severity(client.published(uri)?.diagnostics ?? []) === wanted, `severity ${wanted}`);
  };

  test(`${who} sees .hipaa-lint.yaml come, change, break and go on disk`, async (t) => {
    const ward = folder({ 'mosquitto.conf': broker });
    const client = await started(t, { pull, folders: [ward.uri] });
    const uri = ward.file('mosquitto.conf');
    const policy = ward.file('.hipaa-lint.yaml');
    client.open(uri, broker);
    assert.equal(severity(await diagnostics(client, uri)), error);
    const onDisk = (type: number) => {
      const since = client.refreshes;
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: policy, type }] });
      return since;
    };
    ward.write('.hipaa-lint.yaml', saying('warning'));
    await becomes(client, uri, warning, onDisk(1));
    ward.write('.hipaa-lint.yaml', saying('info'));
    await becomes(client, uri, info, onDisk(2));

    ward.write('.hipaa-lint.yaml', `${saying('off')}polcy: 1\n`);
    const since = onDisk(2);
    const faults = async () => {
      if (!pull) return client.published(policy)?.diagnostics ?? [];
      const { items } = await client.request('workspace/diagnostic', { previousResultIds: [] });
      return (items as { uri: string; items: Diagnostic[] }[]).find((item) => item.uri.endsWith('/.hipaa-lint.yaml'))?.items ?? [];
    };
    if (pull) await client.until(() => client.refreshes > since, 'being told to pull');
    else await client.until(() => (client.published(policy)?.diagnostics.length ?? 0) > 0, 'the fault');
    assert.deepEqual((await faults()).map(({ range, message }) => [range.start.line, /did you mean `policy`/.test(message)]), [[2, true]]);
    client.edit(uri, { start: 0, end: 0, text: '\n' });
    assert.equal(severity(await diagnostics(client, uri)), info, 'the last good file stays in force');

    ward.remove('.hipaa-lint.yaml');
    await becomes(client, uri, error, onDisk(3));
    assert.deepEqual(await faults(), []);
  });
}

test('a file that is broken from the start is reported at its line, and the defaults hold', async (t) => {
  for (const [text, line] of [[`${saying('off')}polcy: 1\n`, 2], [`${saying('off')}  - [\n`, 2], ['rules: *nobody\n', 0], [`# ward\n\n${'['.repeat(5000)}`, 2]] as const) {
    const ward = folder({ '.hipaa-lint.yaml': text, 'mosquitto.conf': broker });
    const client = await started(t, { folders: [ward.uri] });
    const uri = ward.file('mosquitto.conf');
    client.open(uri, broker);
    assert.equal(severity(await client.publishedNow(uri)), error, text.slice(0, 40));
    const policy = ward.file('.hipaa-lint.yaml');
    await client.until(() => (client.published(policy)?.diagnostics.length ?? 0) > 0, 'the fault of a file nobody has open');
    client.open(policy, text, 'yaml');
    const [fault] = await client.publishedNow(policy);
    assert.ok(fault && fault.range.start.line <= line && fault.range.end.line >= line, `${JSON.stringify(fault)} for ${JSON.stringify(text.slice(0, 40))}`);
  }
});

test('what is typed in the file decides at once, closing it brings back the disk, and the editor is weaker than both', async (t) => {
  const ward = folder({ '.hipaa-lint.yaml': saying('warning'), 'mosquitto.conf': broker });
  const client = await started(t, { pull: true, folders: [ward.uri], settings: () => ({ rules: { [rule]: 'off', 'anonymous-access': 'off' } }) });
  const uri = ward.file('mosquitto.conf');
  const policy = ward.file('.hipaa-lint.yaml');
  client.open(uri, broker);
  const first = await client.pull(uri);
  assert.equal(severity(first), warning);
  assert.ok(!first.some(({ code }) => code === 'anonymous-access'), 'what the file leaves open the editor decides');
  client.open(policy, saying('warning'), 'yaml');
  client.edit(policy, { start: client.text(policy).length - 8, end: client.text(policy).length, text: 'inf' });
  assert.equal(severity(await client.pull(uri)), warning, 'a word that is half typed decides nothing');
  client.edit(policy, { start: client.text(policy).length, end: client.text(policy).length, text: 'o\n' });
  assert.equal(severity(await client.pull(uri)), info);
  client.close(policy);
  assert.equal(severity(await client.pull(uri)), warning);
});

test('a client that cannot be asked for its settings gives them when it starts and whenever they change', async (t) => {
  const client = await started(t, {
    pull: true, initializationOptions: { settings: { rules: { [rule]: 'info' } } },
    capabilities: (capabilities) => { delete capabilities.workspace.configuration; delete capabilities.workspace.didChangeConfiguration; },
  });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, broker);
  assert.equal(severity(await client.pull(uri)), info);
  client.notify('workspace/didChangeConfiguration', { settings: { hipaaLint: { rules: { [rule]: 'warning' } } } });
  assert.equal(severity(await client.pull(uri)), warning);
  client.notify('workspace/didChangeConfiguration', { settings: { hipaaLint: { policy: { tlsMinimum: '9' }, rules: 7, exclude: 'x' } } });
  assert.equal(severity(await client.pull(uri)), error, 'settings that make no sense decide nothing');
});
