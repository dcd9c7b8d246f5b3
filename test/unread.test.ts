/** What was not read is said, and never looks clean: in every report, on request one by one, and in the exit code. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { unreadReasons, type Unread } from '#engine/unread.js';
import { reportFormats } from '#reports/render.js';
import { filesOnDisk } from '#hosts/workspace-disk.js';
import { unconfigured } from '#hosts/workspace-settings.js';
import { Workspace } from '#hosts/workspace.js';
import { registry } from '#registry/registry.generated.js';
import { folder, hipaaLint, type Folder } from './support/command-line.js';

const clean = 'listener 8883\ncertfile /c\nkeyfile /k\ncafile /a\nrequire_certificate true\npassword_file /p\nallow_anonymous false\n';

/** A workspace with one file that is read and one of each kind that is not. */
const mixed = {
  'mosquitto.conf': clean,
  'notes.txt': 'to do\n',
  'pictures/scan.png': Buffer.from([0x89, 0x50, 0, 0]),
  'blob/mosquitto.conf': Buffer.from([1, 0, 2, 0]),
  'huge/mosquitto.conf': `# ${'x'.repeat(11 * 1024 * 1024)}`,
  'off/mosquitto.conf': 'listener 1883\n',
  'ignored/mosquitto.conf': 'listener 1883\n',
  'node_modules/broker/mosquitto.conf': 'listener 1883\n',
  '.gitignore': 'ignored/\n',
  '.hipaa-lint.yaml': 'exclude: off/**\n',
  '.git/config': '[core]\n',
} as const;

interface Counted {
  readonly unread: { readonly counts: Readonly<Record<string, number>>; readonly files: readonly Unread[] };
  readonly inputs: readonly { readonly path: string; readonly status: string }[];
}

async function withFolder(files: Readonly<Record<string, string | Uint8Array>>, use: (one: Folder) => Promise<void>): Promise<void> {
  const one = folder(files);
  try {
    await use(one);
  } finally {
    one.remove();
  }
}

const unreadOf = async (one: Folder, ...words: string[]) =>
  JSON.parse((await hipaaLint(one.path, ['scan', '.', '--format', 'json', ...words])).out) as Counted;

describe('files that were not read', () => {
  test('are counted by reason, and each has its own', () =>
    withFolder(mixed, async (one) => {
      symlinkSync('/etc/hostname', join(one.path, 'outside.conf'));
      const { unread, inputs } = await unreadOf(one);
      assert.deepEqual(unread.files.map(({ path, reason }) => `${path}: ${reason}`), [
        '.gitignore: no known format',
        'blob/mosquitto.conf: not text',
        'huge/mosquitto.conf: too large',
        'ignored/: excluded',
        'node_modules/: excluded',
        'notes.txt: no known format',
        'off/: excluded',
        'outside.conf: not allowed',
        'pictures/scan.png: no known format',
      ]);
      assert.deepEqual(unread.counts, { 'no known format': 3, excluded: 3, 'too large': 1, 'not text': 1, 'not allowed': 1 });
      assert.deepEqual(inputs.filter(({ status }) => status === 'read').map(({ path }) => path), ['mosquitto.conf']);
    }));

  test('together with those that were read are all there are', () =>
    withFolder(mixed, async (one) => {
      const workspace = new Workspace(registry, filesOnDisk(one.path), unconfigured);
      const read = new Set<string>();
      await workspace.scan({ lint: true, each: ({ path }) => read.add(path) });
      const told = [...read, ...workspace.unread((path) => read.has(path)).map(({ path }) => path)];
      const there = Object.keys(mixed).filter((path) => !path.startsWith('.git/'));
      for (const path of there) assert.ok(told.some((one) => one === path || (one.endsWith('/') && path.startsWith(one))), path);
      assert.equal(new Set(told).size, told.length, 'nothing is told twice');
    }));

  test('are counted in every report, and listed where asked', () =>
    withFolder({ 'mosquitto.conf': clean, 'notes.txt': 'to do\n' }, async (one) => {
      for (const format of reportFormats) {
        const counted = (await hipaaLint(one.path, ['scan', '.', '--format', format])).out;
        assert.match(counted, /1 file not read \(1 of no known format\)|"no known format": 1/, format);
        const listed = (await hipaaLint(one.path, ['scan', '.', '--format', format, '--list-unread'])).out;
        assert.match(listed, /notes\.txt/, format);
      }
      const { out } = await hipaaLint(one.path, ['scan', '.']);
      assert.doesNotMatch(out, /notes\.txt/, 'only where asked');
    }));

  test('have reasons with a name', () => assert.equal(new Set(unreadReasons).size, 5));
});

describe('a path that holds nothing that is read', () => {
  const files = { 'a/mosquitto.conf': clean, 'b/notes.txt': 'to do\n', '.gitignore': 'c/\n', 'c/mosquitto.conf': clean, '.hipaa-lint.yaml': 'rules: {}\n' };

  test('is a mistake of the one who named it', () =>
    withFolder(files, async (one) => {
      const scan = (...words: string[]) => hipaaLint(one.path, ['scan', ...words]);
      assert.equal((await scan('a')).code, 0);
      for (const [words, message] of [
        [['b'], /`b` holds no file of a known format/],
        [['a', 'b/notes.txt'], /`b\/notes\.txt` was not read: neither its name nor its text/],
        [['c/mosquitto.conf'], /`c\/mosquitto\.conf` holds no file of a known format/],
      ] as const) {
        const { code, error } = await scan(...words);
        assert.equal(code, 2, words.join(' '));
        assert.match(error, message);
        assert.match(error, /--allow-unread/);
        assert.deepEqual([(await scan(...words, '--allow-unread')).code, (await scan(...words, '--fail-on', 'never')).code], [0, 0]);
        assert.match((await scan(...words, '--fail-on', 'never')).error, message, 'but it is said');
      }
    }));

  test('does not hide what was found elsewhere', () =>
    withFolder({ ...files, 'a/mosquitto.conf': 'listener 1883\n' }, async (one) => {
      const { code, out } = await hipaaLint(one.path, ['scan', 'a', 'b']);
      assert.equal(code, 2);
      assert.match(out, /encrypt-transmission/);
    }));
});
