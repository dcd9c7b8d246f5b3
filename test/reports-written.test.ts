/** Every way to write a report, and what none of them may do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { pretty } from '#reports/pretty.js';
import { render, reportFormats } from '#reports/render.js';
import { limits, reportOf, statement } from '#reports/report.js';
import { filesOf, report, reportFrom, sarif, secret, written } from './support/report.js';

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
