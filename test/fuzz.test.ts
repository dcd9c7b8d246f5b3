/** What `npm run fuzz` found, mended: asked again on every run. And lines that took time out of proportion to their length. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fixAll } from '#assistance/fix-all.js';
import { analyse } from '#engine/analysis.js';
import { lint, undecided } from '#engine/lint.js';
import { apply } from '#engine/text.js';
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

/** Files whose last line has no line end, with all their fixes. */
const ends: readonly (readonly [format: string, path: string, before: string, after: string])[] = [
  ['home-assistant', 'configuration.yaml', 'http:\n  ip_ban_enabled: false', 'http:\n  ip_ban_enabled: true\n  login_attempts_threshold: 5'],
  ['cisco-ios', 'x.cfg', 'aaa common-criteria policy STAFF\n min-length 14',
    'aaa common-criteria policy STAFF\n min-length 14\n lower-case 1\n upper-case 1\n numeric-count 1\n special-case 1'],
  ['tasmota', 'user_config_override.h', '#ifdef ESP32\n#define WEB_SERVER 2\n#endif\n#define WEB_PASSWORD ""',
    '#ifdef ESP32\n#define WEB_SERVER 2\n#endif\n#define WEB_PASSWORD ""\n#undef  WEB_SERVER\n#define WEB_SERVER 0'],
];

for (const [format, path, before, after] of ends) {
  test(`${format}: what is added behind a last line without a line end stands line below line`, () => {
    const edits = fixAll(analyse(format, registry.formats.get(format)!, path, before), undecided, () => true);
    assert.equal(typeof edits === 'string' ? edits : apply(before, edits), after);
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
