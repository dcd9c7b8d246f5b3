/** The command line: what it reads, what it says, how it ends. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { readConfiguration } from '#configuration/read.js';
import { registry } from '#registry/registry.generated.js';
import { commands } from '#hosts/cli-commands.js';
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

const bad = 'listener 1883\n';
const old = 'listener 8883\ncertfile /c\ntls_version tlsv1\n';
const clean = 'listener 8883\ncertfile /c\nallow_anonymous false\n';

interface Json {
  readonly findings: readonly { readonly path: string; readonly rule: string; readonly severity: string; readonly exception?: object }[];
  readonly inputs: readonly { readonly path: string; readonly status: string; readonly because?: string; readonly sha256?: string;
    readonly includedBy?: readonly string[] }[];
  readonly policy: readonly { readonly name: string; readonly value: string; readonly origin: string; readonly roots?: readonly string[] }[];
  readonly scope: { readonly roots: readonly string[] };
  readonly failures: readonly { readonly path: string; readonly line?: number; readonly message: string }[];
}
/** Scans and reads the JSON. */
async function scanned(cwd: string, ...words: readonly string[]): Promise<Json & { code: number; error: string }> {
  const { code, out, error } = await hipaaLint(cwd, ['scan', ...words, '--format', 'json']);
  return { ...(JSON.parse(out) as Json), code, error };
}
const found = ({ findings }: Json) => findings.map(({ path, rule }) => `${path} ${rule}`);

test('a file of which only others say what it is is named with them', async () => {
  const { path } = folder({
    'proxy/nginx.conf': 'events {}\nhttp {\n  include tls/*.part;\n  server { listen 443 ssl; return 301 https://a.example; }\n}\n',
    'proxy/tls/old.part': 'ssl_protocols TLSv1;\n',
  });
  const { out } = await hipaaLint(path, ['scan', '.']);
  assert.match(out, /^proxy\/tls\/old\.part:1:1 error .*\n {2}45 CFR .* included by proxy\/nginx\.conf$/m);
  const { inputs } = await scanned(path, 'proxy');
  assert.deepEqual(inputs.map(({ path: name, includedBy }) => [name, includedBy]), [
    ['proxy/nginx.conf', undefined], ['proxy/tls/old.part', ['proxy/nginx.conf']],
  ]);
  for (const [format, told] of [['sarif', '"includedBy"'], ['html', 'included by proxy/nginx.conf']] as const) {
    assert.ok((await hipaaLint(path, ['scan', '.', '--format', format])).out.includes(told), format);
  }
});

describe('how it ends', () => {
  test('0 where nothing is found, 1 for findings at or above --fail-on', async () => {
    const { path } = folder({
      'clean/mosquitto.conf': clean,
      'bad/mosquitto.conf': bad,
      'old/mosquitto.conf': old,
      'old/.hipaa-lint.yaml': 'rules:\n  tls-version: warning\n',
    });
    const code = async (...words: string[]) => (await hipaaLint(path, ['scan', ...words])).code;
    assert.equal(await code('clean'), 0);
    assert.equal(await code('bad'), 1);
    assert.equal(await code('bad', '--fail-on', 'never'), 0);
    assert.equal(await code('old'), 0);
    assert.equal(await code('old', '--fail-on=warning'), 1);
    assert.equal(await code('old', '--fail-on', 'info'), 1);
    assert.equal(await code('clean', 'old', 'bad'), 1);
  });

  test('0 where a recorded exception covers everything, until it has expired', async () => {
    const exception = (until: string) =>
      `exceptions:\n  - rule: encrypt-transmission\n    files: '**'\n    kind: accepted-risk\n    because: lab\n    by: A. Officer\n    until: ${until}\n`;
    const { path, write } = folder({ 'mosquitto.conf': bad, '.hipaa-lint.yaml': exception('2026-11-23') });
    assert.equal((await hipaaLint(path, ['scan', '.'])).code, 0);
    write({ '.hipaa-lint.yaml': exception('2026-11-22') });
    const { code, out } = await hipaaLint(path, ['scan', '.']);
    assert.equal(code, 1);
    assert.match(out, /^\.hipaa-lint\.yaml:2 expired exception the exception expired on 2026-11-22$/m);
  });

  const mistakes: readonly (readonly [words: readonly string[], says: string])[] = [
    [['scan'], 'Name what to scan: `hipaa-lint scan .` reads this folder'],
    [['scan', 'nowhere'], 'There is no file or folder `nowhere`'],
    [['scan', 'dangling'], 'There is no file or folder `dangling`'],
    [['scan', '.', '--format', 'sarfi'], '--format cannot be `sarfi`; did you mean `sarif`?'],
    [['scan', '.', '--fail-on', 'fatal'], '--fail-on cannot be `fatal`; use one of `error`, `warning`, `info`, `never`'],
    [['scan', '.', '--fial-on=error'], '`--fial-on` is not an option of scan; did you mean `--fail-on`?'],
    [['scan', '.', '-x'], '`-x` is not an option of scan'],
    [['scan', '.', '--__proto__'], '`--__proto__` is not an option of scan'],
    [['scan', '.', '--output'], '--output needs a value: --output FILE'],
    [['scan', '.', '--fix=yes'], '--fix takes no value'],
    [['scan', '.', '--config', 'a', '--config', 'b'], '--config is given twice; give it once'],
    [['scan', '.', '--review'], '--review goes with --fix or --dry-run'],
    [['scan', '.', '--stdin'], '--stdin needs --stdin-filename NAME'],
    [['scan', '.', '--stdin', '--stdin-filename', 'a.conf'], '--stdin reads one text; leave PATH and --roots out'],
    [['scan', '.', '--stdin-filename', 'a.conf'], '--stdin-filename goes with --stdin'],
    [['scan', '.', '--policy', 'passwordLegth=15'], '--policy: `passwordLegth` is not a policy field; did you mean `passwordLength`?'],
    [['scan', '.', '--policy', 'passwordLength=4'], '--policy: passwordLength must be at least 8 (characters)'],
    [['scan', '.', '--config', 'missing.yaml'], 'There is no configuration file `'],
    [['scan', '.', '--config', '.'], 'cannot be read (EISDIR)'],
    [['scan', '.', '--config', 'binary.bin'], 'is binary; it must be text'],
    [['scan', '.', '--roots', 'nothing*'], '--roots: no folder matches `nothing*`'],
    [['scan', '.', '--roots', '**'], '--roots: `**` would put workspaces inside workspaces'],
    [['scan', '.', '--roots', '../*'], '--roots: a pattern begins at the root'],
    [['scan', 'mosquitto.conf', '--roots', '*'], '--roots takes folders as PATH, not files'],
    [['scan', '.', '--output', 'no/such/folder/x.json'], 'The report cannot be written to `no/such/folder/x.json` (ENOENT)'],
    [['explain'], 'Name a rule'],
    [['explain', 'tls-versoin'], 'There is no rule `tls-versoin`; did you mean `tls-version`?'],
    [['explain', 'a', 'b'], '`b` is one word too many for explain'],
    [['rules', '--format', 'html'], '--format cannot be `html`; use one of `pretty`, `json`'],
    [['scna', '.'], 'There is no command `scna`; did you mean `scan`?'],
    [['toString'], 'There is no command `toString`'],
  ];
  for (const [words, says] of mistakes) {
    test(`2 for ${words.join(' ')}`, async () => {
      const { path } = folder({ 'mosquitto.conf': clean, 'binary.bin': Buffer.from([0, 1, 2]) });
      symlinkSync('nothing-here', join(path, 'dangling'));
      const { code, out, error } = await hipaaLint(path, words);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.ok(error.includes(says), error);
      assert.ok(!/\n\s+at /.test(error), 'a mistake of the user is no stack trace');
    });
  }

  test('2 for a mistaken configuration, named at its line, and nothing is fixed by it', async () => {
    const files = { 'mosquitto.conf': old, '.hipaa-lint.yaml': 'policy:\n  passwordLength: 15\n  tlsMinimun: 1.3\n' };
    const one = folder(files);
    const { code, out } = await hipaaLint(one.path, ['scan', '.', '--fix', '--review']);
    assert.equal(code, 2);
    assert.match(out, /^\.hipaa-lint\.yaml:3 problem `tlsMinimun` is not a policy field; did you mean `tlsMinimum`\?$/m);
    assert.match(out, /tls-version$/m, 'what can be said is said');
    assert.deepEqual(one.read(), { '.hipaa-lint.yaml': files['.hipaa-lint.yaml'], 'mosquitto.conf': old });
    const { error } = await hipaaLint(one.path, ['scan', '.', '--format', 'sarif', '--output', 'out.sarif']);
    assert.match(error, /^\.hipaa-lint\.yaml:3 `tlsMinimun`/m);
    one.write({ '.hipaa-lint.yaml': 'rules: [\n' });
    assert.equal((await hipaaLint(one.path, ['scan', '.'])).code, 2);
  });

  test('2 for a configuration under a name that is not read', async () => {
    const { code, out } = await hipaaLint(folder({ 'mosquitto.conf': clean, '.hipaa-lint.yml': '' }).path, ['scan', '.']);
    assert.equal(code, 2);
    assert.match(out, /rename it to \.hipaa-lint\.yaml/);
  });
});

describe('what it reads', () => {
  test('folders and files, and nothing that is ignored, excluded, foreign or not text', async () => {
    const one = folder({
      'mosquitto.conf': bad,
      'a/mosquitto.conf': bad,
      'node_modules/p/mosquitto.conf': bad,
      '.git/mosquitto.conf': bad,
      'ignored/mosquitto.conf': bad,
      'archive/mosquitto.conf': bad,
      '.gitignore': 'ignored/\n',
      '.hipaa-lint.yaml': 'exclude: archive/\nfiles:\n  "*.txt": mosquitto\n  "off/**": none\n',
      'off/mosquitto.conf': bad,
      'b/broker.txt': bad,
      'c/mosquitto.conf': Buffer.from([0x6c, 0, 1]),
      'unknown.bin': Buffer.from([0, 0]),
    });
    const whole = await scanned(one.path, '.');
    assert.deepEqual(
      found(whole),
      ['a/mosquitto.conf', 'b/broker.txt', 'mosquitto.conf'].map((path) => `${path} encrypt-transmission`),
    );
    assert.deepEqual(
      whole.inputs.map(({ path, status }) => `${path} ${status}`),
      ['a/mosquitto.conf read', 'b/broker.txt read', 'c/mosquitto.conf skipped', 'mosquitto.conf read'],
    );
    assert.ok(whole.inputs.every(({ status, sha256 }) => (status === 'read') === /^[0-9a-f]{64}$/.test(sha256 ?? '')));
    assert.deepEqual(found(await scanned(one.path, 'a')), ['a/mosquitto.conf encrypt-transmission']);
    assert.deepEqual(found(await scanned(one.path, 'b/broker.txt', 'mosquitto.conf')), [
      'b/broker.txt encrypt-transmission',
      'mosquitto.conf encrypt-transmission',
    ]);
    assert.deepEqual(found(await scanned(join(one.path, 'a'), '..')).length, 3, 'paths outside the working folder');
  });

  test('no link out of the workspace, and no loop of links', async () => {
    const outside = folder({ 'mosquitto.conf': bad, 'deep/mosquitto.conf': bad });
    const one = folder({ 'a/x.txt': '' });
    symlinkSync(join(outside.path, 'mosquitto.conf'), join(one.path, 'mosquitto.conf'));
    symlinkSync(join(outside.path, 'deep'), join(one.path, 'deep'));
    symlinkSync('..', join(one.path, 'a/loop'));
    const { findings, inputs, error } = await scanned(one.path, '.');
    assert.deepEqual([findings, inputs.filter(({ status }) => status === 'read')], [[], []]);
    assert.match(error, /`\.` holds no file of a known format/);
  });

  // Other systems than Linux keep no such names.
  test('names of every kind, and says so of those that are not spelled in UTF-8', { skip: process.platform !== 'linux' }, async () => {
    const one = folder({ 'a\nb/mosquitto.conf': old, 'u\u2028x/mosquitto.conf': old, '[x]{y}*?/mosquitto.conf': old });
    const misspelled = (...bytes: number[]) => Buffer.concat([Buffer.from(`${one.path}/`), Buffer.from(bytes)]);
    mkdirSync(misspelled(0xff, 0xfe));
    writeFileSync(Buffer.concat([misspelled(0xff, 0xfe), Buffer.from('/mosquitto.conf')]), old);
    writeFileSync(Buffer.concat([Buffer.from(`${one.path}/mosquitto`), Buffer.from([0xff]), Buffer.from('.conf')]), old);
    const { findings } = await scanned(one.path, '.');
    assert.equal(new Set(findings.map(({ path }) => path)).size, 3);
    const { out } = await hipaaLint(one.path, ['scan', '.', '--list-unread', '--fail-on', 'never']);
    assert.equal(out.split('not read not allowed: its name is not spelled in UTF-8: rename it').length - 1, 2, out);
  });

  test('with --roots every folder is a workspace of its own, with its own configuration', async () => {
    const one = folder({
      'x/a/mosquitto.conf': old,
      'x/b/mosquitto.conf': old,
      'y/a/mosquitto.conf': old,
      'y/mosquitto.conf': bad,
      'x/b/.hipaa-lint.yaml': 'rules:\n  tls-version: off\n',
      'y/a/.hipaa-lint.yaml': 'policy:\n  passwordLength: 20\n',
      '.hipaa-lint.yaml': 'exclude: "**"\n',
    });
    const split = await scanned(one.path, '.', '--roots', '*/*');
    assert.deepEqual(found(split), ['x/a/mosquitto.conf tls-version', 'y/a/mosquitto.conf tls-version']);
    assert.deepEqual(split.scope.roots, ['x/a', 'x/b', 'y/a']);
    assert.deepEqual(
      split.policy.filter(({ name }) => name === 'passwordLength').map(({ value, origin, roots }) => [value, origin, roots]),
      [
        ['14 characters', 'default', ['x/a', 'x/b']],
        ['20 characters', '.hipaa-lint.yaml', ['y/a']],
      ],
    );
    const elsewhere = await hipaaLint(folder().path, ['scan', one.path, '--roots', '*/*', '--format', 'sarif']);
    assert.deepEqual(
      [...elsewhere.out.matchAll(/"uri": "([^"]+)"/g)].map((match) => match[1]).filter((uri, i, all) => all.indexOf(uri) === i),
      ['x/a/mosquitto.conf', 'x/b/mosquitto.conf', 'y/a/mosquitto.conf'],
    );
  });

  test('the configuration above a path, as far as the repository reaches, or the one it is told', async () => {
    const one = folder({
      '.hipaa-lint.yaml': 'rules:\n  tls-version: off\n',
      'a/mosquitto.conf': old,
      'repo/.git/HEAD': '',
      'repo/a/mosquitto.conf': old,
      'strict.yaml': 'rules:\n  tls-version: info\n',
    });
    assert.deepEqual(found(await scanned(one.path, 'a')), []);
    assert.deepEqual(found(await scanned(one.path, 'repo/a')), ['repo/a/mosquitto.conf tls-version']);
    const { findings } = await scanned(one.path, 'a', '--config', 'strict.yaml');
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['info'],
    );
  });

  test('thresholds of the command line, which are stronger than the configuration', async () => {
    const one = folder({ 'mosquitto.conf': 'listener 8883\ncertfile /c\ntls_version tlsv1.2\n', '.hipaa-lint.yaml': 'policy:\n  tlsMinimum: 1.2\n' });
    assert.deepEqual(found(await scanned(one.path, '.')), []);
    const strict = await scanned(one.path, '.', '--policy', 'tlsMinimum=1.3', '--policy=passwordLength=16');
    assert.deepEqual(found(strict), ['mosquitto.conf tls-version']);
    assert.deepEqual(
      strict.policy.filter(({ origin }) => origin === '--policy').map(({ name, value }) => [name, value]),
      [
        ['passwordLength', '16 characters'],
        ['tlsMinimum', 'TLS 1.3'],
      ],
    );
  });

  test('standard input under the name it is given', async () => {
    const one = folder({ 'conf/mosquitto.conf': clean, '.hipaa-lint.yaml': 'rules:\n  tls-version: warning\nexclude: off/\n' });
    const input = async (name: string, text: string | Buffer, ...words: string[]) =>
      hipaaLint(one.path, ['scan', '--stdin', '--stdin-filename', name, ...words], text);
    const { code, out } = await input('conf/mosquitto.conf', bad);
    assert.equal(code, 1);
    assert.match(out, /^conf\/mosquitto\.conf:1:1 error/);
    assert.equal((await input('not/there/yet/mosquitto.conf', old)).code, 0, 'a warning by the configuration at the root');
    assert.match((await input('new.unknown', bad)).error, /`new\.unknown` was not read: neither its name nor its text/);
    assert.equal((await input('off/mosquitto.conf', bad)).code, 0);
    assert.match((await input('mosquitto.conf', Buffer.from([1, 0, 2]))).error, /Standard input is binary/);
    const fixed = await input('mosquitto.conf', old.replaceAll('\n', '\r\n'), '--fix', '--review');
    assert.equal(fixed.out, old.replaceAll('\n', '\r\n').replace('tlsv1\r', 'tlsv1.2\r'));
    assert.equal(fixed.code, 0);
    assert.deepEqual(Object.keys(one.read()), ['.hipaa-lint.yaml', 'conf/mosquitto.conf']);
  });
});

describe('what it says', () => {
  test('the format of --output follows its name, and the same inputs give the same bytes', async () => {
    const one = folder({ 'w/mosquitto.conf': bad, 'w/b/mosquitto.conf': old });
    for (const [name, begins] of [
      ['r.json', '{\n  "schema": "hipaa-lint-report"'],
      ['r.sarif', '{\n  "$schema"'],
      ['r.html', '<!DOCTYPE html>'],
      ['r.md', '# HIPAA Lint report'],
      ['r.txt', 'w/b/mosquitto.conf:3:1 error'],
    ] as const) {
      const { code, out, error } = await hipaaLint(one.path, ['scan', 'w', '--output', name]);
      assert.deepEqual([code, out], [1, '']);
      assert.ok(error.includes(`the report is in ${name}`));
      const first = one.read()[name]!;
      assert.ok(first.startsWith(begins), first.slice(0, 60));
      await hipaaLint(one.path, ['scan', 'w', '--output', name]);
      assert.equal(one.read()[name], first);
    }
  });

  test('no secret of a file, whatever the format', async () => {
    const secret = 'Zx9-very-secret';
    const one = folder({
      'mosquitto.conf': `connection c\naddress h:8883\nremote_password ${secret}\nbridge_cafile /c\nbridge_insecure true\nlistener 1883\n`,
    });
    for (const format of ['pretty', 'json', 'sarif', 'html', 'markdown']) {
      const { code, out } = await hipaaLint(one.path, ['scan', '.', '--format', format]);
      assert.equal(code, 1);
      assert.ok(!out.includes(secret), format);
    }
  });

  test('rules and formats, for people and for programs', async () => {
    const rules = JSON.parse((await hipaaLint('.', ['rules', '--format', 'json'])).out) as { id: string; why: string }[];
    assert.deepEqual(
      rules.map(({ id }) => id),
      [...registry.rules.keys()],
    );
    assert.ok(rules.every(({ why }) => why.length > 0));
    const formats = JSON.parse((await hipaaLint('.', ['formats', '--format=json'])).out) as { name: string }[];
    assert.deepEqual(
      formats.map(({ name }) => name),
      [...registry.formats.keys()],
    );
    for (const id of registry.rules.keys()) assert.match((await hipaaLint('.', ['rules'])).out, new RegExp(`^${id} `, 'm'));
    const { out } = await hipaaLint('.', ['explain', 'tls-version']);
    assert.match(out, /164\.312\(e\)\(2\)\(ii\) Encryption \(addressable\)[\s\S]*TLS below 1\.2/);
  });

  test('help for every command and every option, and its version', async () => {
    assert.equal((await hipaaLint('.', ['--version'])).out, '1.2.3\n');
    const { code, out } = await hipaaLint('.', ['--help']);
    assert.equal(code, 0);
    assert.deepEqual([(await hipaaLint('.', [])).code, (await hipaaLint('.', [])).error], [2, out]);
    for (const [name, { options }] of Object.entries(commands)) {
      assert.ok(out.includes(`\n  ${name} `), name);
      const help = await hipaaLint('.', [name, '--help']);
      assert.equal(help.code, 0);
      assert.equal(help.out, (await hipaaLint('.', ['help', name])).out);
      for (const option of Object.keys(options)) assert.ok(help.out.includes(`--${option}`), `${name} --${option}`);
    }
  });

  test('init writes a configuration that decides nothing and reads well, and never over another', async () => {
    const one = folder();
    assert.equal((await hipaaLint(one.path, ['init'])).code, 0);
    const text = one.read()['.hipaa-lint.yaml']!;
    assert.deepEqual(readConfiguration(text).problems, []);
    const told = readConfiguration(
      text.replace(/^# (?=[a-z]+:)/gm, '').replace(/^# {2,3}(?=[ -]*[\w'-]+[:*.].*|[ -]+\S)(?! {0,2}[A-Z])/gm, (all) => ' '.repeat(all.length - 2)),
    );
    assert.deepEqual(told.problems, []);
    assert.ok(
      told.configuration.policy.size > 5 && told.configuration.exceptions.length === 1 && told.configuration.rules.size === 1,
      'the examples, uncommented, are valid',
    );
    const again = await hipaaLint(one.path, ['init']);
    assert.equal(again.code, 2);
    assert.match(again.error, /There is a \.hipaa-lint\.yaml here already/);
    assert.equal(one.read()['.hipaa-lint.yaml'], text);
  });
});
