/** Fixes on disk: only what was asked for, all or nothing, and the bytes around them as they were. */
import assert from 'node:assert/strict';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { gateFor } from '#engine/confidential.js';
import type { Finding, Outcome } from '#engine/lint.js';
import { unifiedDiff } from '#hosts/cli-diff.js';
import { fix } from '#hosts/cli-fix.js';
import { applyFixes, formats, lintText, rules } from '#hosts/library.js';
import { encode } from '#hosts/workspace-files.js';
import { registry } from '#registry/registry.generated.js';
import { folder as made, hipaaLint, type Folder } from './support/command-line.js';

const open: Folder[] = [];
const folder: typeof made = (files) => {
  const one = made(files);
  open.push(one);
  return one;
};
afterEach(() => {
  for (const one of open.splice(0)) one.remove();
});

const old = '# ward\nlistener 8883\ncertfile /c\ntls_version tlsv1\n';
const mended = old.replace('tlsv1\n', 'tlsv1.2\n');

describe('--fix', () => {
  test('applies no fix a person must look at without --review, and with it those alone', async () => {
    const files = { 'a/mosquitto.conf': old, 'b/mosquitto.conf': mended, 'c/unknown.txt': old, 'd/mosquitto.conf': 'listener 1883\n' };
    const one = folder(files);
    assert.equal((await hipaaLint(one.path, ['scan', '.', '--fix'])).code, 1);
    assert.deepEqual(one.read(), files);
    const { code, out, error } = await hipaaLint(one.path, ['scan', '.', '--fix', '--review']);
    assert.equal(code, 1, 'what has no fix is still there');
    assert.equal(error, 'Fixed 1 finding in 1 file\n');
    assert.match(out, /^1 error/m);
    assert.deepEqual(one.read(), { ...files, 'a/mosquitto.conf': mended });
    const again = await hipaaLint(one.path, ['scan', '.', '--fix', '--review']);
    assert.equal(again.error, '');
    assert.deepEqual(one.read(), { ...files, 'a/mosquitto.conf': mended });
  });

  test('makes a block once where several fixes want it, at the end of a file without a line end too', async () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  namespace: ward\nspec:\n  containers:\n    - name: p\n      image: ward.example/p:1.2';
    const task = 'resource "kubernetes_pod" "p" {\n  spec {\n    container {\n      name = "p"\n    }\n  }\n}\n';
    const one = folder({ 'pod.yaml': pod, 'main.tf': task });
    await hipaaLint(one.path, ['scan', '.', '--fix', '--review']);
    const files = one.read();
    for (const [name, block] of [['pod.yaml', 'securityContext:'], ['main.tf', 'security_context {']] as const) assert.equal(files[name]!.split(block).length, 2, files[name]);
    assert.match(files['pod.yaml']!, /^  automountServiceAccountToken: false$/m);
    assert.match(files['main.tf']!, /allow_privilege_escalation = false/);
  });

  test('leaves what an exception covers, and files the configuration excludes', async () => {
    const files = {
      'a/mosquitto.conf': old,
      'b/mosquitto.conf': old,
      'c/mosquitto.conf': old.replace('# ward', '# hipaa-lint allow tls-version kind=accepted-risk until=2030-01-01 by="A" because="b"'),
      '.hipaa-lint.yaml': 'exclude: b/\nexceptions:\n  - { rule: tls-version, files: a/**, kind: accepted-risk, because: x, by: y, until: 2030-01-01 }\n',
    };
    files['c/mosquitto.conf'] = files['c/mosquitto.conf']
      .replace('listener 8883\n', '')
      .replace('tls_version tlsv1\n', '')
      .replace(
        'certfile /c\n',
        'listener 8883\ncertfile /c\n# hipaa-lint allow tls-version kind=accepted-risk until=2030-01-01 by="A" because="b"\ntls_version tlsv1\n',
      );
    const one = folder(files);
    assert.equal((await hipaaLint(one.path, ['scan', '.', '--fix', '--review'])).code, 0);
    assert.deepEqual(one.read(), files);
  });

  for (const [name, encoding, text] of [
    ['UTF-8 with a mark', 'utf-8 with mark', old],
    ['UTF-16 little-endian', 'utf-16le', old.replace('ward', 'Ärzte 🏥')],
    ['UTF-16 big-endian', 'utf-16be', old],
    ['Windows line ends', 'utf-8', old.replaceAll('\n', '\r\n')],
    ['mixed line ends', 'utf-8', old.replace('\n', '\r\n')],
    ['no last line end', 'utf-8', old.trimEnd()],
    ['Latin-1', 'latin1', old.replace('ward', 'Ärzte')],
  ] as const) {
    test(`keeps ${name}`, async () => {
      const one = folder({ 'mosquitto.conf': encode(text, encoding) });
      assert.equal((await hipaaLint(one.path, ['scan', '.', '--fix', '--review'])).code, 0);
      assert.deepEqual(one.read(), { 'mosquitto.conf': Buffer.from(encode(text.replace(/tlsv1(?=\r?\n|$)/, 'tlsv1.2'), encoding)).toString('latin1') });
    });
  }

  test('keeps permissions, and leaves nothing beside the file', async () => {
    const one = folder({ 'mosquitto.conf': old });
    chmodSync(join(one.path, 'mosquitto.conf'), 0o640);
    await hipaaLint(one.path, ['scan', '.', '--fix', '--review']);
    assert.equal(statSync(join(one.path, 'mosquitto.conf')).mode & 0o777, 0o640);
    assert.deepEqual(one.read(), { 'mosquitto.conf': mended });
  });

  test('--dry-run shows the change, changes nothing and ends as the files stand', async () => {
    const one = folder({ 'a/mosquitto.conf': old });
    const { code, out, error } = await hipaaLint(one.path, ['scan', '.', '--dry-run', '--review']);
    assert.equal(code, 1);
    assert.equal(
      out,
      '--- a/a/mosquitto.conf\n+++ b/a/mosquitto.conf\n@@ -1,4 +1,4 @@\n # ward\n listener 8883\n certfile /c\n-tls_version tlsv1\n+tls_version tlsv1.2\n',
    );
    assert.match(error, /^Would fix 1 finding in 1 file$/m);
    assert.deepEqual(one.read(), { 'a/mosquitto.conf': old });
    assert.equal((await hipaaLint(one.path, ['scan', '.', '--dry-run'])).out, '', 'no safe fix, no diff');
  });
});

describe('fixing a text', () => {
  const finding = (at: number, text: string, safety: 'safe' | 'review', length = 1): Finding => ({
    verdict: 'violates',
    rule: 'verify-peer',
    severity: 'error',
    family: 'transmission',
    safeguards: ['164.312(d)'],
    span: { start: at, end: at + length },
    message: `at ${at}`,
    fix: { title: 't', safety, edits: () => [{ start: at, end: at + length, text }] },
  });
  const outcome = (findings: readonly Finding[]): Outcome => ({ findings, unresolved: [], complied: new Map(), exceptions: [], failures: [], confidential: () => gateFor([]) });
  /** Finds every lower-case letter that `fixes` names and would write what it says. */
  const lints = (fixes: Readonly<Record<string, readonly [string, 'safe' | 'review']>>) => (text: string) =>
    outcome([...text].flatMap((letter, at) => (fixes[letter] ? [finding(at, ...fixes[letter])] : [])));

  test('takes safe fixes, and those to review only when asked', () => {
    const lint = lints({ a: ['A', 'safe'], b: ['B', 'review'] });
    assert.deepEqual(fix('abc', lint('abc'), false, lint), { text: 'Abc', applied: 1 });
    assert.deepEqual(fix('abc', lint('abc'), true, lint), { text: 'ABc', applied: 2 });
    assert.deepEqual(fix('xyz', lint('xyz'), true, lint), { text: 'xyz', applied: 0 });
  });

  test('goes on while one fix makes room for the next', () => {
    const lint = lints({ a: ['b', 'safe'], b: ['c', 'safe'], c: ['D', 'safe'] });
    assert.deepEqual(fix('a', lint('a'), false, lint), { text: 'D', applied: 1 });
  });

  test('leaves the text as it is where fixes undo each other, come to no end, do not help or break it', () => {
    const circle = lints({ a: ['b', 'safe'], b: ['a', 'safe'] });
    assert.match(fix('a', circle('a'), false, circle) as string, /undo each other/);
    const growing = lints({ a: ['ab', 'safe'] });
    assert.match(fix('a', growing('a'), false, growing) as string, /come to no end/);
    const useless = (text: string) => outcome(text === 'a' ? [finding(0, 'b', 'safe')] : [{ ...finding(0, 'c', 'safe'), fix: undefined as never }]);
    assert.match(fix('a', useless('a'), false, useless) as string, /did not remove/);
    assert.match(fix('a', lints({ a: ['b', 'safe'] })('a'), false, () => undefined) as string, /could not be read again/);
  });

  test('never mixes two fixes that meet', () => {
    const lint = (text: string) => outcome(text === 'abcd' ? [finding(0, 'X', 'safe', 3), finding(2, 'Y', 'safe', 2)] : []);
    assert.deepEqual(fix('abcd', lint('abcd'), false, lint), { text: 'Xd', applied: 2 });
  });
});

describe('a unified diff', () => {
  /** What `patch` does. */
  function patched(before: string, diff: string): string {
    const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const result: string[] = [];
    let at = 0;
    const body = diff.match(/[^\n]*\n/g)!.slice(2);
    for (let i = 0; i < body.length;) {
      const [, start, size] = /^@@ -(\d+)(?:,(\d+))? \+/.exec(body[i]!)!.map(Number);
      const first = size === 0 ? start! : start! - 1;
      result.push(...lines.slice(at, first));
      at = first;
      for (i++; i < body.length && !body[i]!.startsWith('@@'); i++) {
        let line = body[i]!.slice(1);
        if (body[i + 1]?.startsWith('\\')) line = line.slice(0, -1);
        if (body[i]!.startsWith('\\')) continue;
        if (body[i]![0] !== '+') assert.equal(lines[at++], line);
        if (body[i]![0] !== '-') result.push(line);
      }
    }
    return [...result, ...lines.slice(at)].join('');
  }

  test('turns the first text into the second, for any two texts', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const text = () => Array.from({ length: random(30) }, () => `${'abc'[random(3)]}\n`).join('') + (random(2) ? 'end' : '');
    for (let i = 0; i < 500; i++) {
      const before = text();
      const after = random(3) === 0 ? text() : before.replace(/b\n/, random(2) ? 'x\ny\n' : '').replace(/c\n(?![\s\S]*c)/, 'z\n');
      const diff = unifiedDiff('f', before, after);
      if (before === after) assert.equal(diff, '');
      else assert.equal(patched(before, diff), after, diff);
    }
  });

  test('shows three lines around each change, and far changes apart', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `${i}\n`);
    const after = lines.map((line, i) => (i === 5 || i === 25 ? `new ${line}` : line)).join('');
    assert.deepEqual(unifiedDiff('f', lines.join(''), after).match(/^@@.*@@$/gm), ['@@ -3,7 +3,7 @@', '@@ -23,7 +23,7 @@']);
  });
});

describe('the library', () => {
  test('lints a text by its name or as told, with a configuration and a day', () => {
    const { format, findings } = lintText('ward/mosquitto.conf', old);
    assert.equal(format, 'mosquitto');
    assert.deepEqual(
      findings.map(({ rule, place }) => [rule, place.line]),
      [['tls-version', 4]],
    );
    assert.deepEqual(lintText('x.unknown', old), { findings: [], unresolved: [], problems: [] });
    assert.equal(lintText('x.unknown', old, { format: 'mosquitto' }).findings.length, 1);
    assert.equal(lintText('mosquitto.conf', old, { configuration: 'rules:\n  tls-version: off\n' }).findings.length, 0);
    assert.deepEqual(lintText('mosquitto.conf', old, { configuration: 'exclude: "*.conf"\nx: 1\n' }), {
      findings: [],
      unresolved: [],
      problems: ['`x` is not a key of this file; use one of `policy`, `rules`, `exclude`, `files`, `exceptions`, `scope`'],
    });
    const excepted = `exceptions:\n  - { rule: tls-version, files: '**', kind: accepted-risk, because: x, by: y, until: 2026-01-01 }\n`;
    assert.deepEqual(
      ['2026-01-01', '2026-01-02'].map((today) => lintText('mosquitto.conf', old, { configuration: excepted, today }).findings[0]!.exception !== undefined),
      [true, false],
    );
  });

  test('applies fixes as far as asked', () => {
    assert.equal(applyFixes('mosquitto.conf', old), old);
    assert.equal(applyFixes('mosquitto.conf', old, { review: true }), mended);
    assert.equal(applyFixes('x.unknown', old, { review: true }), old);
  });

  test('knows every format and rule', () => {
    assert.deepEqual(
      formats().map(({ name }) => name),
      [...registry.formats.keys()],
    );
    assert.deepEqual(
      rules().map(({ id }) => id),
      [...registry.rules.keys()],
    );
    assert.ok(rules().every(({ why, safeguards }) => why !== '' && safeguards.length > 0));
  });
});
