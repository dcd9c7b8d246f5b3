/** Elements that are taken away from lists, in the layouts people and programs write. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from '#engine/text.js';
import { embedded } from '#notations/embedded-json.js';
import { change, nodeAt, parseJson, type JSONPath } from '#notations/json.js';

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

const objects: readonly (readonly [text: string, path: JSONPath, value: unknown, after: string])[] = [
  ['{"a":{"b":1}}', ['a', 'c'], true, '{"a":{"b":1,"c":true}}'],
  ['{\n  "a": { "b": 1, "p": "secret" }\n}\n', ['a', 'c'], true, '{\n  "a": { "b": 1, "p": "secret", "c": true }\n}\n'],
  ['{\n  "a": { "b": 1 }\n}\n', ['c'], 2, '{\n  "a": { "b": 1 },\n  "c": 2\n}\n'],
  ['{\n\t"a": 1 // why\n}\n', ['c', 'd'], 2, '{\n\t"a": 1, // why\n\t"c": {\n\t\t"d": 2\n\t}\n}\n'],
  ['{\r\n    "a": 1,\r\n}\r\n', ['c'], [1], '{\r\n    "a": 1,\r\n    "c": [\r\n        1\r\n    ],\r\n}\r\n'],
  ['{ "a": { "b": 1 } }', ['a', 'x', 'y'], 'z', '{ "a": { "b": 1, "x": { "y": "z" } } }'],
];

for (const [text, path, value, after] of objects) {
  test(`${path.join('.')} is added to ${JSON.stringify(text)} and nothing else is touched`, () => {
    const edits = change(parseJson(text), path, value);
    assert.equal(apply(text, edits), after);
    assert.ok(edits.every(({ start, end }) => start === end), 'insertions only');
  });
}

test('the last element of a list inside a string is taken away whole', () => {
  const text = '{"o":"{\\"l\\":[\\"a\\",\\"b\\"]}"}';
  const outer = parseJson(text);
  assert.equal(apply(text, embedded(outer, [nodeAt(outer, ['o'])!], ['o'])!.change(['l', 1], undefined)), '{"o":"{\\"l\\":[\\"a\\"]}"}');
});
