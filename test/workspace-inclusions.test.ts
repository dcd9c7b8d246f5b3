/** Files that others take in as parts of theirs: what they are of is said by those, whatever their names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesInMemory } from '#hosts/workspace-files.js';
import { filesFarAway } from '#hosts/workspace-distant.js';
import { unconfigured } from '#hosts/workspace-settings.js';
import { Workspace } from '#hosts/workspace.js';
import { registry } from './support/talking-registry.js';
import { processorTime } from './support/processor-time.js';

function workspace(files: Record<string, string>) {
  const disk = new Map(Object.entries(files));
  return { disk, on: new Workspace(registry, filesInMemory(disk)) };
}

const says = (on: Workspace, path: string) => on.lint(path)?.outcome.findings.map(({ message }) => message);

/** How often each file was given by a scan, and what it said. */
async function scanned(on: Workspace): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  const each = ({ path, outcome }: { path: string; outcome: { findings: readonly { message: string }[] } }) => {
    assert.ok(!(path in found), `${path} is judged once`);
    found[path] = outcome.findings.map(({ message }) => message);
  };
  assert.equal(await on.scan({ lint: true, each }), 'done');
  return found;
}

test('a file that no format claims is of the format that includes it, and judged once', async () => {
  const { on } = workspace({
    'a.inc': 'bad\nwhose', 'z/b.inc': 'include a.inc\nwhose', 'm.note': 'include a.inc\ninclude z/*.inc', 'n.note': 'include a.inc', 'other.inc': 'bad',
  });
  assert.deepEqual(await scanned(on), {
    'm.note': [], 'n.note': [], 'a.inc': ['This is bad', 'included by m.note, n.note, z/b.inc'], 'z/b.inc': ['included by m.note'],
  });
  assert.equal(on.isOwn('a.inc'), false);
});

test('of several places the first that is there counts', async () => {
  const { on, disk } = workspace({ 'm.note': 'include sub/a.inc a.inc', 'a.inc': 'bad', 'c.note': 'include c.inc d.inc', 'c.inc': 'bad', 'd.inc': 'bad' });
  assert.deepEqual(Object.keys(await scanned(on)).sort(), ['a.inc', 'c.inc', 'c.note', 'm.note']);
  on.takeAffected();
  disk.set('sub/a.inc', 'bad');
  on.changedOnDisk('sub/a.inc');
  assert.deepEqual([...on.takeAffected()].sort(), ['a.inc', 'sub/a.inc']);
  assert.deepEqual([says(on, 'a.inc'), says(on, 'sub/a.inc')], [undefined, ['This is bad']]);
  disk.delete('sub/a.inc');
  on.changedOnDisk('sub/a.inc');
  on.takeAffected();
  assert.deepEqual([says(on, 'a.inc'), says(on, 'sub/a.inc')], [['This is bad'], undefined]);
});

test('a name, a signature and what the user decided come first', async () => {
  const { on } = workspace({ 'm.note': 'include *', 'a.txt': '#!note', 'b.inc': 'bad', 'deep/c.inc': 'bad' });
  on.configure({ ...unconfigured, overrides: [['b.inc', 'none']] });
  assert.deepEqual(Object.keys(await scanned(on)).sort(), ['a.txt', 'm.note']);
  const wide = workspace({ 'm.note': 'include **', 'b.inc': 'bad', 'deep/c.inc': 'bad' });
  assert.deepEqual(Object.keys(await scanned(wide.on)).sort(), ['b.inc', 'm.note']);
});

test('an include that is written or taken away reaches the file at once', async () => {
  const { on, disk } = workspace({ 'm.note': '', 'a.inc': 'bad\ninclude b.inc', 'b.inc': 'bad' });
  await on.scan({ lint: false });
  on.edit('m.note', '');
  on.edit('a.inc', 'bad\ninclude b.inc');
  assert.equal(on.formatOf('a.inc'), undefined);
  on.edit('m.note', 'include a.inc');
  assert.deepEqual([...on.takeAffected()].sort(), ['a.inc', 'b.inc']);
  assert.deepEqual([says(on, 'a.inc'), says(on, 'b.inc')], [['This is bad'], ['This is bad']]);
  assert.ok(on.isReadThrough('b.inc'), 'it is shown with the open document');
  on.edit('m.note', '# include a.inc');
  assert.deepEqual([...on.takeAffected()].sort(), ['a.inc', 'b.inc']);
  assert.deepEqual([says(on, 'a.inc'), says(on, 'b.inc'), on.isReadThrough('b.inc')], [undefined, undefined, false]);
  disk.set('m.note', 'include a.inc');
  on.close('m.note');
  on.takeAffected();
  assert.deepEqual(says(on, 'a.inc'), ['This is bad']);
});

test('a document that is included is given by the scan that finds out', async () => {
  const { on } = workspace({ 'a.inc': '', 'm.note': 'include a.inc' });
  on.edit('a.inc', 'bad');
  assert.deepEqual(on.lint('a.inc'), undefined);
  assert.deepEqual(await scanned(on), { 'm.note': [], 'a.inc': ['This is bad'] });
});

test('files that include each other are of no format once nobody else includes them', async () => {
  const { on, disk } = workspace({ 'm.note': 'include a.inc', 'a.inc': 'include b.inc\nbad', 'b.inc': 'include a.inc\nbad' });
  assert.deepEqual(Object.keys(await scanned(on)).sort(), ['a.inc', 'b.inc', 'm.note']);
  on.takeAffected();
  disk.delete('m.note');
  on.changedOnDisk('m.note');
  assert.deepEqual([...on.takeAffected()].sort(), ['a.inc', 'b.inc']);
  assert.deepEqual([says(on, 'a.inc'), says(on, 'b.inc')], [undefined, undefined]);
});

test('nothing outside of the workspace is read', async () => {
  const { on } = workspace({ 'm.note': 'include ../a.inc /a.inc\ninclude m.note' });
  assert.deepEqual(await scanned(on), { 'm.note': [] });
});

test('what has to be waited for is said to be the same', async () => {
  const disk: Record<string, string> = { 'a.inc': 'include b.inc\nbad', 'b.inc': 'bad\nwhose', 'm.note': 'include a.inc' };
  const far = {
    folders: async (paths: readonly string[]) =>
      paths.map((path) => (path === '' ? Object.keys(disk).map((name) => ({ name, kind: 'file' as const })) : null)),
    files: async (paths: readonly string[]) => paths.map((path) => (path in disk ? new TextEncoder().encode(disk[path]) : null)),
  };
  assert.deepEqual(await scanned(new Workspace(registry, filesFarAway(far))), {
    'm.note': [], 'a.inc': ['This is bad'], 'b.inc': ['This is bad', 'included by a.inc'],
  });
});

test('what a keystroke costs does not grow with the files that are included', async () => {
  const files: Record<string, string> = { 'm.note': 'include parts/*' };
  for (let i = 0; i < 2000; i++) files[`parts/${i}.inc`] = 'include shared.inc';
  files['shared.inc'] = 'bad';
  const { on } = workspace(files);
  await on.scan({ lint: false });
  on.edit('m.note', files['m.note']!);
  on.takeAffected();
  const before = processorTime();
  for (let i = 0; i < 100; i++) {
    on.edit('m.note', `${files['m.note']}\n# ${i}`);
    assert.equal(on.takeAffected().size, 0);
    on.lint('m.note');
  }
  assert.ok(before() < 200, `${before()} ms for 100 keystrokes`);
});
