/** The model of a report: what was found, excepted and covered. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { citations } from '#safeguards/security-rule.js';
import { filesOf, report, reportFrom, texts } from './support/report.js';

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
