/** Files that have to be waited for say in the end what the disk says at once. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { filesFarAway, type Far, type FarEntry } from '#hosts/workspace-distant.js';
import { filesOnDisk } from '#hosts/workspace-disk.js';
import type { Linted } from '#hosts/workspace-linted.js';
import { Workspace } from '#hosts/workspace.js';
import { registry } from './support/talking-registry.js';

interface There {
  readonly far: Far;
  readonly disk: Map<string, string | Uint8Array>;
  /** What was asked for, request by request. */
  readonly asked: (readonly string[])[];
  fails: boolean;
}

/** Somebody who answers after a moment. A path that ends with `@` is a link. */
function there(files: Record<string, string | Uint8Array>): There {
  const disk = new Map(Object.entries(files));
  const asked: (readonly string[])[] = [];
  const later = async () => {
    await new Promise((done) => setTimeout(done, 1));
    if (it.fails) throw new Error('gone');
  };
  const it: There = {
    disk, asked, fails: false,
    far: {
      folders: async (paths) => {
        asked.push(paths);
        await later();
        return paths.map((folder) => {
          const entries = new Map<string, FarEntry>();
          for (const path of disk.keys()) {
            if (!path.startsWith(folder)) continue;
            const [name, ...below] = path.slice(folder.length).split('/');
            entries.set(name!, name!.endsWith('@') ? { name: name!.slice(0, -1), kind: 'link' } : { name: name!, kind: below.length > 0 ? 'folder' : 'file' });
          }
          return entries.size === 0 && folder !== '' ? null : [...entries.values()];
        });
      },
      files: async (paths, largest) => {
        asked.push(paths);
        await later();
        return paths.map((path) => {
          const content = disk.get(path);
          const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
          return bytes === undefined ? null : bytes.length > largest ? 'too large' : bytes;
        });
      },
    },
  };
  return it;
}

const none = () => false;

async function listed(files: ReturnType<typeof filesFarAway>): Promise<string[]> {
  let paths: string[] = [];
  do paths = [...files.list(none)].map(({ path }) => path); while (await files.distance!.bring());
  return paths;
}

async function scanned(on: Workspace): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const each = ({ path, outcome }: Linted) => { found[path] = [...outcome.findings.map(({ message }) => message), ...outcome.unresolved.map(({ because }) => because)].join('; '); };
  assert.equal(await on.scan({ lint: true, each }), 'done');
  return found;
}

const contents = {
  '.gitignore': 'build/\n*.tmp.note\n', 'a.note': 'ask ward\nopen wards/b.note\nmatch wards/*.note\n', 'x.tmp.note': 'bad', 'build/deep/y.note': 'bad',
  'node_modules/z/z.note': 'bad', 'wards/.gitignore': '!kept.tmp.note\nleft.note\n', 'wards/b.note': 'tell ward three\nbad\n', 'wards/kept.tmp.note': 'bad', 'wards/left.note': 'bad',
};

test('a scan from afar finds what a scan of the disk finds, and asks for no folder it does not enter', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'hipaa-lint-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { far, asked } = there(contents);
  const files = filesFarAway(far);
  assert.deepEqual(await listed(files), [...filesOnDisk(root).list(none)].map(({ path }) => path));
  const found = await scanned(new Workspace(registry, filesFarAway(far)));
  assert.deepEqual(found, await scanned(new Workspace(registry, filesOnDisk(root))));
  assert.ok(Object.keys(found).length >= 3, JSON.stringify(found));
  const paths = asked.flat();
  assert.deepEqual(paths.filter((path) => /^(node_modules|build)\//.test(path)), []);
  assert.ok(asked.length <= 12, `${asked.length} requests`);
});

test('a document asks for another file in vain, and is linted again when that has come', async () => {
  const { far } = there({ 'a.note': '', 'b.note': 'x' });
  const files = filesFarAway(far);
  const on = new Workspace(registry, files);
  const arrived = new Promise<readonly string[]>((done) => { files.distance!.onArrival = done; });
  on.edit('a.note', 'open b.note\nopen none.note');
  const says = () => on.lint('a.note')!.outcome.findings.map(({ message }) => message).concat(on.lint('a.note')!.outcome.unresolved.map(({ because }) => because));
  assert.deepEqual(says(), ['b.note is pending', 'none.note is pending']);
  // Nobody waits for it: it is fetched all the same.
  on.arrived(await arrived);
  while (await files.distance!.bring());
  on.arrived(['b.note', 'none.note']);
  assert.deepEqual([...on.takeAffected()], ['a.note']);
  assert.deepEqual(says(), ['b.note has 1 characters', 'none.note is absent']);
});

test('what changes counts as it was until it has been fetched anew', async () => {
  const { far, disk } = there({ 'a.note': 'ask ward', 'b.note': 'tell ward three' });
  const files = filesFarAway(far);
  const on = new Workspace(registry, files);
  const says = (found: Record<string, string>) => found['a.note'];
  assert.equal(says(await scanned(on)), 'ward is three (b.note)');
  disk.set('b.note', 'tell ward four');
  files.distance!.changed('b.note');
  assert.deepEqual(files.read('b.note'), { text: 'tell ward three', encoding: 'utf-8' });
  await on.catchUp('b.note');
  on.changedOnDisk('b.note');
  assert.ok(on.takeAffected().has('a.note'));
  assert.equal(on.lint('a.note')!.outcome.findings[0]!.message, 'ward is four (b.note)');

  disk.set('new/in/c.note', 'tell ward five');
  await on.catchUp('new');
  assert.deepEqual(on.changedOnDisk('new', true), ['new/in/c.note']);

  disk.delete('b.note');
  await on.catchUp('b.note');
  on.changedOnDisk('b.note');
  assert.equal(files.read('b.note'), 'missing');
});

test('links are not followed, and nothing outside the root is asked for', async () => {
  const { far, asked } = there({ 'link@': '', 'a/b.note': 'x' });
  const files = filesFarAway(far);
  assert.deepEqual(await listed(files), ['a/b.note']);
  for (const path of ['link', 'link/x', '../b', 'a/../../b', '/etc/passwd', '']) assert.equal(files.read(path), 'missing', path);
  await files.distance!.bring();
  assert.ok(asked.flat().every((path) => !path.includes('..') && !path.startsWith('/') && !path.startsWith('link')), JSON.stringify(asked));
});

test('who does not answer has nothing, and is not asked for ever', async () => {
  const it = there({ 'a.note': 'bad' });
  it.fails = true;
  const on = new Workspace(registry, filesFarAway(it.far));
  assert.deepEqual(await scanned(on), {});
  assert.ok(it.asked.length <= 2, `${it.asked.length} requests`);
});

test('more text than is kept is still scanned whole', async () => {
  const long = `${'x'.repeat(1024 * 1024 - 8)}\nbad\n`;
  const { far } = there(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.note`, long])));
  assert.equal(Object.keys(await scanned(new Workspace(registry, filesFarAway(far)))).length, 40);
});
