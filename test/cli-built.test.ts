/** The built program, as it is installed: starts, ends, speaks, and minds who may read what. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { folder } from './support/command-line.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; bin: Record<string, string> };
const program = resolve(manifest.bin['hipaa-lint']!);

describe('the built command line', () => {
  test('is what package.json names, can be run as it is, and knows its version', () => {
    const { status, stdout } =
      process.platform === 'win32'
        ? spawnSync(process.execPath, [program, '--version'], { encoding: 'utf8' })
        : spawnSync(program, ['--version'], { encoding: 'utf8' });
    assert.deepEqual([status, stdout], [0, `${manifest.version}\n`]);
  });

  test('ends with the code of what it found, and writes all of a long report to a pipe', () => {
    const one = folder(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`w${i}/mosquitto.conf`, 'listener 1883\nlistener 1884\n'])));
    try {
      const { status, stdout } = spawnSync(process.execPath, [program, 'scan', '.', '--format', 'json'], {
        cwd: one.path,
        encoding: 'utf8',
        maxBuffer: 64 << 20,
      });
      assert.equal(status, 1);
      assert.equal((JSON.parse(stdout) as { findings: unknown[] }).findings.length, 600);
    } finally {
      one.remove();
    }
  });

  test('reads thousands of files without trouble', () => {
    const one = folder(
      Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`d${i % 50}/${i}/${i % 3 ? 'notes.txt' : 'mosquitto.conf'}`, 'listener 8883\ncertfile /c\n'])),
    );
    try {
      const started = performance.now();
      const { status, stdout } = spawnSync(process.execPath, [program, 'scan', '.'], { cwd: one.path, encoding: 'utf8' });
      assert.equal(status, 0);
      assert.match(stdout, /in 1000 configuration files/);
      assert.ok(performance.now() - started < 30_000);
    } finally {
      one.remove();
    }
  });

  test('says what may not be read, and lists files that may not', () => {
    const one = folder({
      'closed/mosquitto.conf': 'listener 1883\n',
      'open/mosquitto.conf': 'listener 8883\ncertfile /c\n',
      'open/sub/mosquitto.conf': 'listener 1883\n',
    });
    try {
      // Root reads everything, so another user asks; the program goes along, because that user may not see this folder.
      copyFileSync(program, join(one.path, 'cli.cjs'));
      chmodSync(one.path, 0o755);
      chmodSync(join(one.path, 'closed'), 0);
      chmodSync(join(one.path, 'open/sub/mosquitto.conf'), 0);
      const other = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
      const ask = (...words: string[]) =>
        spawnSync(process.execPath, [join(one.path, 'cli.cjs'), 'scan', ...words], { cwd: one.path, encoding: 'utf8', ...other });
      const closed = ask('closed');
      assert.equal(closed.status, 2, closed.stderr);
      assert.match(closed.stderr, /^`closed` may not be read; check its permissions$/m);
      const open = ask('open');
      assert.equal(open.status, 0, open.stderr);
      assert.match(open.stdout, /^open\/sub\/mosquitto\.conf unreadable it may not be read$/m);
    } finally {
      chmodSync(join(one.path, 'closed'), 0o755);
      one.remove();
    }
  });

  test('stops quietly when its reader does', async () => {
    const child = spawn(process.execPath, [program, 'rules', '--format', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let error = '';
    child.stderr.on('data', (part: Buffer) => (error += part.toString()));
    child.stdout.destroy();
    assert.equal(await new Promise((done) => child.on('close', done)), 0, error);
    assert.equal(error, '');
  });

  test('starts the language server', async () => {
    const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const message = (content: object) => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...content });
      return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    };
    try {
      const answer = new Promise<string>((done, fail) => {
        let said = '';
        child.stdout.on('data', (part: Buffer) => {
          said += part.toString();
          if (said.includes('"capabilities"')) done(said);
        });
        child.on('exit', (code) => fail(new Error(`the server ended with ${String(code)}`)));
      });
      child.stdin.write(message({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }));
      assert.match(await answer, /"capabilities"/);
    } finally {
      child.removeAllListeners('exit');
      child.kill();
    }
  });
});
