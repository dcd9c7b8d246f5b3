/** Taking away what a list or map of YAML holds: never all of it at once, so that no key is left without a value. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, collide } from '#engine/text.js';
import { parseYaml } from '#notations/yaml.js';

const texts: readonly (readonly [name: string, text: string, path: readonly string[]])[] = [
  ['a list', 'a:\n  b:\n    - one # first\n    - two\n  c: 1\n', ['a', 'b']],
  ['a list at the column of its key', 'a:\n  b:\n  - one\n  - two\n', ['a', 'b']],
  ['a list of maps', 'a:\n  b:\n    - x: 1\n      y: 2\n    - x: 3\n  c: 1\n', ['a', 'b']],
  ['a list on one line', 'a:\n  b: [one, two]\n', ['a', 'b']],
  ['a map', 'a:\n  b:\n    one: 1\n    two: 2\n  c: 1\n', ['a', 'b']],
  ['a map on one line', 'a:\n  b: {one: 1, two: 2}\n', ['a', 'b']],
  ['lines that end as Windows ends them', 'a:\r\n  b:\r\n    - one\r\n    - two\r\n', ['a', 'b']],
];

for (const [name, text, path] of texts) {
  test(`${name}: both removals do not go together, and one after the other takes the key away`, () => {
    const parts = (from: string) => {
      const place = parseYaml(from).documents[0]!.root.get(...path);
      return place.kind === 'list' ? place.items : place.pairs;
    };
    const [first, second] = parts(text).map((part) => part.remove());
    assert.ok(collide(first!, second!), 'they go together');
    for (const edits of [first!, second!]) {
      const once = apply(text, edits);
      assert.equal(parts(once).length, 1, once);
      const twice = apply(once, parts(once)[0]!.remove());
      assert.ok(!parseYaml(twice).documents[0]!.root.get(...path).exists, twice);
    }
  });
}
