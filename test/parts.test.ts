/** A file judged in parts says what it says when judged whole, before and after any edit. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alone, analyse, type Analysis, type Surroundings } from '#engine/analysis.js';
import type { Format } from '#engine/format.js';
import { lint, undecided, type Finding } from '#engine/lint.js';
import { registryOf } from '#engine/registry.js';
import { registry } from '#registry/registry.generated.js';
import { numbers } from './support/numbers.js';
import { exampleTexts, largeFiles, workload } from './support/workload.js';

const divided = [...registry.formats].filter(([, format]) => format.parts);
const undivided = registryOf(
  Object.fromEntries([...registry.formats].map(([name, { parts: _, ...format }]): [string, Format] => [name, format])), Object.fromEntries(registry.rules),
);
const day = { ...undecided, today: '2026-01-01' };

/** Everything a host can see of an outcome. */
function seen(analysis: Analysis, asked = registry): unknown {
  const { findings, unresolved, complied, exceptions, failures } = lint(analysis, asked, day);
  const written = ({ fix, beside, ...finding }: Finding): object =>
    ({ ...finding, fix: fix && { title: fix.title, safety: fix.safety, risk: fix.risk, edits: fix.edits() }, beside: beside?.map(written) });
  return { written: findings.map(written), unresolved, complied: [...complied].sort(), exceptions, failures };
}

const pieces = ['<', '>', '</', '"', 'x', '\n', ' ', '{', '}', ':', '---\n', '- ', '#', '='];

for (const [name, format] of divided) {
  const whole = (text: string) => seen(analyse(name, format, 'file', text), undivided);

  test(`${name}: every example says the same whole and in parts`, () => {
    for (const text of exampleTexts(name)) assert.deepEqual(seen(analyse(name, format, 'file', text)), whole(text), text);
  });

  test(`${name}: a long file says the same whole and in parts after every edit`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      const next = numbers(seed);
      const large = seed % 3 === 0 && largeFiles(30_000).find(({ format }) => format === name);
      let { text } = large || workload(name, 300, seed % 2 ? 'dense' : 'typical')!;
      let analysis = analyse(name, format, 'file', text);
      for (let edit = 0; edit < 10; edit++) {
        assert.deepEqual(seen(analysis), whole(text), `seed ${seed}, edit ${edit}`);
        const at = next(text.length + 1);
        text = text.slice(0, at) + pieces[next(pieces.length)] + text.slice(at + (next(3) === 0 ? next(12) : 0));
        analysis = analyse(name, format, 'file', text, alone, analysis);
      }
    }
  });

  test(`${name}: an edit leaves the other parts judged`, () => {
    const { text } = workload(name, 2000, 'dense')!;
    let read = 0;
    const counting: Format = {
      ...format,
      parts: (tree) => {
        const parts = format.parts!(tree);
        return parts && { ...parts, parts: parts.parts.map((part) => ({ ...part, read: (own: string) => (read++, part.read(own)) })) };
      },
    };
    const counted = registryOf({ ...Object.fromEntries(registry.formats), [name]: counting }, Object.fromEntries(registry.rules));
    const first = analyse(name, counting, 'file', text);
    seen(first, counted);
    const all = read;
    assert.ok(all > 3, `${all} parts in a file of 2,000 lines`);
    seen(first, counted);
    const asking = read - all;
    assert.ok(asking < all / 10, `${asking} of ${all} parts ask for other files`);
    const at = text.indexOf('\n', text.length / 2);
    seen(analyse(name, counting, 'file', `${text.slice(0, at)} ${text.slice(at)}`, alone, first), counted);
    assert.ok(read - all - 2 * asking <= 1, `${read - all - 2 * asking} parts judged again`);
  });
}

test('a file whose parts cannot be read is judged whole', () => {
  for (const [name, format] of divided) {
    const broken: Format = {
      ...format,
      parts: (tree) => {
        const parts = format.parts!(tree);
        return parts && { ...parts, parts: parts.parts.map((part) => ({ ...part, read: () => { throw new Error('unreadable'); } })) };
      },
    };
    const asked = registryOf({ ...Object.fromEntries(registry.formats), [name]: broken }, Object.fromEntries(registry.rules));
    const { text } = workload(name, 300)!;
    assert.deepEqual(seen(analyse(name, broken, 'file', text), asked), seen(analyse(name, format, 'file', text), undivided));
  }
});

test('views of so many states of a file are remembered, and no more', () => {
  const [name, format] = ['docker-compose', registry.formats.get('docker-compose')!] as const;
  let { text } = workload(name, 2000)!;
  let analysis = analyse(name, format, 'file', text);
  const views = () => {
    const { parts } = (analysis.memory.parts ?? { parts: new Map() }) as { parts: Map<string, { view?: unknown }> };
    return new Set([...parts.values()].map(({ view }) => view)).size;
  };
  let most = 0;
  for (let edit = 1; edit <= 40; edit++) {
    const at = text.indexOf('\n', (text.length * edit) / 41);
    text = `${text.slice(0, at)} ${text.slice(at)}`;
    analysis = analyse(name, format, 'file', text, alone, analysis);
    lint(analysis, registry);
    most = Math.max(most, views());
  }
  assert.ok(most > 1 && most <= 8, `${most} states kept`);
});

test('what a part asks of other files is asked again each time', () => {
  const [name, format] = divided[0]!;
  let asked = 0;
  const surroundings: Surroundings = { ...alone, match: () => (asked++, 'pending') };
  const facts = format.facts.map((lowering): Format['facts'][number] => ({ ...lowering, lower: (_tree, { surroundings: others }) => (others.match('*'), []) }));
  const asking: Format = { ...format, facts };
  const asks = registryOf({ [name]: asking }, Object.fromEntries(registry.rules));
  const analysis = analyse(name, asking, 'file', workload(name, 300)!.text, surroundings);
  lint(analysis, asks);
  const before = asked;
  assert.ok(before > 0);
  lint(analysis, asks);
  assert.ok(asked > before);
});
