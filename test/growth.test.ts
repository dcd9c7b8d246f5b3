/**
 * What is read and judged costs time in proportion: of every format a long file, blocks again and again, and many files of
 * one folder. Measured is the processor's time, and what seems to grow too much is measured again, as others use the machine.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registry } from '#registry/registry.generated.js';
import { blocks, cost, folders, inclusions, longFile, type Growing } from './support/growth.js';

/** Four times as much costs four times as much where it is in proportion, and sixteen times as much where it is not. */
const times = 4;
const tooMuch = 8;
/** Milliseconds of processor time below which nothing can be told. */
const least = 60;
const attempts = 20;

async function grows(growing: Growing, size: number): Promise<string | undefined> {
  let [small, large] = [Infinity, Infinity];
  for (let attempt = 0; attempt < attempts; attempt++) {
    large = Math.min(large, await cost(growing.files(times * size)));
    if (large < least) return undefined;
    small = Math.min(small, await cost(growing.files(size)));
    if (large < tooMuch * small) return undefined;
  }
  return `${growing.title}: ${small.toFixed(0)} ms for ${size}, ${large.toFixed(0)} ms for ${times * size}`;
}

async function allInProportion(all: readonly (Growing | undefined)[], size: number): Promise<void> {
  const grown: string[] = [];
  for (const one of all) {
    const found = one && await grows(one, size);
    if (found !== undefined) grown.push(found);
  }
  assert.deepEqual(grown, []);
}

const formats = [...registry.formats.keys()];

test('a file of any format costs time in proportion to its length', () => allInProportion(formats.map(longFile), 250));

test('blocks that repeat cost time in proportion to their number', () =>
  allInProportion(formats.flatMap((format) => blocks(format, 3)), 200));

test('files of a folder that ask for each other cost time in proportion to their number', async () => {
  const all = formats.flatMap((format) => folders(format, 2));
  assert.ok(all.length >= 15, `${all.length} kinds of folders`);
  await allInProportion(all, 75);
});

test('files that are included one by one cost time in proportion to their number', () => allInProportion(inclusions(), 150));
