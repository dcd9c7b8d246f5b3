/** What editors send of a text, and what they count in it: through the real server. */
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { apply, LineIndex } from '#engine/text.js';
import { LanguageClient, rangeOf, type Diagnostic, type Start } from './support/language-client.js';

async function started(t: TestContext, start: Start = {}): Promise<LanguageClient> {
  const client = await LanguageClient.start({ pull: true, ...start });
  t.after(() => client.stop());
  return client;
}

const rules = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
const hospital = '\ud83c\udfe5';

test('columns are UTF-16 units, in findings, hovers, fixes and edits alike', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/clinic/orthanc.json';
  const line = `{ "Name": "${hospital}${hospital} \u0131\u0301", "DicomCheckCalledAet": false, "RemoteAccessAllowed": true, "AuthenticationEnabled": false }`;
  client.open(uri, `${hospital}\n${line}\n`.replace(hospital, '//'), 'json');
  const at = (diagnostic: Diagnostic) => ({ ...diagnostic.range, text: client.text(uri).split('\n')[1]!.slice(diagnostic.range.start.character, diagnostic.range.end.character) });
  const before = (await client.pull(uri)).map(at);
  const called = before.find(({ text }) => text.includes('DicomCheckCalledAet') || text === 'false')!;
  assert.ok(called, JSON.stringify(before));
  assert.equal(called.start.character, client.text(uri).split('\n')[1]!.indexOf(called.text, called.start.character));

  client.edit(uri, { start: client.text(uri).indexOf(hospital), end: client.text(uri).indexOf(hospital), text: hospital });
  const after = (await client.pull(uri)).map(at);
  assert.deepEqual(after.map(({ text }) => text), before.map(({ text }) => text));
  assert.equal(after.find(({ text }) => text === called.text)!.start.character, called.start.character + 2);

  const hover = await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: called.start.character + 3 } });
  assert.equal(hover.range.start.character, called.start.character + 2);

  const fixes = (await client.actions(uri, { start: { line: 1, character: 0 }, end: { line: 1, character: line.length } })).filter(({ data }) => (data as any)?.does.do === 'fix');
  const fix = fixes.find(({ title }) => /called AE title/.test(title))!;
  const text = await client.applyAction(uri, fix);
  assert.ok(text.includes(`"Name": "${hospital}${hospital}${hospital} \u0131\u0301", "DicomCheckCalledAet": true`), text);
});

test('a broken half of an astral character neither moves what follows nor is lost', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, `# ${hospital}\nlistener 1883 # not a comment ${hospital}\n`);
  client.edit(uri, { start: 3, end: 4, text: '' });
  client.edit(uri, { start: 3, end: 3, text: '\udfe5' });
  assert.equal(client.text(uri), `# ${hospital}\nlistener 1883 # not a comment ${hospital}\n`);
  client.open('file:///tmp/other/mosquitto.conf', client.text(uri));
  assert.deepEqual(await client.pull(uri), await client.pull('file:///tmp/other/mosquitto.conf'));
});

test('several changes in one notification, and the whole text as one, arrive in their order', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, 'listener 8883\r\nlistener 1\r\n');
  const position = ([line, character]: [number, number]) => ({ line, character });
  const change = (start: [number, number], end: [number, number], text: string) => ({ range: { start: position(start), end: position(end) }, text });
  const changes = (version: number, contentChanges: unknown[]) => client.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  // Each range is of the text as the change before it left it.
  changes(2, [change([0, 0], [1, 0], ''), change([0, 10], [0, 10], '883'), change([0, 0], [0, 0], '# one\r\n# two\r\n')]);
  assert.deepEqual((await client.pull(uri)).filter(({ code }) => code === 'encrypt-transmission').map(({ range }) => range.start.line), [2]);
  changes(3, [change([2, 0], [3, 0], ''), { text: '# all of it\nlistener 1884\n' }, change([1, 9], [1, 13], '1885')]);
  const [found] = (await client.pull(uri)).filter(({ code }) => code === 'encrypt-transmission');
  assert.deepEqual([found?.range.start.line, /1885/.test(found?.message ?? '')], [1, true]);
});

test('after any edits a document is what a fresh one with the same text is', async (t) => {
  const client = await started(t);
  const words = ['listener 1883\n', 'allow_anonymous true\n', '# ward\n', '\r\n', '\n', '\r', hospital, '\ud83c', '\udfe5', ' ', 'listener 8883 127.0.0.1\r\n', 'bind_address ::1\n', ''];
  let state = 20_260_101;
  const random = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  client.open(uri, 'listener 1883\n');
  for (let step = 1; step <= 200; step++) {
    const before = client.text(uri);
    const contentChanges: unknown[] = [];
    let text = before;
    for (let i = random(3); i >= 0; i--) {
      // Editors move a position in the middle of a line end to its beginning, so none is taken there.
      const place = () => { const at = random(text.length + 1); return text[at - 1] === '\r' && text[at] === '\n' ? at - 1 : at; };
      const [start, end] = [place(), place()].sort((a, b) => a - b) as [number, number];
      const edit = { start, end: random(4) === 0 ? end : start, text: words[random(words.length)]! };
      contentChanges.push({ range: rangeOf(text, edit), text: edit.text });
      text = apply(text, [edit]);
    }
    client.change(uri, text, contentChanges);
    if (step % 20 > 0) continue;
    const fresh = `file:///tmp/fresh-${step}/mosquitto.conf`;
    client.open(fresh, text);
    assert.deepEqual(await client.pull(uri), await client.pull(fresh), `step ${step}: ${JSON.stringify(text)}`);
    client.close(fresh);
  }
});

test('50 MB are quiet but for a word why, are edited without a lost edit, and are read again when they have shrunk', async (t) => {
  const client = await started(t);
  const uri = 'file:///tmp/clinic/mosquitto.conf';
  const block = `${'# a remark that fills the file with words\n'.repeat(25_000)}`;
  client.open(uri, `listener 1883\n${block.repeat(50)}`);
  assert.ok(client.text(uri).length > 50 * 1024 * 1024);
  assert.deepEqual((await client.pull(uri)).map(({ severity, message }) => [severity, /larger than 10 MB/.test(message)]), [[3, true]]);
  const since = performance.now();
  client.edit(uri, { start: 0, end: 0, text: 'listener 1884\n' });
  client.edit(uri, { start: client.text(uri).length, end: client.text(uri).length, text: 'listener 1885\n' });
  assert.equal((await client.pull(uri)).length, 1);
  assert.deepEqual(await client.actions(uri, { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } }), []);
  assert.ok(performance.now() - since < 10_000, `${performance.now() - since} ms`);
  const lines = new LineIndex(client.text(uri));
  assert.equal(lines.position(client.text(uri).length).line, 25_000 * 50 + 3);
  client.edit(uri, { start: 28, end: 28 + block.length * 50, text: '' });
  assert.equal(client.text(uri), 'listener 1884\nlistener 1883\nlistener 1885\n');
  const ports = (await client.pull(uri)).filter(({ code }) => code === 'encrypt-transmission').map(({ message }) => /188\d/.exec(message)?.[0]);
  assert.deepEqual(ports.sort(), ['1883', '1884', '1885']);
});

test('what is nested, aliased, entangled, cut off or not text at all is answered in time, and the document lives on', async (t) => {
  const client = await started(t);
  const aliases = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`).join('\n');
  const entities = Array.from({ length: 40 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(9)}">`).join('');
  const connector = '<properties class="com.mirth.connect.connectors.vm.VmReceiverProperties" version="4.5.2"/>\n<enabled>true</enabled>';
  const channel = `<channel version="4.5.2">\n<name>ADT</name>\n<sourceConnector version="4.5.2">\n${connector}\n</sourceConnector>\n`;
  const pod = 'apiVersion: v1\nkind: Pod\n';
  const hostile: readonly { readonly path: string; readonly good: string; readonly rule: string; readonly texts: readonly string[] }[] = [
    {
      path: 'pod.yaml', good: `${pod}metadata:\n  name: a\nspec:\n  hostNetwork: true\n  containers:\n    - name: a\n      image: a\n`, rule: 'no-host-namespace',
      texts: [`${pod}a0: &a0 [x]\n${aliases}\nspec: *a40\n`, `${pod}spec: ${'['.repeat(50_000)}`, `${pod}spec: &a\n  b: *a\n  <<: *a\n`, `${pod}spec:\n  containers:\n    - name: "`],
    },
    {
      path: 'orthanc.json', good: '{ "DicomCheckCalledAet": false, "DicomAet": "A" }', rule: 'orthanc/called-title',
      texts: ['{'.repeat(100_000), `{"DicomServerEnabled": ${'['.repeat(100_000)}`, '{"DicomCheckCalledAet": fal', `{"a":"${'\\u0000'.repeat(10_000)}`],
    },
    {
      path: 'channel.xml', good: `${channel}  <properties version="4.5.2">\n    <messageStorageMode>DEVELOPMENT</messageStorageMode>\n  </properties>\n</channel>\n`,
      rule: 'mirth-channel/storage-mode',
      texts: [`<!DOCTYPE c [<!ENTITY e0 "x">${entities}]>${channel}&e40;`, `${channel}${'<a>'.repeat(50_000)}`, `${channel}<![CDATA[`, `${channel}<properties messageStorageMode="`],
    },
    {
      path: 'main.tf', good: 'resource "aws_db_instance" "a" {\n  engine = "postgres"\n  storage_encrypted = false\n}\n', rule: 'encrypt-at-rest',
      texts: ['resource "aws_s3_bucket" "a" {\n'.repeat(5000), `resource "aws_db_instance" "a" { x = ${'['.repeat(50_000)}`, 'resource "aws_db_instance" "a" {\n  storage_encrypted = fal', '${'.repeat(50_000)],
    },
    {
      path: 'nginx.conf', good: 'http {\n  server {\n    listen 80;\n    location / { proxy_pass http://127.0.0.1; }\n  }\n}\n', rule: 'encrypt-transmission',
      texts: ['http { server {\n'.repeat(20_000), `http { server { listen "${'\\"'.repeat(50_000)}`, 'http {\n  server {\n    listen 80'],
    },
    {
      path: 'sshd_config', good: 'Port 22\r\nPermitRootLogin yes\nX11Forwarding no\r\n', rule: 'root-login',
      texts: [`${'Match User a\n'.repeat(20_000)}PermitRootLogin y`, '\0'.repeat(1000), 'Port 22\0\nPermitRootLogin yes\n', `PermitRootLogin ${'"'.repeat(50_001)}`],
    },
  ];
  for (const { path, good, rule, texts } of hostile) {
    const uri = `file:///tmp/hostile/${path}`;
    client.open(uri, '');
    for (const text of texts) {
      const since = performance.now();
      client.edit(uri, { start: 0, end: client.text(uri).length, text });
      await client.pull(uri);
      client.edit(uri, { start: text.length >> 1, end: text.length >> 1, text: '\r' });
      await client.pull(uri);
      assert.ok(performance.now() - since < 8000, `${path}: ${JSON.stringify(text.slice(0, 60))} took ${performance.now() - since} ms`);
    }
    client.edit(uri, { start: 0, end: client.text(uri).length, text: good });
    const whole = await client.pull(uri);
    assert.ok(rules(whole).includes(rule), `${path}: ${rules(whole)}`);
    // Taken back letter by letter and put again, it is what it was.
    for (let end = good.length; end > good.length - 20; end--) {
      client.edit(uri, { start: end - 1, end, text: '' });
      await client.pull(uri);
    }
    client.edit(uri, { start: good.length - 20, end: good.length - 20, text: good.slice(-20) });
    assert.deepEqual(await client.pull(uri), whole);
  }
  assert.equal(client.exited, false);
  assert.equal(client.stderr, '');
});
