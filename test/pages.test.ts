/** Every page of a rule is a test of it. `npm test -- --accept` rewrites what the machine says; the headings stay a person's claim. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { registry } from '#registry/registry.generated.js';
import { ask, fixed, pages, rewritten, type Example, type Page } from './support/pages.js';

const accept = process.env['HIPAA_LINT_ACCEPT'] === '1';
const all = pages();
const documented = new Set(all.map(({ rule, format }) => `${rule} ${format}`));

for (const page of all) {
  describe(`${page.rule} × ${page.format}`, () => {
    test('names a rule that can answer for the format', () => {
      assert.ok(registry.rulesFor(page.format).some(([id]) => id === page.rule), `${page.path}: no rule ${page.rule} applies to ${page.format}`);
      assert.ok(page.examples.some(({ heading }) => heading === 'Caught'), `${page.path} has no example under "## Caught"`);
      assert.ok(page.examples.some(({ heading }) => heading === 'Allowed'), `${page.path} has no example under "## Allowed"`);
    });
    for (const example of page.examples) test(`${example.heading}, line ${example.line}`, () => check(page, example));
    test('says what happens', () => {
      const now = rewritten(page);
      if (accept && now !== page.text) writeFileSync(page.path, now);
      else assert.equal(page.text, now, `${page.path} does not say what happens; run npm test -- --accept and read the difference`);
    });
  });
}

test('no pair of rule and format is without a page', () => {
  const missing = new Set<string>();
  for (const page of all) {
    for (const example of page.examples) {
      for (const { findings } of ask(page.format, example.files)) {
        for (const { rule } of findings) if (!documented.has(`${rule} ${page.format}`)) missing.add(`${rule} × ${page.format} (seen in ${page.path})`);
      }
    }
  }
  assert.deepEqual([...missing].sort(), []);
});

function check(page: Page, { heading, files }: Example): void {
  const said = ask(page.format, files, (id) => id === page.rule);
  assert.deepEqual(said.flatMap(({ failures }) => failures), []);
  const findings = said.flatMap((one) => one.findings);
  if (heading === 'Caught') assert.ok(findings.length > 0, 'nothing is caught');
  else assert.deepEqual(findings.map(({ message }) => message), [], 'something is caught');
  if (heading === 'Cannot tell') assert.ok(said.some(({ unresolved }) => unresolved.length > 0), 'nothing is left open');

  const fixable = findings.filter(({ fix }) => fix && fix.edits().length > 0);
  if (fixable.length === 0) return;
  const before = ask(page.format, files).flatMap((one) => one.findings);
  const repaired = fixed(page.format, files, page.rule);
  const after = ask(page.format, repaired).flatMap((one) => one.findings);
  assert.ok(after.filter(({ rule }) => rule === page.rule).length <= findings.length - fixable.length, 'the fix does not remove what it fixes');
  const known = new Set(before.map(({ rule, message }) => `${rule}: ${message}`));
  const added = after.filter(({ rule, message }) => !known.has(`${rule}: ${message}`) && !before.some((b) => b.rule === rule));
  assert.deepEqual(added.map(({ rule, message }) => `${rule}: ${message}`), [], 'the fix adds a finding');
  assert.deepEqual(fixed(page.format, repaired, page.rule), repaired, 'the fix is not idempotent');
}
