/** `.hipaa-lint.yaml`, the settings that mirror it, and what they decide. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { combine, decisionsOf, exceptionsOf, exclusionOf, policyNames, policyOf, problemOfPolicy, unconfigured } from '#configuration/configuration.js';
import { fromRoot, matcherOf, problemOfGlob } from '#configuration/globs.js';
import { nearest } from '#configuration/nearest.js';
import { readConfiguration } from '#configuration/read.js';
import { configurationSchema, editorSettings } from '#configuration/schema.js';
import { readPolicyOption, readSettings } from '#configuration/settings.js';
import { defaultPolicy, policyFields } from '#engine/policy.js';
import { recogniser } from '#engine/recognise.js';
import { LineIndex } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

const good = `policy:
  passwordLength: 15
  tlsMinimum: 1.3
  passwordRotation: on-compromise
rules:
  tls-version: off
  anonymous-access: warning
exclude:
  - archive/
  - '*.bak'
files:
  'broker/*.txt': mosquitto
  'legacy/**': none
exceptions:
  - rule: encrypt-transmission
    files: wards/east/**
    kind: alternative-measure
    because: The pumps of 2011 speak no TLS
    measure: They stand in a VLAN of their own behind IPsec
    by: A. Officer
    until: 2027-03-31
    ticket: RISK-12
scope: complete
`;

/** The problems of a text as `line: message`. */
function problems(text: string): readonly string[] {
  const lines = new LineIndex(text);
  return readConfiguration(text).problems.map(({ span, message }) => `${lines.position(span.start).line + 1}: ${message}`);
}

describe('reading', () => {
  test('everything a file may say is read', () => {
    const { configuration, problems } = readConfiguration(good);
    assert.deepEqual(problems, []);
    assert.deepEqual(Object.fromEntries([...configuration.policy].map(([name, { value }]) => [name, value])), {
      passwordLength: 15,
      tlsMinimum: '1.3',
      passwordRotation: 'on-compromise',
    });
    assert.deepEqual(
      [...configuration.rules],
      [
        ['tls-version', 'off'],
        ['anonymous-access', 'warning'],
      ],
    );
    assert.deepEqual(configuration.exclude, ['**/archive/**', '**/*.bak']);
    assert.deepEqual(configuration.files, [
      ['broker/*.txt', 'mosquitto'],
      ['legacy/**', 'none'],
    ]);
    assert.equal(configuration.scope, 'complete');
    assert.deepEqual(policyOf(configuration), { ...defaultPolicy, passwordLength: 15, tlsMinimum: '1.3', passwordRotation: 'on-compromise' });
  });

  test('an empty file, or keys without values, decide nothing', () => {
    for (const text of ['', '# nothing\n', 'policy:\nrules:\nexclude:\nfiles:\nexceptions:\nscope:\n'])
      assert.deepEqual(readConfiguration(text), { configuration: unconfigured, problems: [] });
  });

  test('an unknown word is reported at its line with what was meant', () => {
    assert.deepEqual(problems('polcy:\n  a: 1\n'), ['1: `polcy` is not a key of this file; did you mean `policy`?']);
    assert.deepEqual(problems('policy:\n  password_length: 15\n'), ['2: `password_length` is not a policy field; did you mean `passwordLength`?']);
    assert.deepEqual(problems('rules:\n  tls-versoin: off\n'), ['2: `tls-versoin` is not a rule; did you mean `tls-version`?']);
    assert.deepEqual(problems('rules:\n  tls-version: warn\n'), [
      '2: The severity of a rule is off, error, warning, info; use one of `off`, `error`, `warning`, `info`',
    ]);
    assert.deepEqual(problems('files:\n  a.conf: mosqitto\n'), ['2: There is no format `mosqitto`; did you mean `mosquitto`?']);
    assert.deepEqual(problems('scope: all\n'), ['1: scope is complete or partial']);
  });

  test('a threshold outside its limits is reported and not applied', () => {
    const text = 'policy:\n  passwordLength: 4\n  idleLimit: soon\n  tlsMinimum: 1.1\n  lockoutAttempts: 3\n  passwordHistory:\n';
    assert.deepEqual(problems(text), [
      '2: passwordLength must be at least 8 (characters)',
      '3: idleLimit must be a whole number of seconds',
      '4: tlsMinimum must be 1.2 or 1.3',
      '6: passwordHistory must be a whole number of passwords',
    ]);
    assert.deepEqual(policyOf(readConfiguration(text).configuration), { ...defaultPolicy, lockoutAttempts: 3 });
  });

  test('a file that is not YAML is reported and the rest of it is read', () => {
    const { configuration, problems } = readConfiguration('policy:\n  passwordLength: 15\nrules: [unclosed\n');
    assert.ok(problems.some(({ message }) => message.startsWith('This is not YAML: ')));
    assert.equal(configuration.policy.get('passwordLength')?.value, 15);
  });

  test('wrong shapes are reported with the right one', () => {
    assert.deepEqual(problems('- a\n'), ['1: A configuration is written as `key: value` lines; the keys are policy, rules, exclude, files, exceptions, scope']);
    assert.deepEqual(problems('policy: strict\n'), ['1: policy takes `passwordLength: 15` lines']);
    assert.deepEqual(problems('exceptions:\n  rule: tls-version\n'), ['2: exceptions is a list: begin each with `- rule: …`']);
    assert.deepEqual(problems('exclude:\n  - [a]\n'), ['2: exclude takes a pattern such as `backup/**`, or a list of them']);
    assert.deepEqual(problems('rules: &a\n  tls-version: &b off\n  verify-peer: *b\n'), [
      '3: Anchors are not read here; write the value again',
      '3: The severity of a rule is off, error, warning, info',
    ]);
  });

  test('nothing makes it throw, and nothing makes it slow', () => {
    const bombs = [
      '\0'.repeat(1000),
      '['.repeat(100_000),
      'a: '.repeat(5000),
      `${'- '.repeat(20_000)}x`,
      '%YAML 1.1\n---\nrules: {tls-version: off}\n',
      '? ? ? a\n: : :',
      'a: &a [*a]\n',
      '\ud800',
      'x'.repeat(2_000_000),
      `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from(
        { length: 30 },
        (_, i) =>
          `b${i}: &b${i} [${Array(9)
            .fill(i ? `*b${i - 1}` : '*a')
            .join(',')}]`,
      ).join('\n')}`,
    ];
    for (const text of bombs) {
      const started = process.hrtime.bigint();
      const { problems } = readConfiguration(text);
      assert.ok(problems.length > 0 || text.startsWith('%YAML'), text.slice(0, 40));
      assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 5000, `slow on ${text.slice(0, 40)}`);
    }
    for (let end = 0; end < good.length; end += 3) readConfiguration(good.slice(0, end));
  });
});

describe('exceptions', () => {
  test('hold for their rule, in their files, to their last day', () => {
    const { configuration } = readConfiguration(good);
    const on = (day: string) => decisionsOf(configuration, undefined, day);
    assert.equal(on('2027-03-31').exceptions('encrypt-transmission', 'wards/east/a/mosquitto.conf')[0]?.state, 'in force');
    assert.equal(on('2027-04-01').exceptions('encrypt-transmission', 'wards/east/a/mosquitto.conf')[0]?.state, 'expired');
    assert.deepEqual(on('2027-03-31').exceptions('encrypt-transmission', 'wards/west/mosquitto.conf'), []);
    assert.deepEqual(on('2027-03-31').exceptions('tls-version', 'wards/east/mosquitto.conf'), []);
  });

  const without = (field: string) => good.replace(new RegExp(`^( *- |    )${field}:.*\\n`, 'm'), (_all, lead: string) => (lead.includes('-') ? '  -\n' : ''));
  for (const [field, says] of [
    ['kind', 'kind must be one of accepted-risk, false-positive, alternative-measure'],
    ['because', '`because` is missing: say why the finding is left'],
    ['by', '`by` is missing: say who decided'],
    ['until', '`until` is missing: an exception needs a last day, YYYY-MM-DD'],
    ['measure', '`measure` is missing: say what protects the data instead'],
    ['files', '`files` is missing: say which files it covers, `**` for all'],
  ] as const) {
    test(`without ${field} it hides nothing and is listed`, () => {
      const text = without(field);
      assert.notEqual(text, good);
      assert.deepEqual(problems(text), [`15: This exception hides nothing: ${says}`]);
      const { configuration } = readConfiguration(text);
      assert.deepEqual(
        exceptionsOf(configuration, '2026-01-01').map(({ state, problem }) => [state, problem]),
        [['malformed', says]],
      );
      assert.ok(
        decisionsOf(configuration, undefined, '2026-01-01')
          .exceptions('encrypt-transmission', 'wards/east/x')
          .every(({ state }) => state !== 'in force'),
      );
    });
  }

  test('a mistyped field or rule is named', () => {
    assert.deepEqual(problems(good.replace('    ticket:', '    tickt:')), ['22: `tickt` is not a field of an exception; did you mean `ticket`?']);
    assert.deepEqual(problems(good.replace('rule: encrypt-transmission', 'rule: encrypt-transmision')), [
      '15: This exception hides nothing: there is no rule `encrypt-transmision`; did you mean `encrypt-transmission`?',
    ]);
  });
});

describe('decisions', () => {
  test('the file is stronger than the settings of an editor, and both exclude', () => {
    const { configuration } = readConfiguration(good);
    const { configuration: editor, problems } = readSettings({
      policy: { passwordLength: 20, lockoutAttempts: 3 },
      rules: { 'tls-version': 'info', 'verify-peer': 'off' },
      exclude: ['tmp/**'],
      files: { 'x.txt': 'mosquitto' },
    });
    assert.deepEqual(problems, []);
    const decisions = decisionsOf(configuration, editor, '2026-01-01');
    assert.deepEqual([decisions.policy.passwordLength, decisions.policy.lockoutAttempts], [15, 3]);
    assert.deepEqual(
      ['tls-version', 'verify-peer', 'root-login'].map((rule) => decisions.severity(rule, 'error')),
      ['off', 'off', 'error'],
    );
    const excluded = exclusionOf(combine(configuration, editor));
    assert.deepEqual(['archive/a/b', 'x/archive/b', 'deep/x.bak', 'tmp/y', 'src/tmp/y', 'archive.conf'].map(excluded), [true, true, true, true, false, false]);
    const recognise = recogniser(registry.formats, combine(configuration, editor).files);
    assert.deepEqual(
      ['broker/a.txt', 'legacy/mosquitto.conf', 'sub/x.txt', 'mosquitto.conf'].map((path) => recognise(path, () => '')),
      ['mosquitto', undefined, 'mosquitto', 'mosquitto'],
    );
  });

  test('settings that are wrong are said and left out; a setting at its default decides nothing', () => {
    const { configuration, problems, enable } = readSettings({
      enable: false,
      policy: { passwordLength: 2, nope: 1, idleLimit: 900 },
      rules: { nope: 'off', 'tls-version': 'loud' },
      exclude: ['(a+)+', 7],
      files: { a: 'nope' },
    });
    assert.equal(problems.length, 7);
    assert.equal(enable, false);
    assert.deepEqual({ ...configuration, policy: configuration.policy.size, rules: configuration.rules.size }, { ...unconfigured, policy: 0, rules: 0 });
    for (const odd of [undefined, null, 7, 'x', [], { policy: [], rules: null, exclude: {}, files: 1 }])
      assert.deepEqual(readSettings(odd).configuration, unconfigured);
  });

  test('a threshold on the command line', () => {
    assert.deepEqual(readPolicyOption('passwordLength=16'), { ...unconfigured, policy: new Map([['passwordLength', { value: 16, origin: '--policy' }]]) });
    assert.deepEqual(readPolicyOption('passwordLegth=16'), '`passwordLegth` is not a policy field; did you mean `passwordLength`?');
    assert.equal(readPolicyOption('passwordLength=99'), 'passwordLength must be at most 64 (characters)');
    assert.equal(readPolicyOption('passwordLength'), 'write --policy passwordLength=VALUE');
    assert.equal(readPolicyOption('tlsMinimum=1.1'), 'tlsMinimum must be 1.2 or 1.3');
  });
});

describe('patterns', () => {
  test('mean what they mean in .gitignore', () => {
    const means = (glob: string, path: string) => matcherOf([fromRoot(glob)])(path);
    assert.deepEqual(
      [
        means('a.conf', 'x/y/a.conf'),
        means('/a.conf', 'x/a.conf'),
        means('/a.conf', 'a.conf'),
        means('a/', 'x/a/b'),
        means('a/b', 'a/b/c'),
        means('a/b', 'x/a/b'),
        means('**', 'x/.y'),
      ],
      [true, false, true, true, true, false, true],
    );
  });

  test('what could make matching slow, or leave the workspace, is refused', () => {
    for (const glob of ['', '/', '(a+)+', '+(a|b)', 'a|b', '[a]+', '*a*a*a*a', '**/a/**/a/**/a/**/a/**', '../x', 'a\\b', '!a', 'x'.repeat(300)])
      assert.notEqual(problemOfGlob(glob), undefined, glob);
    const started = process.hrtime.bigint();
    matcherOf(['**/*a*a*b', '**/a/**/a/**/b/**'])(`${'a/'.repeat(100)}${'a'.repeat(255)}`);
    assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 1000);
  });

  test('the nearest word is a slip away, or nothing', () => {
    assert.equal(nearest('tlsversion', ['tls-version', 'verify-peer']), 'tls-version');
    assert.equal(nearest('completely-different', ['tls-version', 'verify-peer']), undefined);
  });
});

describe('the schema', () => {
  const schema = configurationSchema() as {
    properties: Record<string, { properties: Record<string, { default: unknown; minimum?: number; maximum?: number; enum?: unknown[] }> }>;
  };

  test('allows the policy that the reader allows, and no other', () => {
    assert.deepEqual(Object.keys(schema.properties['policy']!.properties), policyNames);
    for (const name of policyNames) {
      const field = schema.properties['policy']!.properties[name]!;
      assert.equal(problemOfPolicy(name, field.default as string), undefined);
      for (const value of field.enum ?? [field.minimum, field.maximum])
        assert.equal(problemOfPolicy(name, value as number), undefined, `${name} ${String(value)}`);
      if (field.minimum !== undefined) assert.notEqual(problemOfPolicy(name, field.minimum - 1), undefined);
      if (field.maximum !== undefined) assert.notEqual(problemOfPolicy(name, field.maximum + 1), undefined);
    }
    assert.deepEqual(Object.keys(schema.properties), Object.keys(parse(good) as object));
    assert.deepEqual(Object.keys(schema.properties['rules']!.properties), [...registry.rules.keys()]);
  });

  test('the settings of the editor have a field for each threshold, with the same default', () => {
    const { properties } = editorSettings() as { properties: Record<string, { default: unknown }> };
    for (const name of policyNames) assert.equal(properties[`hipaaLint.policy.${name}`]!.default, policyFields[name].default);
    const stated = Object.fromEntries(policyNames.map((name) => [name, properties[`hipaaLint.policy.${name}`]!.default]));
    assert.deepEqual(readSettings({ policy: stated }), { configuration: unconfigured, enable: true, problems: [] });
  });
});
