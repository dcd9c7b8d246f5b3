/** Reports as SARIF, for code scanning. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { gateFor } from '#engine/confidential.js';
import type { Outcome } from '#engine/lint.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport } from '#reports/file-report.js';
import { render, reportFormats } from '#reports/render.js';
import { format, report, reportFrom, sarif, secret, written } from './support/report.js';

const require = createRequire(import.meta.url);

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
      confidential: () => gateFor([]),
    };
    const whole = reportFrom([fileReport({ root: '.', path: 'x', format, text, size: 1, outcome })]);
    for (const name of reportFormats) assert.ok(!render(whole, name).includes(secret), name);
    assert.ok(render(whole, 'sarif').includes('"yes"'));
  });
});
