/**
 * Formats that state values of the Windows registry read the same facts from them, so what can be caught in one can be caught in all.
 * Here each is asked what it makes of a registry that answers every question, one answer at a time; examples need not have thought of it.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alone, ready } from '#engine/analysis.js';
import type { Format } from '#engine/format.js';
import { lint } from '#engine/lint.js';
import type { Slot } from '#engine/setting.js';
import type { Registry } from '#notations/windows-registry.js';
import { registry } from '#registry/registry.generated.js';
import { pages } from './support/pages.js';

const span = { start: 0, end: 0 };
const documented = new Set(pages().map(({ rule, format }) => `${rule} × ${format}`));

/** Data that some policy of Windows knows: small numbers, masks, and the words of the values that are text. */
const data = [...Array.from({ length: 10 }, (_, i) => i), 28, 145, 2688, 3600, 20480, 262144, 7200000].map(String)
  .concat('Unrestricted', 'http://updates.example.org:8530', 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Name=Remote support|');
/** Names of values below keys that list things: communities, exclusions, rules. */
const names = ['public', 'C:\\'];

/** The tree of an empty file whose registry says what the stand-in says; none where the format states no registry. */
function standIn({ parse }: Format, says: Registry): unknown {
  const tree = parse('') as object;
  if ('registry' in tree) return { ...tree, registry: says };
  return 'under' in tree && 'value' in tree ? { ...tree, ...says } : undefined;
}

function judged(name: string, declared: Format, says: Registry) {
  const { findings, failures } = lint(ready(name, declared, 'example', '', standIn(declared, says), alone, {}), registry);
  assert.deepEqual(failures, []);
  return findings;
}

const silent: Slot = { span, write: () => [] };
const formats = [...registry.formats].filter(([, declared]) => standIn(declared, { value: () => silent, under: () => [] }) !== undefined);

/** The rules that some answer breaks. */
function broken(name: string, declared: Format): ReadonlySet<string> {
  return new Set(data.flatMap((raw) => {
    const slot: Slot = { ...silent, raw };
    return judged(name, declared, { value: () => slot, under: () => names.map((value) => ({ name: value, slot })) }).map(({ rule }) => rule);
  }));
}

/** The values a format asks the registry for, to say facts that every format may say. */
function asked(name: string, declared: Format): readonly string[] {
  const found = new Set<string>();
  const note = (what: string) => found.add(what.toLowerCase());
  const says: Registry = { value: (key, value, type) => (note(`${key}\\${value} ${type}`), silent), under: (key) => (note(`${key}\\*`), []) };
  const analysis = ready(name, declared, 'example', '', standIn(declared, says), alone, {});
  for (const { concept } of declared.facts) analysis.facts(concept);
  return [...found].sort();
}

describe('formats that state values of the Windows registry', () => {
  test('are known by what their files hold', () => {
    assert.deepEqual(formats.map(([name]) => name), ['group-policy-preferences', 'registry-file', 'security-template', 'windows-script']);
  });

  for (const [name, declared] of formats) {
    test(`${name} has a page for every rule that a value can break`, () => {
      assert.deepEqual([...broken(name, declared)].filter((rule) => !documented.has(`${rule} × ${name}`)).sort(), []);
    });
  }

  test('are given answers that break whatever a registration file can break', () => {
    const found = broken('registry-file', registry.formats.get('registry-file')!);
    // Passwords are told by what a value is called, so there is no question to answer.
    const shown = pages().filter(({ rule, format }) => format === 'registry-file' && rule !== 'cleartext-secret').map(({ rule }) => rule);
    assert.deepEqual(shown.filter((rule) => !found.has(rule)), []);
  });

  // What one format alone asks for is a condition of its own facts.
  test('read the same values', () => {
    const questions = formats.map(([name, declared]) => [name, asked(name, declared)] as const);
    const all = [...new Set(questions.flatMap(([, theirs]) => theirs))];
    const common = all.filter((value) => questions.filter(([, theirs]) => theirs.includes(value)).length > 1);
    assert.ok(common.length > 100, 'the formats ask for next to nothing');
    for (const [name, theirs] of questions) assert.deepEqual(common.filter((value) => !theirs.includes(value)), [], `${name} does not read what others do`);
  });
});
