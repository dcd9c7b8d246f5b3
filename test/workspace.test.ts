/** What files of a workspace ask and tell each other, without a server: who is reached by a change, and at what cost. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { filesOnDisk } from '#hosts/workspace-disk.js';
import { decode, encode, filesInMemory, type Encoding, type Files } from '#hosts/workspace-files.js';
import { unconfigured } from '#hosts/workspace-settings.js';
import type { Linted } from '#hosts/workspace-linted.js';
import { Workspace } from '#hosts/workspace.js';
import { answered, asked, registry } from './support/talking-registry.js';

function workspace(files: Record<string, string | Uint8Array>): { readonly on: Workspace; readonly disk: Map<string, string | Uint8Array>; readonly reads: string[] } {
  const disk = new Map(Object.entries(files));
  const memory = filesInMemory(disk);
  const reads: string[] = [];
  const counted: Files = { ...memory, read: (path) => { reads.push(path); return memory.read(path); } };
  return { on: new Workspace(registry, counted), disk, reads };
}

const says = (on: Workspace, path: string) => {
  const outcome = on.lint(path)?.outcome;
  return [...(outcome?.findings.map(({ message }) => message) ?? []), ...(outcome?.unresolved.map(({ because }) => because) ?? [])];
};

async function scanned(on: Workspace): Promise<Map<string, Linted>> {
  const found = new Map<string, Linted>();
  assert.equal(await on.scan({ lint: true, each: (linted) => found.set(linted.path, linted) }), 'done');
  return found;
}

test('until everything has been read, what is not there is not known to be absent', async () => {
  const { on } = workspace({ 'a.note': 'ask ward\nmatch *.note', 'b.note': 'tell ward three' });
  on.edit('a.note', 'ask ward\nmatch *.note');
  assert.equal(on.complete, false);
  assert.deepEqual(says(on, 'a.note'), ['*.note matches pending', 'not every file has been read']);
  await on.scan({ lint: false });
  assert.equal(on.complete, true);
  assert.deepEqual([...on.takeAffected()], ['a.note']);
  assert.deepEqual(says(on, 'a.note'), ['ward is three (b.note)', '*.note matches a.note, b.note']);
});

test('a change affects those who asked for it and no others', async () => {
  const { on, disk } = workspace({
    'asks-ward.note': 'ask ward', 'asks-bed.note': 'ask bed', 'opens.note': 'open b.note', 'matches.note': 'match c*.note', 'b.note': 'tell ward three\ntell bed one', 'alone.note': 'bad',
  });
  await scanned(on);
  on.takeAffected();
  const after = (path: string, text: string | undefined) => {
    if (text === undefined) disk.delete(path);
    else disk.set(path, text);
    on.changedOnDisk(path);
    const affected = [...on.takeAffected()].sort();
    for (const asker of [path, ...affected]) on.lint(asker);
    return affected;
  };
  assert.deepEqual(after('b.note', 'tell ward three\ntell bed two'), ['asks-bed.note', 'opens.note']);
  assert.deepEqual(after('b.note', 'tell ward four\ntell bed two'), ['asks-ward.note', 'opens.note']);
  assert.deepEqual(after('alone.note', 'bad bad'), []);
  assert.deepEqual(after('c1.note', 'x'), ['matches.note']);
  assert.deepEqual(after('c1.note', 'y'), []);
  assert.deepEqual(after('c1.note', undefined), ['matches.note']);
  assert.deepEqual(after('b.note', undefined), ['asks-bed.note', 'asks-ward.note', 'opens.note']);
  assert.deepEqual(after('asks-ward.note', 'no question'), []);
  assert.deepEqual(after('b.note', 'tell ward five'), ['opens.note'], 'who does not ask any more is not reached');
});

test('an open document counts instead of its file, unsaved, until it is closed', async () => {
  const { on } = workspace({ 'a.note': 'ask ward', 'b.note': 'tell ward three' });
  await scanned(on);
  on.edit('b.note', 'tell ward seven');
  assert.deepEqual([...on.takeAffected()], ['a.note']);
  assert.deepEqual(says(on, 'a.note'), ['ward is seven (b.note)']);
  on.changedOnDisk('b.note');
  assert.deepEqual(says(on, 'a.note'), ['ward is seven (b.note)']);
  on.close('b.note');
  assert.deepEqual([...on.takeAffected()], ['a.note']);
  assert.deepEqual(says(on, 'a.note'), ['ward is three (b.note)']);
});

test('a keystroke in one of many files lints that file, and reads and asks no other', async () => {
  const files = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`d${i % 50}/f${i}.note`, `tell key${i} x\nask key${i + 1}`]));
  const { on, reads } = workspace(files);
  on.edit('d0/f0.note', files['d0/f0.note']!);
  await scanned(on);
  on.takeAffected();
  on.lint('d0/f0.note');
  asked.clear();
  reads.length = 0;
  on.edit('d0/f0.note', 'tell key0 x\nask key1\n# typed');
  assert.deepEqual(says(on, 'd0/f0.note'), ['key1 is x (d1/f1.note)']);
  assert.deepEqual([...asked.keys()], ['d0/f0.note']);
  assert.deepEqual(reads, []);
  assert.equal(on.takeAffected().size, 0);
});

test('what a file opens is read once, not on every keystroke', async () => {
  const { on, reads } = workspace({ 'a.note': '', 'b.note': 'xyz' });
  await scanned(on);
  for (let i = 0; i < 5; i++) {
    on.edit('a.note', `open b.note\n${'#'.repeat(i)}`);
    assert.deepEqual(says(on, 'a.note'), ['b.note has 3 characters']);
  }
  assert.equal(reads.filter((path) => path === 'b.note').length, 2, 'once by the scan, once when it was opened');
});

test('a scan lints each file once, and askers only when everything is known', async () => {
  const { on } = workspace({ 'a.note': 'ask ward', 'photo.note': Buffer.from('a\0b'), 'plain.txt': 'not a note', 'say.txt': '#!note\nbad', 'z.note': 'tell ward three' });
  const times = new Map<string, number>();
  await on.scan({ lint: true, each: ({ path, outcome }) => {
    times.set(path, (times.get(path) ?? 0) + 1);
    if (path === 'a.note') assert.equal(outcome.findings[0]!.message, 'ward is three (z.note)');
  } });
  assert.deepEqual([...times].sort(), [['a.note', 1], ['say.txt', 1], ['z.note', 1]]);
});

test('a scan stops when it is cancelled or superseded, and says so', async () => {
  const { on } = workspace(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}.note`, 'bad\n'.repeat(500)])));
  let pauses = 0;
  assert.equal(await on.scan({ lint: true, pause: async () => { pauses++; }, cancelled: () => pauses > 1 }), 'cancelled');
  assert.equal(await on.scan({ lint: true, pause: async () => on.configure({ ...unconfigured, isExcluded: (path) => path === '1.note' }) }), 'superseded');
  assert.equal(on.complete, false);
  assert.equal((await scanned(on)).size, 299);
});

test('the configuration decides which files are read and as what', async () => {
  const { on } = workspace({ 'vendor/a.note': 'bad', 'b.note': 'bad', 'c.conf': 'bad' });
  on.configure({ ...unconfigured, isExcluded: (path) => path.startsWith('vendor'), overrides: [['**/*.conf', 'note'], ['b.note', 'none']] });
  assert.deepEqual([...(await scanned(on)).keys()], ['c.conf']);
  assert.equal(on.lint('vendor/a.note'), undefined);
});

test('a file over the limit is skipped, and nothing is then known to be absent', async () => {
  const { on, disk } = workspace({ 'a.note': 'ask ward', 'big.note': Buffer.alloc(11 * 1024 * 1024, 'x') });
  const found = await scanned(on);
  assert.deepEqual([...found.keys()], ['a.note']);
  assert.deepEqual([...on.tooLarge], ['big.note']);
  assert.deepEqual(says(on, 'a.note'), ['not every file has been read']);
  disk.set('big.note', 'tell ward three');
  on.changedOnDisk('big.note');
  assert.deepEqual(says(on, 'a.note'), ['ward is three (big.note)']);
});

test('a document that stands alone asks nobody', () => {
  const on = new Workspace(registry);
  on.edit('x.note', 'ask ward\nopen y.note');
  assert.deepEqual(says(on, 'x.note'), ['y.note is pending', 'not every file has been read']);
  on.close('x.note');
  assert.equal(on.lint('x.note'), undefined);
});

test('text is read in the encodings devices write, and written back byte by byte', () => {
  const text = 'größe = 1\r\nüber=2\n';
  for (const encoding of ['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be', 'utf-16le without mark', 'utf-16be without mark', 'latin1'] satisfies Encoding[]) {
    const bytes = encode(text, encoding);
    assert.deepEqual(decode(bytes), { text, encoding });
    assert.deepEqual(encode((decode(bytes) as { text: string }).text, encoding), bytes);
  }
  assert.equal(decode(Buffer.from([1, 0, 2])), 'binary');
  assert.equal(decode(Buffer.alloc(11 * 1024 * 1024)), 'too large');
  assert.deepEqual(decode(Buffer.alloc(0)), { text: '', encoding: 'utf-8' });
  assert.deepEqual(decode(Buffer.from([0xfe, 0xff, 0x00])), { text: '', encoding: 'utf-16be' });
});

test('the disk: ignored files, folders of tools and ways out of the root are not followed', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'hipaa-lint-disk-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const path of ['home/a.note', 'home/sub/b.note', 'home/sub/kept.log', 'home/sub/dropped.log', 'home/build/c.note', 'home/node_modules/d.note', 'home/.git/e.note', 'outside/secret.note']) write(path, 'x');
  write('home/.gitignore', '/build\n*.log\n');
  write('home/sub/.gitignore', '!kept.log\n');
  symlinkSync(join(root, 'outside'), join(root, 'home/way-out'));
  symlinkSync(join(root, 'outside/secret.note'), join(root, 'home/secret.note'));
  symlinkSync('a.note', join(root, 'home/also-a.note'));
  symlinkSync('.', join(root, 'home/ring'));
  const files = filesOnDisk(join(root, 'home'));
  assert.deepEqual([...files.list(() => false)], [
    { path: '.gitignore', link: false }, { path: 'a.note', link: false }, { path: 'also-a.note', link: true },
    { path: 'sub/.gitignore', link: false }, { path: 'sub/b.note', link: false }, { path: 'sub/kept.log', link: false },
  ]);
  assert.deepEqual([...files.list((path) => path === 'sub')].map(({ path }) => path), ['.gitignore', 'a.note', 'also-a.note']);
  for (const path of ['secret.note', 'way-out/secret.note', '../outside/secret.note', 'sub/../../outside/secret.note', '/etc/hostname', 'a.note\0', '', 'sub']) assert.equal(files.read(path), 'missing', path);
  assert.equal(typeof files.read('also-a.note'), 'object');
  const kinds = ['a.note', 'also-a.note', 'sub', 'build', 'build/c.note', 'sub/kept.log', 'sub/dropped.log', 'secret.note', 'node_modules/d.note', 'gone', '../outside'];
  assert.deepEqual(kinds.map((path) => files.holds(path, () => false)), ['file', 'link', 'folder', undefined, undefined, 'file', undefined, undefined, undefined, undefined, undefined]);
  const on = new Workspace(registry, files);
  assert.deepEqual([...(await scanned(on)).keys()].sort(), ['a.note', 'sub/b.note'], 'a link is another name, not another file');
});

test('what many files ask alike is worked out once, and reaches them only where it says something else', async () => {
  const names = Array.from({ length: 30 }, (_, i) => `f/${i}.note`);
  const asking = names.map((name) => [name, 'count f/*.note'] as const);
  const { on, disk } = workspace(Object.fromEntries([...asking, ['alone.note', 'bad']]));
  answered.clear();
  const found = await scanned(on);
  assert.ok(names.every((name) => found.get(name)!.outcome.findings[0]!.message === 'f/*.note: 60'));
  assert.deepEqual(new Set(answered.values()), new Set([1]), 'every answer was worked out once');
  on.takeAffected();
  const after = (path: string, text: string | undefined) => {
    answered.clear();
    if (text === undefined) disk.delete(path);
    else disk.set(path, text);
    on.changedOnDisk(path);
    return [...on.takeAffected()].sort();
  };
  assert.deepEqual(after('f/3.note', 'count  f/*.note'), [], 'as many words as before');
  assert.deepEqual([...answered.keys()], ['f/3.note'], 'only what changed was worked out again');
  assert.deepEqual(after('f/3.note', 'count f/*.note\n# more'), [...names].sort());
  assert.deepEqual([...answered].sort(), [['f/*.note', 1], ['f/3.note', 1]]);
  for (const name of names) assert.equal(says(on, name)[0], 'f/*.note: 62');
  assert.deepEqual(after('f/3.note', undefined), names.filter((name) => name !== 'f/3.note').sort());
  assert.deepEqual(after('alone.note', 'worse'), []);
  assert.deepEqual([...answered], []);
});

test('an answer of a document is not older than the text on the screen, its own or that of another', async () => {
  const { on } = workspace({ 'f/1.note': 'count f/*.note', 'f/2.note': 'a b c' });
  on.edit('f/1.note', 'count f/*.note');
  await on.scan({ lint: false });
  assert.deepEqual(says(on, 'f/1.note'), ['f/*.note: 5']);
  on.edit('f/2.note', 'a b c d');
  assert.deepEqual(says(on, 'f/1.note'), ['f/*.note: 6']);
  on.edit('f/1.note', 'count f/*.note\n#');
  assert.deepEqual(says(on, 'f/1.note'), ['f/*.note: 7']);
  on.close('f/2.note');
  assert.deepEqual(says(on, 'f/1.note'), ['f/*.note: 6']);
});

test('what waits for the whole workspace does so through what it shares', async () => {
  const { on } = workspace({ 'f/1.note': 'count f/*.note' });
  on.edit('f/1.note', 'count f/*.note');
  assert.deepEqual(says(on, 'f/1.note'), ['f/*.note: pending']);
  await on.scan({ lint: false });
  assert.deepEqual([...on.takeAffected()], ['f/1.note']);
  assert.deepEqual(says(on, 'f/1.note'), ['f/*.note: too few']);
});

test('a shared answer that asks for itself fails the rule that asked, and nothing else', async () => {
  const { on } = workspace({ 'a.note': 'itself\nbad' });
  const { outcome } = (await scanned(on)).get('a.note')!;
  assert.deepEqual(outcome.failures, [{ rule: 'talk', message: 'itself asks for itself' }]);
  assert.deepEqual(outcome.findings.map(({ message }) => message), ['This is bad']);
  assert.deepEqual([...on.takeAffected()], []);
});
