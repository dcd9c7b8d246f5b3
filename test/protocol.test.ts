/** The built server, spoken to as an editor does. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LanguageClient, type Diagnostic, type Start } from './support/language-client.js';

const here = mkdtempSync(join(tmpdir(), 'hipaa lint '));
after(() => rmSync(here, { recursive: true, force: true }));
let folders = 0;

/** A folder with files, as the address an editor would give it. */
function folder(files: Record<string, string | Buffer>): { readonly uri: string; write(path: string, text: string): void; remove(path: string): void; file(path: string): string } {
  const root = join(here, `ward ${++folders}`);
  const write = (path: string, text: string | Buffer) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  mkdirSync(root, { recursive: true });
  for (const [path, text] of Object.entries(files)) write(path, text);
  return { uri: pathToFileURL(root).href, write, remove: (path) => rmSync(join(root, path)), file: (path) => pathToFileURL(join(root, path)).href };
}

async function started(t: TestContext, start: Start = {}): Promise<LanguageClient> {
  const client = await LanguageClient.start(start);
  t.after(() => client.stop());
  return client;
}

const rules = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
const open = 'listener 1883\nallow_anonymous true\n';
const closed = 'listener 8883\ncertfile /etc/mosquitto/server.crt\nkeyfile /etc/mosquitto/server.key\nallow_anonymous false\n';

test('findings appear, move and vanish while a file is typed, and are what a fresh file has', async (t) => {
  const client = await started(t, { pull: true });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, '');
  const wanted = `# broker of ward 3\n${open}`;
  let last: readonly Diagnostic[] = [];
  for (let i = 0; i < wanted.length; i++) {
    const before = performance.now();
    client.edit(uri, { start: i, end: i, text: wanted[i]! });
    last = await client.pull(uri);
    // On a machine that is busy elsewhere the hand seems to rest.
    if (performance.now() - before < 400) assert.deepEqual(last, [], 'what is being written is not judged yet');
  }
  const refreshes = client.refreshes;
  await client.until(() => client.refreshes > refreshes, 'to be told that there is more when the hand rests');
  last = await client.pull(uri);
  assert.deepEqual([...new Set(rules(last))].sort(), ['anonymous-access', 'encrypt-transmission']);
  assert.equal(last.find(({ code }) => code === 'encrypt-transmission')!.range.start.line, 1);

  client.open('file:///tmp/clinic/fresh/mosquitto.conf', wanted);
  assert.deepEqual(await client.pull('file:///tmp/clinic/fresh/mosquitto.conf'), last);

  client.edit(uri, { start: 0, end: 0, text: '\n\n' });
  assert.equal((await client.pull(uri)).find(({ code }) => code === 'encrypt-transmission')!.range.start.line, 3);

  client.edit(uri, { start: 0, end: client.text(uri).length, text: closed });
  assert.deepEqual(await client.pull(uri), []);
});

test('a diagnostic carries its rule, where its page is, and how bad it is', async (t) => {
  const client = await started(t, { pull: true });
  client.open('file:///tmp/clinic/mosquitto.conf', open);
  const found = (await client.pull('file:///tmp/clinic/mosquitto.conf')).find(({ code }) => code === 'encrypt-transmission')!;
  assert.equal(found.severity, 1);
  assert.equal(found.source, 'hipaa-lint');
  assert.equal(found.codeDescription?.href, 'hipaa-lint-rule:/encrypt-transmission.md');
  const page = await client.request('hipaa-lint/rulePage', { rule: 'encrypt-transmission' });
  assert.match(page.markdown, /^# /);
  assert.equal(await client.request('hipaa-lint/rulePage', { rule: '../../package' }), null);
});

test('what cannot be told is a hint, and says what would resolve it', async (t) => {
  const client = await started(t, { pull: true });
  client.open('file:///tmp/mosquitto.conf', 'listener 1883 127.0.0.1\nlistener 8883\ncertfile /c\ninclude_dir /etc/mosquitto/conf.d\n');
  const found = (await client.pull('file:///tmp/mosquitto.conf')).find(({ code }) => code === 'anonymous-access')!;
  assert.equal(found.severity, 4);
  assert.match(found.message, /^Cannot tell: .*conf\.d/);
});

test('a client that cannot pull is told, with versions, and never told of nothing first', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, open);
  assert.ok((await client.publishedNow(uri)).length > 0);
  for (const letter of '# note\n') client.edit(uri, { start: client.text(uri).length, end: client.text(uri).length, text: letter });
  assert.ok((await client.publishedNow(uri)).length > 0);
  const all = client.notifications.filter(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri);
  assert.ok(all.every(({ params }) => params.diagnostics.length > 0), 'old squiggles stay until new ones are there');
  client.edit(uri, { start: 0, end: client.text(uri).length, text: closed });
  assert.deepEqual(await client.publishedNow(uri), []);
});

test('asking twice costs nothing: the second answer says that nothing changed', async (t) => {
  const client = await started(t, { pull: true });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, open);
  const first = await client.request('textDocument/diagnostic', { textDocument: { uri } });
  const second = await client.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId: first.resultId });
  assert.deepEqual([first.kind, second.kind, second.resultId], ['full', 'unchanged', first.resultId]);
  client.edit(uri, { start: 0, end: 0, text: '\n' });
  const third = await client.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId: first.resultId });
  assert.equal(third.kind, 'full');
});

test('hover names the safeguard, the reason and the values, and nothing of the file is Markdown', async (t) => {
  const client = await started(t, { pull: true });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, 'connection [a](http://x)<b>*\naddress broker:1883\ntopic # out 1\n');
  const { contents, range } = await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 3 } });
  assert.match(contents.value, /164\\\.312\\\(e\\\)\\\(2\\\)\\\(ii\\\)/);
  assert.match(contents.value, /\(addressable\)/);
  assert.match(contents.value, /Wanted: `encrypted`/);
  assert.ok(!contents.value.includes('[a]('), contents.value);
  assert.ok(!contents.value.includes('<b>'), contents.value);
  assert.equal(range.start.line, 0);
  assert.equal(await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 2, character: 0 } }), null);
});

test('a quick fix clears its finding; its edit is made for the version on the screen', async (t) => {
  const client = await started(t, { pull: true });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, open);
  const before = await client.pull(uri);
  const finding = before.find(({ code }) => code === 'anonymous-access')!;
  const actions = await client.actions(uri, finding.range, undefined, before);
  const fix = actions.find(({ kind, data, diagnostics }) => kind === 'quickfix' && (data as any)?.does.do === 'fix' && diagnostics?.[0]?.code === 'anonymous-access')!;
  assert.ok(fix, JSON.stringify(actions));
  assert.equal(fix.edit, undefined, 'edits are made when they are asked for');
  client.edit(uri, { start: 0, end: 0, text: '# typed meanwhile\n' });
  const resolved = await client.request('codeAction/resolve', fix);
  assert.equal(resolved.edit.documentChanges[0].textDocument.version, 2);
  assert.match(await client.applyAction(uri, fix), /^allow_anonymous false$/m);
  assert.ok(!rules(await client.pull(uri)).includes('anonymous-access'));
});

test('a fix that needs review says its risk and is never preferred', async (t) => {
  const client = await started(t, { pull: true });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, open);
  const fixes = (await client.actions(uri, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } })).filter(({ data }) => (data as any)?.does.do === 'fix');
  assert.ok(fixes.length > 0);
  for (const { title, isPreferred } of fixes) assert.equal(isPreferred ?? false, !/\(review: .+\)$/.test(title), title);
});

test('an exception inserted as a comment hides nothing until it is filled in, and then does', async (t) => {
  const client = await started(t, { pull: true });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, open);
  const { range } = (await client.pull(uri)).find(({ code }) => code === 'encrypt-transmission')!;
  const record = (await client.actions(uri, range)).find(({ title }) => title === 'Record an alternative measure for encrypt-transmission')!;
  const text = await client.applyAction(uri, record);
  const between = await client.pull(uri);
  assert.ok(rules(between).includes('encrypt-transmission'));
  assert.ok(between.some(({ message, tags }) => /hides nothing/.test(message) && tags?.includes(1)), JSON.stringify(between));
  client.edit(uri, { start: 0, end: text.length, text: text.replaceAll('=""', '="a tunnel, filed"') });
  assert.ok(!rules(await client.pull(uri)).includes('encrypt-transmission'));
});

test('documents without a file are read by the language they are in or by what they say', async (t) => {
  const client = await started(t, { pull: true });
  client.open('untitled:mosquitto.conf', open);
  assert.ok(rules(await client.pull('untitled:mosquitto.conf')).includes('encrypt-transmission'));
  client.open('untitled:Untitled-1', 'listener 1883\n', 'plaintext');
  assert.deepEqual(await client.pull('untitled:Untitled-1'), []);
});

test('addresses with spaces, drive letters and other spellings of the same file', async (t) => {
  const ward = folder({ 'my conf/mosquitto.conf': open });
  assert.match(ward.uri, /%20/);
  const client = await started(t, { pull: true, folders: [ward.uri] });
  client.open(ward.file('my conf/mosquitto.conf'), open);
  assert.ok((await client.pull(ward.file('my conf/mosquitto.conf'))).length > 0);
  for (const uri of ['file:///c%3A/Clinic/mosquitto.conf', 'file:///C:/Other%20Clinic/mosquitto.conf', 'untitled:mosquitto.conf']) {
    client.open(uri, open);
    const finding = (await client.pull(uri)).find(({ code }) => code === 'anonymous-access');
    assert.ok(finding, uri);
    const fix = (await client.actions(uri, finding.range)).find(({ data }) => (data as any)?.does.do === 'fix')!;
    const { edit } = await client.request('codeAction/resolve', fix);
    assert.deepEqual(edit.documentChanges.map(({ textDocument }: any) => textDocument), [{ uri, version: 1 }], 'an edit is of the document as the editor spells it');
  }
});

test('settings take effect without a restart', async (t) => {
  let settings: unknown = { rules: { 'encrypt-transmission': 'off' } };
  const client = await started(t, { pull: true, settings: () => settings });
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, open);
  assert.ok(!rules(await client.pull(uri)).includes('encrypt-transmission'));
  settings = { rules: { 'encrypt-transmission': 'info' } };
  const before = client.refreshes;
  client.notify('workspace/didChangeConfiguration', { settings: null });
  const found = (await client.pull(uri)).find(({ code }) => code === 'encrypt-transmission');
  assert.equal(found?.severity, 3);
  await client.until(() => client.refreshes > before, 'a refresh');
  settings = { enable: false };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  assert.deepEqual(await client.pull(uri), []);
  settings = {};
  client.notify('workspace/didChangeConfiguration', { settings: null });
  assert.ok(rules(await client.pull(uri)).includes('encrypt-transmission'));
});

test('a broken .hipaa-lint.yaml is reported at its line while the last good one stays in force', async (t) => {
  const ward = folder({ '.hipaa-lint.yaml': 'rules:\n  encrypt-transmission: off\n', 'mosquitto.conf': open });
  const client = await started(t, { folders: [ward.uri] });
  const uri = ward.file('mosquitto.conf');
  const policy = ward.file('.hipaa-lint.yaml');
  client.open(uri, open);
  assert.ok(!rules(await client.publishedNow(uri)).includes('encrypt-transmission'));
  client.open(policy, 'rules:\n  encrypt-transmission: off\n', 'yaml');
  client.edit(policy, { start: 0, end: client.text(policy).length, text: 'rules:\n  encrypt-transmission: off\npolcy: 3\n' });
  const wrong = await client.publishedNow(policy);
  assert.deepEqual(wrong.map(({ range, severity }) => [range.start.line, severity]), [[2, 1]]);
  client.edit(uri, { start: 0, end: 0, text: '\n' });
  assert.ok(!rules(await client.publishedNow(uri)).includes('encrypt-transmission'));
  client.edit(policy, { start: 0, end: client.text(policy).length, text: 'rules:\n  encrypt-transmission: warning\n' });
  assert.deepEqual(await client.publishedNow(policy), []);
  await client.until(() => client.published(uri)!.diagnostics.some(({ code, severity }) => code === 'encrypt-transmission' && severity === 2), 'the new severity');
});

test('.hipaa-lint.yaml is completed and explained while it is typed, and no other file is', async (t) => {
  const ward = folder({ 'mosquitto.conf': open });
  const snippets = (capabilities: any) => { capabilities.textDocument.completion = { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } }; };
  const client = await started(t, { pull: true, folders: [ward.uri], capabilities: snippets });
  const policy = ward.file('.hipaa-lint.yaml');
  const complete = (uri: string, line: number, character: number) => client.request('textDocument/completion', { textDocument: { uri }, position: { line, character } });
  client.open(policy, '# \ud83c\udfe5 policy\npolicy:\n', 'yaml');
  client.edit(policy, { start: client.text(policy).length, end: client.text(policy).length, text: '  pass' });
  const [first, second] = await complete(policy, 2, 6);
  const range = { start: { line: 2, character: 2 }, end: { line: 2, character: 6 } };
  assert.deepEqual(first.textEdit, { range, newText: 'passwordLength: ${1:14}' });
  assert.deepEqual([first.label, first.kind, first.insertTextFormat, first.insertTextMode, first.detail], ['passwordLength', 10, 2, 1, 'default 14, 8 to 64']);
  assert.match(first.documentation, /^Least length .* Source: /);
  assert.ok(first.sortText < second.sortText);
  client.edit(policy, { start: 0, end: client.text(policy).length, text: 'policy:\n  passwordLength: 15\n' });
  const { contents } = await client.request('textDocument/hover', { textDocument: { uri: policy }, position: { line: 1, character: 4 } });
  assert.match(contents.value, /^\*\*passwordLength\*\*/);
  client.open(ward.file('mosquitto.conf'), `# policy:\n${open}`);
  assert.deepEqual(await complete(ward.file('mosquitto.conf'), 0, 6), []);
  client.edit(ward.file('mosquitto.conf'), { start: 0, end: 9, text: '# hipaa-lint allow ' });
  assert.deepEqual((await complete(ward.file('mosquitto.conf'), 0, 19)).map(({ label }: any) => label), ['encrypt-transmission']);
  for (const uri of ['untitled:Untitled-1', ward.file('other.yaml')]) {
    client.open(uri, 'policy:\n  \n', 'yaml');
    assert.deepEqual(await complete(uri, 1, 2), []);
  }
  assert.deepEqual(await complete('file:///never/opened/.hipaa-lint.yaml', 0, 0), []);

  const plain = await started(t, { folders: [ward.uri] });
  plain.open(policy, 'rules:\n  tls', 'yaml');
  const items = await plain.request('textDocument/completion', { textDocument: { uri: policy }, position: { line: 1, character: 5 } });
  const tls = items.find(({ label }: any) => label === 'tls-version');
  assert.deepEqual([tls.textEdit.newText, tls.insertTextFormat, tls.insertTextMode], ['tls-version: error', undefined, undefined]);
});

test('a scan reads the workspace with progress, and its results follow the disk', async (t) => {
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`site ${i}/mosquitto.conf`, i % 2 ? open : closed]));
  const ward = folder({ ...files, 'ignored/mosquitto.conf': open, '.gitignore': 'ignored/\n', 'photo.conf': Buffer.from([0, 1, 2]) });
  const client = await started(t, { pull: true, folders: [ward.uri] });
  const result = await client.request('hipaa-lint/scan', { workDoneToken: 'scan-1' });
  assert.deepEqual(result, { files: 60, findings: 60, cancelled: false });
  const progress = client.notifications.filter(({ method, params }) => method === '$/progress' && params.token === 'scan-1').map(({ params }) => params.value);
  assert.equal(progress[0].kind, 'begin');
  assert.match(progress.at(-2).message, /^(\d+) \/ \1$/);
  assert.equal(progress.at(-1).kind, 'end');

  const all = await client.request('workspace/diagnostic', { previousResultIds: [] });
  assert.equal(all.items.length, 30);
  const told = all.items.map(({ uri, resultId }: any) => ({ uri, value: resultId }));
  assert.deepEqual(await client.request('workspace/diagnostic', { previousResultIds: told }), { items: [] });

  ward.write('site 1/mosquitto.conf', closed);
  ward.remove('site 3/mosquitto.conf');
  ward.write('new site/mosquitto.conf', open);
  const refreshes = client.refreshes;
  client.notify('workspace/didChangeWatchedFiles', { changes: [[1, 2], [3, 3]].map(([i, type]) => ({ uri: ward.file(`site ${i}/mosquitto.conf`), type })).concat([{ uri: ward.file('new site/mosquitto.conf'), type: 1 }]) });
  await client.until(() => client.refreshes > refreshes, 'a refresh');
  const now = await client.request('workspace/diagnostic', { previousResultIds: told });
  assert.deepEqual(now.items.map(({ uri, items }: any) => [uri.includes('new%20site') ? 'new' : uri.includes('site%201/') ? 1 : 3, items.length > 0]).sort(), [[1, false], [3, false], ['new', true]]);
});

test('a scan of a client that cannot pull is published, and closing a document shows its file again', async (t) => {
  const ward = folder({ 'a/mosquitto.conf': open, 'b/mosquitto.conf': closed });
  const client = await started(t, { folders: [ward.uri] });
  await client.request('hipaa-lint/scan', {});
  const uri = ward.file('a/mosquitto.conf');
  await client.until(() => (client.published(uri)?.diagnostics.length ?? 0) > 0, 'the result of the scan');
  assert.equal(client.published(ward.file('b/mosquitto.conf')), undefined);
  client.open(uri, closed);
  assert.deepEqual(await client.publishedNow(uri), []);
  client.close(uri);
  await client.until(() => client.published(uri)!.diagnostics.length > 0, 'what is on disk');
});

test('a scan can be cancelled', async (t) => {
  const long = `${open}${'# a remark\n'.repeat(2000)}`;
  const ward = folder(Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`s${i}/mosquitto.conf`, long])));
  const client = await started(t, { pull: true, folders: [ward.uri] });
  const scan = client.request('hipaa-lint/scan', { workDoneToken: 7 });
  await client.until(() => client.notifications.some(({ params }) => params?.token === 7 && params.value.kind === 'report'), 'progress');
  client.notify('window/workDoneProgress/cancel', { token: 7 });
  assert.equal((await scan).cancelled, true);
  const other = client.cancellable('hipaa-lint/scan', { workDoneToken: 8 });
  await client.until(() => client.notifications.some(({ params }) => params?.token === 8 && params.value.kind === 'report'), 'progress');
  other.cancel();
  assert.equal((await other.answer).cancelled, true);
});

test('reports come in every form, over the text on the screen', async (t) => {
  const ward = folder({ 'a/mosquitto.conf': closed, 'b/mosquitto.conf': closed });
  const client = await started(t, { pull: true, folders: [ward.uri] });
  client.open(ward.file('a/mosquitto.conf'), open);
  const texts = Object.fromEntries(await Promise.all(['html', 'sarif', 'json', 'markdown'].map(async (format) => [format, (await client.request('hipaa-lint/report', { format })).text as string] as const)));
  assert.match(texts['html']!, /^<!doctype html>/i);
  assert.equal(JSON.parse(texts['sarif']!).version, '2.1.0');
  assert.deepEqual(new Set(JSON.parse(texts['json']!).findings.map((finding: any) => finding.path)), new Set(['a/mosquitto.conf']));
  assert.match(texts['markdown']!, /a\/mosquitto\.conf/);
});

test('nothing leaves the machine: the server works where sockets and programs cannot be used', async (t) => {
  const lock = join(here, 'lock.cjs');
  writeFileSync(lock, `
    const no = (what) => () => { process.stderr.write('USED ' + what); throw new Error(what + ' was used'); };
    const net = require('node:net');
    net.Socket.prototype.connect = no('connect');
    net.Server.prototype.listen = no('listen');
    net.connect = net.createConnection = no('net');
    for (const name of ['node:http', 'node:https']) { const web = require(name); web.request = web.get = no(name); }
    require('node:dns').lookup = no('dns');
    require('node:dgram').createSocket = no('dgram');
    globalThis.fetch = no('fetch');
    const child = require('node:child_process');
    for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) child[name] = no(name);
    const fs = require('node:fs');
    for (const name of ['writeFile', 'writeFileSync', 'appendFileSync', 'mkdtempSync', 'createWriteStream']) fs[name] = no(name);
  `);
  const ward = folder({ 'mosquitto.conf': open });
  const client = await started(t, { pull: true, folders: [ward.uri], environment: { NODE_OPTIONS: `--require "${lock}"` } });
  client.open(ward.file('mosquitto.conf'), open);
  assert.ok((await client.pull(ward.file('mosquitto.conf'))).length > 0);
  assert.equal((await client.request('hipaa-lint/scan', {})).files, 1);
  assert.ok((await client.request('hipaa-lint/report', { format: 'html' })).text.length > 0);
  assert.equal(client.stderr, '');
});
