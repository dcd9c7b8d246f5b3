/** Reports: one model, five ways to write it, and what none of them may do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { readConfiguration } from '#configuration/read.js';
import { analyse } from '#engine/analysis.js';
import { lint, type Outcome } from '#engine/lint.js';
import { decisionsOf } from '#configuration/configuration.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport, skippedReport, type FileReport } from '#reports/file-report.js';
import { pretty } from '#reports/pretty.js';
import { render, reportFormats } from '#reports/render.js';
import { limits, reportOf, statement, type Report } from '#reports/report.js';
import { citations } from '#safeguards/security-rule.js';

const require = createRequire(import.meta.url);
const format = 'mosquitto';
const secret = 'Tr0ub4dor-and-3';

const configuration = `policy:
  passwordLength: 15
rules:
  tls-version: warning
exceptions:
  - rule: verify-peer
    files: b/**
    kind: accepted-risk
    because: The "old" <gateway> | has a certificate of its own
    by: A. Officer
    until: 2027-01-31
    ticket: RISK-7
  - rule: encrypt-transmission
    files: nowhere/**
    kind: accepted-risk
    because: gone
    by: A. Officer
    until: 2020-01-31
  - rule: tls-version
    files: '**'
    kind: accepted-risk
    because: no day
    by: A. Officer
scope: complete
`;

const texts: Readonly<Record<string, string>> = {
  'a/mosquitto.conf': '# a ward\nlistener 1883\nallow_anonymous true\n\nlistener 8883\ncertfile /c\ntls_version tlsv1\n',
  'b/mosquitto.conf': `connection <img/src=x>\naddress h.example:8883\nremote_password ${secret}\nbridge_cafile /c\nbridge_insecure true\n`,
  'c/mosquitto.conf': 'include_dir /etc/more\nlistener 8883\ncertfile /c\npassword_file /p\n',
  'd/mosquitto.conf': '# hipaa-lint allow encrypt-transmission kind=false-positive by="B. Nurse" because="a lab"\nlistener 1883\n',
};

function filesOf(named: Readonly<Record<string, string>> = texts, rules = configuration): readonly FileReport[] {
  const decisions = decisionsOf(readConfiguration(rules).configuration, undefined, '2026-11-23');
  return Object.entries(named).map(([path, text]) => {
    const outcome = lint(analyse(format, registry.formats.get(format)!, path, text), registry, decisions);
    return fileReport({ root: '.', path, format, text, size: text.length, sha256: 'ab'.repeat(32), outcome });
  });
}

function reportFrom(files = filesOf(), text = configuration): Report {
  const { configuration: read, problems } = readConfiguration(text);
  return reportOf({
    version: '1.2.3',
    time: '2026-11-23T08:00:00.000Z',
    roots: [{ name: '.', configuration: read, problems, file: { path: '.hipaa-lint.yaml', text } }],
    files,
  });
}

const report = reportFrom([
  ...filesOf(),
  skippedReport({ root: '.', path: 'e/mosquitto.conf', format, size: 0, status: 'unreadable', because: 'it may not be read' }),
]);
const written = Object.fromEntries(reportFormats.map((name) => [name, render(report, name)])) as Record<(typeof reportFormats)[number], string>;

interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            id: string;
            properties: { family: string };
            relationships: readonly { target: { id: string; index: number }; kinds: readonly string[] }[];
          }[];
        };
      };
      readonly taxonomies: readonly [{ readonly taxa: readonly { id: string }[] }];
      readonly invocations: readonly [
        {
          executionSuccessful: boolean;
          toolExecutionNotifications: readonly { level: string; message: { text: string } }[];
          toolConfigurationNotifications: readonly { message: { text: string } }[];
        },
      ];
      readonly artifacts: readonly { location: { uri: string; uriBaseId: string }; hashes?: Record<string, string> }[];
      readonly results: readonly {
        ruleId: string;
        ruleIndex: number;
        level: string;
        partialFingerprints: Record<string, string>;
        suppressions?: readonly { kind: string; justification: string; properties: Record<string, string> }[];
        locations: readonly [
          { physicalLocation: { artifactLocation: { uri: string; uriBaseId: string; index: number }; region: { startLine: number; startColumn: number } } },
        ];
        fixes?: readonly { artifactChanges: readonly { replacements: readonly { deletedRegion: object; insertedContent?: { text: string } }[] }[] }[];
      }[];
      readonly originalUriBaseIds: Record<string, { uri?: string }>;
    },
  ];
}
const sarif = (text: string) => (JSON.parse(text) as Sarif).runs[0];

describe('the model', () => {
  test('holds what was found, undecided, excepted and complied with', () => {
    assert.deepEqual(
      report.findings.map(({ path, rule, severity, place, exception }) => [path, rule, severity, place.line, exception?.kind]),
      [
        ['a/mosquitto.conf', 'encrypt-transmission', 'error', 2, undefined],
        ['a/mosquitto.conf', 'anonymous-access', 'error', 3, undefined],
        ['a/mosquitto.conf', 'tls-version', 'warning', 7, undefined],
        ['b/mosquitto.conf', 'cleartext-secret', 'error', 3, undefined],
        ['b/mosquitto.conf', 'verify-peer', 'error', 5, 'accepted-risk'],
        ['d/mosquitto.conf', 'encrypt-transmission', 'error', 2, 'false-positive'],
      ],
    );
    assert.ok(report.unresolved.some(({ path }) => path === 'c/mosquitto.conf'));
    assert.ok(report.complied.some(({ rule, count }) => rule === 'encrypt-transmission' && count >= 1));
    assert.equal(report.policy.find(({ name }) => name === 'passwordLength')?.value, '15 characters');
    assert.deepEqual(
      report.policy.filter(({ origin }) => origin !== 'default').map(({ name, origin }) => [name, origin]),
      [['passwordLength', '.hipaa-lint.yaml']],
    );
    assert.equal(report.scope.declared, 'complete');
  });

  test('lists every exception with its state and what it covers', () => {
    assert.deepEqual(
      report.exceptions.map(({ path, line, rule, state, covers }) => [path, line, rule, state, covers]),
      [
        ['d/mosquitto.conf', 1, 'encrypt-transmission', 'in force', 1],
        ['.hipaa-lint.yaml', 6, 'verify-peer', 'in force', 1],
        ['.hipaa-lint.yaml', 13, 'encrypt-transmission', 'expired', 0],
        ['.hipaa-lint.yaml', 19, 'tls-version', 'malformed', 0],
      ],
    );
    assert.ok(
      report.failures.some(({ path, line }) => path === '.hipaa-lint.yaml' && line === 19),
      'a malformed exception is a problem of its file',
    );
  });

  test('has one line of coverage for each row, and no row is better than its gaps', () => {
    assert.deepEqual(
      report.coverage.map(({ citation }) => citation),
      citations,
    );
    const state = (citation: string) => report.coverage.find((row) => row.citation === citation)!.state;
    assert.equal(state('164.312(e)(1)'), 'gaps found');
    assert.equal(state('164.308(a)(2)'), 'not assessable by this tool');
    assert.equal(state('164.308(a)(5)(ii)(B)'), 'no check applied');
    const clean = reportFrom(filesOf({ 'a/mosquitto.conf': 'listener 8883\ncertfile /c\nallow_anonymous false\n' }));
    assert.equal(clean.coverage.find(({ citation }) => citation === '164.312(e)(1)')!.state, 'evidence found');
    const excepted = reportFrom(filesOf({ 'b/mosquitto.conf': texts['b/mosquitto.conf']! }));
    assert.equal(excepted.coverage.find(({ citation }) => citation === '164.312(d)')!.state, 'gaps found', 'an accepted risk is a gap');
    const refuted = reportFrom(filesOf({ 'd/mosquitto.conf': texts['d/mosquitto.conf']! }));
    assert.notEqual(refuted.coverage.find(({ citation }) => citation === '164.312(e)(1)')!.state, 'gaps found', 'a false positive is none');
  });

  test('a fingerprint follows its finding to another line, and differs from every other', () => {
    const prints = (text: string) => filesOf({ 'a/mosquitto.conf': text })[0]!.findings.map(({ fingerprint }) => fingerprint);
    const text = `${texts['a/mosquitto.conf']!}listener 1883\nlistener 1884\n`;
    assert.deepEqual(prints(`\n# moved\n\n${text}`), prints(text));
    assert.equal(new Set(prints(text)).size, prints(text).length);
    assert.ok(prints(text).length >= 5);
  });
});

describe('every way of writing it', () => {
  test('gives the same bytes for the same inputs, whatever order they come in', () => {
    for (const name of reportFormats) {
      assert.equal(render(reportFrom(filesOf()), name), render(reportFrom([...filesOf()].reverse()), name), name);
    }
  });

  test('never holds a secret', () => {
    for (const name of reportFormats) assert.ok(!written[name].includes(secret), name);
  });

  test('states what it is, and never a compliance or a percentage', () => {
    for (const name of reportFormats) {
      assert.ok(name === 'json' || written[name].includes(statement), name);
      const words = written[name].replaceAll(statement, '').replace(/<style>[\s\S]*?<\/style>/, '');
      assert.ok(!/\d\s?%|\bcompliant\b|\bcertified\b/i.test(words.replace(/compliant state/g, '')), name);
    }
  });

  test('names the findings, the exceptions and the limits', () => {
    for (const name of reportFormats) {
      assert.ok(written[name].includes('carries data without encryption'), name);
      assert.ok(written[name].includes('164.312(e)(1)'), name);
    }
    for (const name of ['json', 'sarif', 'html', 'markdown'] as const) assert.ok(written[name].includes('RISK-7') || name === 'markdown', name);
    for (const name of ['html', 'markdown', 'sarif'] as const) for (const limit of limits) assert.ok(written[name].includes(limit), `${name}: ${limit}`);
  });

  test('hostile names and values stay text', () => {
    const path = '"><script>alert(1)</script>/\u001b[2J\u202e[x](javascript:1)|`#/mosquitto.conf';
    const hostile = reportFrom(
      filesOf({ [path]: 'connection <script>alert(1)</script>\u001b[31m|[x](http://evil)@all\naddress h:8883\nbridge_cafile /c\nbridge_insecure true\n' }),
    );
    assert.equal(hostile.findings.length, 1);
    const html = render(hostile, 'html');
    assert.ok(!/<script|<img/i.test(html));
    assert.ok(!/href="(?!#|\.\/)/.test(html), 'a link leaves the report');
    for (const name of ['pretty', 'html', 'markdown'] as const) assert.ok(!/[\u001b\u202e]/.test(render(hostile, name)), name);
    const markdown = render(hostile, 'markdown');
    assert.ok(!/<script|(?<!\\)\]\((?:javascript|http)|@all/.test(markdown));
    const row = markdown.split('\n').find((line) => line.includes('does not check who'))!;
    assert.equal(row.match(/(?<!\\)\|/g)!.length, 6, row);
    const { uri } = sarif(render(hostile, 'sarif')).artifacts[0]!.location;
    assert.equal(decodeURIComponent(uri), path);
    assert.ok(!/[\s<>"|\\^`{}#?:]/.test(uri));
  });

  test('an empty report is whole', () => {
    const empty = reportOf({ version: '1', time: '2026-01-01T00:00:00.000Z', roots: [], files: [] });
    for (const name of reportFormats) assert.ok(render(empty, name).length > 0);
    assert.equal(pretty(empty, { colour: false }), `0 errors, 0 warnings, 0 notes in 0 configuration files\n${statement}\n`);
  });
});

describe('pretty', () => {
  test('begins a line with a place a terminal can open, from where the person stands', () => {
    const lines = pretty(report, { colour: false, prefix: '../infra/' }).split('\n');
    assert.ok(
      lines.includes('../infra/a/mosquitto.conf:2:1 error The MQTT listener on port 1883 carries data without encryption encrypt-transmission'),
      lines.join('\n'),
    );
    assert.ok(!written.pretty.includes('\u001b'));
    assert.ok(pretty(report, { colour: true }).includes('\u001b[31merror\u001b[0m'));
  });

  test('shows no finding that an exception covers, and counts it', () => {
    assert.ok(!written.pretty.includes('does not check who'));
    assert.match(written.pretty, /3 errors, 1 warning, 0 notes in 4 configuration files; 2 findings under recorded exceptions/);
    assert.match(written.pretty, /^\.hipaa-lint\.yaml:13 expired exception the exception expired on 2020-01-31$/m);
    assert.match(written.pretty, /^e\/mosquitto\.conf unreadable it may not be read$/m);
  });
});

describe('JSON', () => {
  test('names its version and holds the whole model', () => {
    assert.deepEqual(JSON.parse(written.json), { schema: 'hipaa-lint-report', version: 1, ...(JSON.parse(JSON.stringify(report)) as object) });
  });

  test('has the fields its documentation names, and no others', () => {
    const documented = new Set([...readFileSync('docs/report-json.md', 'utf8').matchAll(/^\| `(\w+)`/gm)].map((match) => match[1]));
    assert.deepEqual(
      Object.keys(JSON.parse(written.json) as object).filter((key) => !documented.has(key)),
      [],
    );
  });
});

describe('SARIF', () => {
  const run = sarif(written.sarif);

  test('is valid by the schema of OASIS', () => {
    const Ajv = require('ajv') as new (options: object) => {
      addMetaSchema(schema: unknown): void;
      compile(schema: unknown): ((data: unknown) => boolean) & { errors?: unknown };
    };
    const schema = JSON.parse(readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8')) as object;
    const ajv = new Ajv({ schemaId: 'auto', allErrors: true, unknownFormats: 'ignore' });
    ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
    const validate = ajv.compile(schema);
    assert.ok(validate(JSON.parse(written.sarif)), JSON.stringify(validate.errors, null, 2));
    assert.ok(!validate({ version: '2.1.0', runs: [{}] }), 'the schema must be able to refuse');
  });

  test('gives every rule its family and the rows it is relevant to, and no stronger claim', () => {
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }) => id),
      [...registry.rules.keys()],
    );
    for (const { id, properties, relationships } of run.tool.driver.rules) {
      const rule = registry.rules.get(id)!;
      assert.equal(properties.family, rule.family);
      assert.deepEqual(
        relationships.map(({ target }) => target.id),
        rule.safeguards,
      );
      for (const { target, kinds } of relationships) {
        assert.deepEqual(kinds, ['relevant']);
        assert.equal(run.taxonomies[0].taxa[target.index]!.id, target.id);
      }
    }
  });

  test('says what cannot be told as a note, never as a result', () => {
    const notes = run.invocations[0].toolExecutionNotifications.filter(({ level }) => level === 'note');
    assert.equal(notes.length, report.unresolved.length);
    assert.ok(notes.length > 0 && notes.every(({ message }) => message.text.startsWith('Cannot tell: ')));
    assert.equal(run.results.length, report.findings.length);
  });

  test('suppresses what an exception covers, with who, why and until when', () => {
    assert.deepEqual(
      run.results.flatMap(({ ruleId, suppressions }) =>
        (suppressions ?? []).map(({ kind, justification, properties }) => [ruleId, kind, justification, properties['by'], properties['until']]),
      ),
      [
        ['verify-peer', 'external', 'The "old" <gateway> | has a certificate of its own', 'A. Officer', '2027-01-31'],
        ['encrypt-transmission', 'inSource', 'a lab', 'B. Nurse', undefined],
      ],
    );
    assert.ok(run.invocations[0].toolConfigurationNotifications.some(({ message }) => message.text.includes('expired on 2020-01-31')));
  });

  test('points into the artifacts with relative addresses that name no folder of this machine', () => {
    for (const {
      ruleId,
      ruleIndex,
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri, uriBaseId, index },
          },
        },
      ],
    } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex]!.id, ruleId);
      assert.equal(run.artifacts[index]!.location.uri, uri);
      assert.ok(uriBaseId in run.originalUriBaseIds);
    }
    assert.equal(run.originalUriBaseIds['SRCROOT']!.uri, undefined);
    assert.ok(run.artifacts.slice(0, 4).every(({ hashes }) => hashes?.['sha-256'] === 'ab'.repeat(32)));
  });

  test('holds fixes as the smallest replacements', () => {
    const fixes = run.results.filter(({ ruleId }) => ruleId === 'tls-version').flatMap(({ fixes }) => fixes ?? []);
    assert.deepEqual(
      fixes.map(({ artifactChanges }) => artifactChanges[0]!.replacements),
      [[{ deletedRegion: { startLine: 7, startColumn: 18, endLine: 7, endColumn: 18 }, insertedContent: { text: '.2' } }]],
    );
  });

  test('shows nothing of a line that a fix merely repeats', () => {
    const text = `user admin password ${secret} encrypt no\n`;
    const edit = { start: 0, end: text.length, text: `user admin password ${secret} encrypt yes\n` };
    const outcome: Outcome = {
      findings: [
        {
          verdict: 'violates',
          rule: 'verify-peer',
          severity: 'error',
          family: 'transmission',
          safeguards: ['164.312(d)'],
          span: { start: 0, end: 4 },
          message: 'x',
          fix: { title: 't', safety: 'safe', edits: () => [edit] },
        },
      ],
      unresolved: [],
      complied: new Map(),
      exceptions: [],
      failures: [],
    };
    const whole = reportFrom([fileReport({ root: '.', path: 'x', format, text, size: 1, outcome })]);
    for (const name of reportFormats) assert.ok(!render(whole, name).includes(secret), name);
    assert.ok(render(whole, 'sarif').includes('"yes"'));
  });
});

describe('HTML', () => {
  test('loads nothing and runs nothing', () => {
    assert.match(
      written.html,
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">/,
    );
    assert.ok(!/<script|<iframe|<object|<embed|<link|<img|\son\w+=|url\(|@import|https?:\/\//i.test(written.html));
  });

  test('is well-formed, and every link within it has an end', () => {
    const stack: string[] = [];
    for (const [, slash, name] of written.html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta', 'br'].includes(name!)) continue;
      if (slash === '') stack.push(name!);
      else assert.equal(stack.pop(), name);
    }
    assert.deepEqual(stack, []);
    const ids = [...written.html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target] of written.html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target!), target);
  });

  test('links each finding to its file and line, and each row to its findings', () => {
    assert.ok(written.html.includes('href="./a/mosquitto.conf#L2" data-file="a/mosquitto.conf" data-line="2"'));
    for (const citation of citations) assert.ok(written.html.includes(`<tr id="row-${citation.replace(/\W+/g, '-').replace(/-$/, '')}">`), citation);
  });
});
