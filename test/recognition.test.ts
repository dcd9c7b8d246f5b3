/** Files that have nothing to do with this product are of no format, and cost nothing but their name. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { headLength, recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { pages } from './support/pages.js';

const recognise = recogniser(registry.formats);

function files(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.isFile() ? [path] : [];
  });
}

test('of ten thousand files of other software, none is taken for configuration we read', () => {
  const all = files('node_modules');
  assert.ok(all.length >= 10_000, `only ${all.length} files to try`);
  let opened = 0;
  const taken = all.flatMap((path) => {
    const format = recognise(path, () => {
      opened++;
      return readFileSync(path, 'utf8').slice(0, headLength);
    });
    return format ? [`${path}: ${format}`] : [];
  });
  assert.deepEqual(taken, []);
  assert.ok(opened < all.length / 2, `${opened} of ${all.length} files were opened: a name alone should settle most`);
});

test('a file is of one format, whatever the order in which the formats are asked', () => {
  const backwards = recogniser(new Map([...registry.formats].reverse()));
  const named = pages().flatMap(({ examples }) => examples.flatMap((example) => example.files.filter(({ name }) => name !== undefined)));
  assert.ok(named.length > 50);
  const divided = named.filter(({ name, text }) => recognise(name!, () => text) !== backwards(name!, () => text));
  assert.deepEqual(divided.map(({ name, text }) => `${name}: ${recognise(name!, () => text)} or ${backwards(name!, () => text)}`), []);
});

test('an edit keeps the format of a document, and never makes it another one', () => {
  for (const { name, text } of pages().flatMap(({ examples }) => examples.flatMap(({ files }) => files))) {
    const format = name && recognise(name, () => text);
    if (format) for (const before of registry.formats.keys()) assert.equal(recognise(name, () => text, undefined, before), format, `${name} after ${before}`);
  }
});
