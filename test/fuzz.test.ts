/** What `npm run fuzz` found, mended: asked again on every run. And lines that took time out of proportion to their length. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { analyse } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { registry } from '#registry/registry.generated.js';
import { checked } from './support/fuzz-checks.js';
import type { Input } from './support/fuzz-inputs.js';

type Seed = Pick<Input, 'format' | 'path' | 'text'> & Partial<Input> & { readonly cause: string };

const seeds = readFileSync('test/fuzz-seeds.jsonl', 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Seed);

for (const { cause, ...seed } of seeds) {
  test(`${cause}: ${JSON.stringify(seed.text.slice(0, 60))}`, () => {
    for (const complete of [false, true]) {
      assert.deepEqual(checked({ before: seed.text, complete, ...seed }).faults, []);
    }
  });
}

/** Each took more than a second at this length, or would have at ten times as much. */
const lines: readonly (readonly [format: string, repeated: string])[] = [
  ['hapi-fhir', '.'], ['hapi-fhir', '1.'], ['nftables', '"'], ['docker-compose', '{}'], ['docker-compose', '&a '], ['docker-compose', ': '],
];

for (const [format, repeated] of lines) {
  test(`${format} reads ${JSON.stringify(repeated)} again and again in time`, () => {
    const text = `${format === 'docker-compose' ? 'services:\n' : ''}${repeated.repeat(200_000 / repeated.length)}`;
    let least = Infinity;
    for (let attempt = 0; attempt < 5 && least > 1000; attempt++) {
      const before = process.cpuUsage();
      lint(analyse(format, registry.formats.get(format)!, 'example', text), registry);
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1000);
    }
    assert.ok(least < 1000, `${Math.round(least)} ms`);
  });
}
