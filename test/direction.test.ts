/** What the compiler cannot forbid about the layers: impure globals and old maps in pure layers, and formats that know each other. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const source = 'server/src';
const pure = ['safeguards', 'engine', 'notations', 'concepts', 'rules', 'formats', 'registry', 'configuration', 'assistance', 'reports'];

function files(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : path.endsWith('.ts') ? [path] : [];
  });
}

test('pure layers have no clock, no chance and no promises', () => {
  const impure = /\bnew Date\b|\bDate\.now\b|\bMath\.random\b|\basync\b(?! \/)|\bawait\b|\bPromise\b|\bfrom 'node:/;
  const offenders = pure.flatMap((layer) => files(join(source, layer))).filter((path) => {
    const code = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*|`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'/g, (part) => (/^'node:/.test(part) ? part : ''));
    return impure.test(code);
  });
  assert.deepEqual(offenders, []);
});

test('what is worked out for an object is kept with it, as docs/decisions/0009 says', () => {
  assert.deepEqual(pure.flatMap((layer) => files(join(source, layer))).filter((path) => readFileSync(path, 'utf8').includes('new WeakMap')), []);
});

test('no format knows another', () => {
  const offenders = files(join(source, 'formats')).filter((path) => {
    const own = path.split('/formats/')[1]!.split('/')[0]!;
    return [...readFileSync(path, 'utf8').matchAll(/from '(?:#formats\/|(?:\.\.\/)+)([\w-]+)\//g)].some((match) => match[1] !== own && match[1] !== 'rules' && match[0].includes('#formats'));
  });
  assert.deepEqual(offenders, []);
});

test('a query that only one format answers names the folder it is in', () => {
  const offenders = files(join(source, 'formats')).filter((path) => {
    const own = path.split('/formats/')[1]!.split('/')[0]!;
    return [...readFileSync(path, 'utf8').matchAll(/\bquery(?:<[^(]*>)?\(\s*'([\w-]+)'/g)].some((match) => match[1] !== own);
  });
  assert.deepEqual(offenders, []);
});
