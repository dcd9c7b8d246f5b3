/** Elements that are taken away from lists, in the layouts people and programs write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '#engine/text.js';
import { embedded } from '#notations/embedded-json.js';
import { change, nodeAt, parseJson } from '#notations/json.js';

const lists: readonly (readonly [text: string, index: number, left: string])[] = [
  ['{"l":["a","b"]}', 1, '{"l":["a"]}'],
  ['{"l":["a","b"]}', 0, '{"l":["b"]}'],
  ['{"l":["a"]}', 0, '{"l":[]}'],
  ['{ "l": [ "a", "b" ] }', 1, '{ "l": [ "a" ] }'],
  ['{\n  "l": [\n    "a",\n    "b"\n  ]\n}\n', 1, '{\n  "l": [\n    "a"\n  ]\n}\n'],
  ['{"l":[1,{"b":2}]}', 1, '{"l":[1]}'],
];

for (const [text, index, left] of lists) {
  test(`element ${index} of ${JSON.stringify(text)} is taken away whole`, () => {
    assert.equal(apply(text, change(parseJson(text), ['l', index], undefined, true)), left);
  });
}

test('the last element of a list inside a string is taken away whole', () => {
  const text = '{"o":"{\\"l\\":[\\"a\\",\\"b\\"]}"}';
  const outer = parseJson(text);
  assert.equal(apply(text, embedded(outer, [nodeAt(outer, ['o'])!], ['o'])!.change(['l', 1], undefined)), '{"o":"{\\"l\\":[\\"a\\"]}"}');
});
