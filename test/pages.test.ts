/** Every page of a rule is a test of it. `npm test -- --accept` rewrites what the machine says; the headings stay a person's claim. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { registry } from '#registry/registry.generated.js';
import { ask, fixed, pages, rewritten, type Example, type Page } from './support/pages.js';

const accept = process.env['HIPAA_LINT_ACCEPT'] === '1';
const only = process.env['HIPAA_LINT_ONLY'];
const all = pages().filter(({ format }) => only === undefined || format === only);
const documented = new Set(all.map(({ rule, format }) => `${rule} × ${format}`));

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

/**
 * Pairs of which a rule says something and that no file breaks, with the reason: there is nothing a page could show as caught. Whatever else a
 * rule judges has a page, also where all examples happen to comply.
 */
const unbroken: Readonly<Record<string, string>> = {
  'anonymous-access × hapi-fhir': 'what stands in front of the server asks for the log-in, if anything does',
  'anonymous-access × ohif': 'without a provider, what stands in front of the viewer or behind it may ask',
  'encrypt-transmission × dcmqrscp': 'TLS is an option of its command line',
  'encrypt-transmission × openvpn': 'the control channel is always TLS',
  'encrypt-transmission × sshd': 'SSH always encrypts',
  'password-complexity × apple-profile': 'digits are always asked for, which is enough for the default policy',
  'tunnel-algorithms × wireguard': 'there is one set of algorithms, and it is strong',
  'tunnel-authentication × apple-profile': 'every VPN of a profile has a shared key or a certificate',
  'tunnel-authentication × wireguard': 'every peer has a key',
  'tunnel-encryption × wireguard': 'WireGuard always encrypts',
  'tunnel-encryption × xl2tpd': 'IPsec is configured elsewhere',
  'tunnel-forward-secrecy × wireguard': 'it has no form without',
  'tunnel-key-exchange × wireguard': 'there is one key exchange, and it is strong',
  'verify-peer × pg-hba': 'a line without a client certificate is judged by how it asks for the log-in',
};

test('no pair of rule and format is without a page', { skip: only !== undefined }, () => {
  const missing = new Set<string>();
  const seen = new Set<string>();
  for (const page of all) {
    for (const { findings, unresolved, complied } of page.examples.flatMap(({ files }) => ask(page.format, files))) {
      const broken = findings.map(({ rule }) => rule);
      for (const rule of [...broken, ...unresolved.map((one) => one.rule), ...complied.keys()]) {
        const pair = `${rule} × ${page.format}`;
        // What is said of a document inside a file has its page with the format of that document.
        if (documented.has(pair) || !registry.rulesFor(page.format).some(([id]) => id === rule)) continue;
        seen.add(pair);
        if (broken.includes(rule) || !(pair in unbroken)) missing.add(`${pair} (seen in ${page.path})`);
      }
    }
  }
  assert.deepEqual([...missing].sort(), []);
  assert.deepEqual(Object.keys(unbroken).filter((pair) => !seen.has(pair)), [], 'nothing is said of these pairs any more, or they have a page');
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
