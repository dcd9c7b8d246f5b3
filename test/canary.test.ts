/**
 * No credential gets out. In every example of every page, each credential the format knows and the password of every address
 * is a canary; nothing that is said, shown, offered or written of the file may hold one.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actionsAt } from '#assistance/actions.js';
import { devicePolicyOf } from '#assistance/device-policy.js';
import { hoverAt } from '#assistance/hover.js';
import { notesOf } from '#assistance/notes.js';
import { Secret } from '#concepts/secret.js';
import { analyse, type Analysis } from '#engine/analysis.js';
import { credentialsIn, maskedUserinfo, userinfoIn } from '#engine/confidential.js';
import type { Fact } from '#engine/concept.js';
import type { Format } from '#engine/format.js';
import { lint } from '#engine/lint.js';
import { registryOf } from '#engine/registry.js';
import type { Rule } from '#engine/rule.js';
import { known } from '#engine/setting.js';
import { apply, type Edit, type Span } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport, withheldBecause, type FileReport } from '#reports/file-report.js';
import { render, reportFormats } from '#reports/render.js';
import { analysed, pages, type ExampleFile } from './support/pages.js';
import { reportFrom } from './support/report.js';

const sign = 'CanaryZq7x';

/** Formats whose facts of credentials may lie in another file, or be lists of numbers: nothing to put a canary in. */
const elsewhere = new Set(['mosquitto', 'zigbee2mqtt', 'docker-compose', 'container-env', 'registry-file', 'security-template']);

/** Replaces what a text holds at some places by canaries, each with a number of its own. */
function seeded(text: string, places: readonly Span[], nth: number): string {
  let last = 0;
  const edits: Edit[] = [];
  for (const { start, end } of [...places].sort((a, b) => a.start - b.start)) {
    if (start < last || end === start) continue;
    edits.push({ start, end, text: `${sign}${nth}e` });
    last = end;
  }
  return apply(text, edits);
}

/** The same text with a user name and a password in every address. */
function withUsers(text: string, nth: number): string {
  return text.replace(/:\/\/(?=[a-z0-9[])(?![^/\s"'<>,]*@)/gi, `://svc:${sign}${nth}e@`);
}

/** Everything that is said of one file, as one text, without what a fix writes into it. */
function saidOf(analysis: Analysis): { readonly text: string; readonly report: FileReport } {
  const outcome = lint(analysis, registry);
  const whole = { start: 0, end: analysis.text.length };
  const said = [
    notesOf(outcome).map(({ message }) => message),
    actionsAt(analysis, outcome, whole).map(({ title, does }) => [title, does]),
    [...outcome.findings, ...outcome.unresolved].slice(0, 40).map(({ span }) => hoverAt(outcome, analysis.text, span.start, analysis)).map((hover) => [hover?.markdown, hover?.plain]),
    outcome.failures,
    devicePolicyOf(analysis).map(({ what, of, value }) => [what, of, value]),
    exportsOf(analysis),
  ];
  const report = fileReport({ root: '.', path: `e/${analysis.path}`, format: analysis.format, text: analysis.text, size: 1, outcome });
  return { text: JSON.stringify(said), report };
}

function exportsOf({ format, tree, path }: Analysis): unknown {
  return registry.formats.get(format)?.exports?.(tree, path) ?? [];
}

/** A format of one line, and a rule that says and writes what it should not. */
const careless = (() => {
  const place = { start: 0, end: 4 };
  const rule: Rule<Fact> = {
    on: Secret, title: 't', family: 'secrets', safeguards: ['164.312(d)'], severity: 'error',
    check: () => ({
      verdict: 'violates', span: place, message: `It is ${sign}`, found: `"${sign}"`,
      fix: { title: `Keep ${sign}`, safety: 'review', risk: `see ${sign}`, edits: () => [{ ...place, text: `user ${sign} x` }] },
    }),
  };
  const unsure: Rule<Fact> = { ...rule, check: () => ({ verdict: 'cannot tell', span: place, because: `mqtt://u:${sign}@h is not known` }) };
  const format: Format<string> = {
    title: 'F', files: ['*'], parse: (text) => text, comments: () => [],
    facts: [{ concept: Secret, lower: () => [{ label: 'L', span: { start: 0, end: 4 + sign.length + 1 }, what: 'a password', kept: known<'clear'>('clear', { start: 0, end: 5 + sign.length }) }] }],
  };
  return registryOf({ f: format }, { careless: rule, unsure });
})();

describe('a rule that would let a credential out', () => {
  const text = `pass ${sign} end\n`;
  const outcome = lint(analyse('f', careless.formats.get('f')!, 'x', text), careless);

  test('says asterisks instead', () => {
    assert.deepEqual(outcome.findings.map(({ message, found, fix }) => [message, found, fix?.title, fix?.risk]), [['It is ***', '"***"', 'Keep ***', 'see ***']]);
    assert.deepEqual(outcome.unresolved.map(({ because }) => because), ['mqtt://u:***@h is not known']);
  });

  test('makes the fix in the editor, and tells a report that it does not show it', () => {
    assert.match(outcome.findings[0]!.fix!.edits()[0]!.text, new RegExp(sign));
    const [finding] = fileReport({ root: '.', path: 'x', format: 'f', text, size: 1, outcome }).findings;
    assert.deepEqual(finding!.fix, { title: 'Keep ***', safety: 'review', risk: 'see ***', edits: [], withheld: withheldBecause });
  });
});

describe('a credential of a file', () => {
  const reports: FileReport[] = [];
  const names = new Map<number, string>();
  const leaks: string[] = [];
  const unplaced: string[] = [];
  let placed = 0;
  let nth = 1000;

  const tried = (format: string, files: readonly ExampleFile[], name: string) => {
    for (const analysis of analysed(format, files)) {
      if (analysis.format !== format) continue;
      const { text, report } = saidOf(analysis);
      reports.push(report);
      if (text.includes(sign)) leaks.push(`${name}: ${aroundSign(text)}`);
    }
  };

  test('stands in nothing that is said of it', () => {
    for (const { path, format, examples } of pages()) {
      const declared = registry.formats.get(format)!;
      for (const { files, line } of examples) {
        const name = `${path}:${line}`;
        names.set(++nth, name);
        const analyses = analysed(format, files);
        const places = analyses.map((analysis) => [...credentialsIn(analysis, registry.formats.get(analysis.format)), ...userinfoIn(analysis.text)]);
        for (const analysis of analyses) {
          if (analysis.format !== format || elsewhere.has(format) || !declared.facts.some(({ concept }) => concept === Secret)) continue;
          for (const fact of analysis.facts(Secret)) {
            const open = fact.kept?.kind === 'stated' && fact.kept.value === 'clear';
            if (open && Secret.credentials!(fact, analysis.text).length === 0) unplaced.push(`${name}: ${fact.label} holds ${fact.what}`);
          }
        }
        if (places.some((some) => some.length > 0)) {
          placed++;
          tried(format, files.map((file, i) => ({ ...file, text: seeded(file.text, places[i]!, nth) })), name);
        }
        const addressed = files.map((file) => ({ ...file, text: withUsers(file.text, nth) }));
        if (addressed.some((file, i) => file.text !== files[i]!.text)) tried(format, addressed, name);
      }
    }
    assert.deepEqual(leaks, []);
  });

  test('is found wherever a rule says that one stands in clear', () => {
    assert.deepEqual([...new Set(unplaced)], []);
    assert.ok(placed > 100, `${placed} examples hold credentials`);
  });

  for (const written of reportFormats) {
    test(`stands in no report as ${written}`, () => {
      const text = render(reportFrom(reports), written);
      const found = [...text.matchAll(new RegExp(`.{0,200}${sign}(\\d*).{0,60}`, 'g'))].map(([around, number]) => `${names.get(Number(number))}: ${around}`);
      assert.deepEqual([...new Set(found)].slice(0, 20), []);
    });
  }

  test('stands in no report where a fix rewrites the line it is on', () => {
    for (const [format, path, text] of rewritten) {
      const analysis = analyse(format, registry.formats.get(format)!, path, text);
      const { text: said, report } = saidOf(analysis);
      assert.ok(report.findings.length > 0, `nothing found in ${path}`);
      assert.ok(!said.includes(sign) && !JSON.stringify(report).includes(sign), `${path} ${aroundSign(said + JSON.stringify(report))}`);
    }
  });

  test('is told from what only looks like one', () => {
    assert.equal(maskedUserinfo('mqtt://svc:hunter22@b.ward:1883 and a:b@[::1]'), 'mqtt://svc:***@b.ward:1883 and a:***@[::1]');
    for (const text of ['image ward/pump:2.4@sha256:abcd', 'http://h/a:b@c', 'mail it@ward.example: now', 'svc:${PW}@h', 'http://user@h:80/'])
      assert.equal(maskedUserinfo(text), text);
  });
});

/** Objects on one line, and addresses with a password whose scheme a fix changes. */
const rewritten: readonly (readonly [format: string, path: string, text: string])[] = [
  ['orthanc', 'orthanc.json', `{\n  "Name": "ward",\n  "MySQL": { "EnableIndex": true, "Host": "db.ward.example", "Username": "orthanc", "Password": "${sign}" }\n}\n`],
  ['nginx', 'nginx.conf', `http {\n  server {\n    listen 443 ssl;\n    location / { proxy_pass http://svc:${sign}@10.1.2.3:8080; }\n  }\n}\n`.replace('443 ssl', '80')],
  ['sdkconfig', 'sdkconfig', `CONFIG_IDF_TARGET="esp32"\nCONFIG_WARD_BROKER_URL="mqtt://svc:${sign}@broker.ward:1883"\n`],
  ['zephyr', 'prj.conf', `CONFIG_NETWORKING=y\nCONFIG_MQTT_LIB=y\nCONFIG_WARD_GATEWAY_URL="mqtt://svc:${sign}@gateway.ward:1883"\n`],
  ['mbed', 'mbed_app.json', `{ "config": { "broker": { "value": "\\"mqtt://svc:${sign}@broker.ward:1883\\"" } }, "target_overrides": { "*": { "mbed-trace.enable": true } } }`],
];

function aroundSign(text: string): string {
  const at = text.indexOf(sign);
  return text.slice(Math.max(0, at - 150), at + 40);
}
