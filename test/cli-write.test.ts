/** Where the command line writes: what is no plain file stays what it is, and so do the names of one that has several. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { linkSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { replace } from '#hosts/cli-fix.js';
import { folder as made, hipaaLint, type Folder } from './support/command-line.js';

const text = 'listener 8883\ncertfile /c\nkeyfile /k\ntls_version tlsv1\n';
const folders: Folder[] = [];
const folder = (files: Readonly<Record<string, string>>) => (folders.push(made(files)), folders.at(-1)!);
afterEach(() => { for (const one of folders.splice(0)) one.remove(); });

describe('--output', { skip: process.platform === 'win32' }, () => {
  test('writes into a device', async (t) => {
    const one = folder({ 'mosquitto.conf': text });
    const device = join(one.path, 'device');
    try {
      // One of our own: a test that fails must not cost the machine its device.
      execFileSync('mknod', [device, 'c', '1', '3'], { stdio: 'ignore' });
      writeFileSync(device, 'x');
    } catch {
      return t.skip('only the owner of a system makes devices');
    }
    await hipaaLint(one.path, ['scan', 'mosquitto.conf', '--output', 'device', '--format', 'json']);
    assert.ok(lstatSync(device).isCharacterDevice());
  });

  test('writes into a pipe', async () => {
    const one = folder({ 'mosquitto.conf': text });
    const pipe = join(one.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    let got = '';
    reader.stdout.on('data', (chunk: Buffer) => { got += chunk.toString(); });
    await hipaaLint(one.path, ['scan', 'mosquitto.conf', '--output', 'pipe', '--format', 'json']);
    await new Promise((done) => reader.once('close', done));
    assert.ok(lstatSync(pipe).isFIFO());
    assert.equal(JSON.parse(got).schema, 'hipaa-lint-report');
  });

  test('writes behind a link', async () => {
    const one = folder({ 'mosquitto.conf': text, 'old.json': 'x' });
    symlinkSync('old.json', join(one.path, 'now.json'));
    await hipaaLint(one.path, ['scan', 'mosquitto.conf', '--output', 'now.json']);
    assert.ok(lstatSync(join(one.path, 'now.json')).isSymbolicLink());
    assert.equal(JSON.parse(readFileSync(join(one.path, 'old.json'), 'utf8')).schema, 'hipaa-lint-report');
  });
});

describe('--fix', () => {
  test('keeps the other names of a file', async () => {
    const one = folder({ 'mosquitto.conf': text });
    linkSync(join(one.path, 'mosquitto.conf'), join(one.path, 'other-name'));
    const { ino } = statSync(join(one.path, 'other-name'));
    await hipaaLint(one.path, ['scan', '.', '--fix', '--review']);
    assert.match(readFileSync(join(one.path, 'other-name'), 'utf8'), /tls_version tlsv1\.2\n/);
    assert.equal(statSync(join(one.path, 'mosquitto.conf')).ino, ino);
  });

  test('shortens a file with several names to what it holds', () => {
    const one = folder({ a: 'long long text\n' });
    linkSync(join(one.path, 'a'), join(one.path, 'b'));
    replace(join(one.path, 'a'), 'short\n');
    assert.equal(readFileSync(join(one.path, 'b'), 'utf8'), 'short\n');
  });

  test('removes what a run that was killed left, and not what one that runs is writing', () => {
    const one = folder({ a: 'x\n' });
    // The highest number a process may have is lower.
    writeFileSync(join(one.path, '.a.4194399.hipaa-lint'), 'half');
    writeFileSync(join(one.path, '.a.1.hipaa-lint'), 'of one that runs');
    writeFileSync(join(one.path, '.a.notes.hipaa-lint'), 'mine');
    replace(join(one.path, 'a'), 'y\n');
    assert.deepEqual(one.read(), { '.a.1.hipaa-lint': 'of one that runs', '.a.notes.hipaa-lint': 'mine', a: 'y\n' });
  });
});
