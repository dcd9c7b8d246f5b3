/**
 * Nothing a cloned repository holds may make a scan or the server wait. Every regular expression of the sources is checked for
 * backtracking that grows faster than its text, and patterns of file names are matched without going back.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'acorn';
import { analyse as superLinear } from 'scslre';
import { choicesOf, globMatcher, Globs } from '#engine/glob.js';
import { ignoring } from '#hosts/workspace-ignore.js';
import { readConfiguration } from '#configuration/read.js';
import { exclusionOf } from '#configuration/configuration.js';

/** The longest time anything may take, in milliseconds of the processor. */
const longest = 1_000;

interface Expression {
  readonly pattern: string;
  readonly flags: string;
  readonly at: string;
}

/** Every regular expression that is written out in the compiled sources, each once. */
function expressions(): readonly Expression[] {
  const found = new Map<string, Expression>();
  const look = (node: unknown, file: string): void => {
    if (Array.isArray(node)) for (const one of node) look(one, file);
    else if (typeof node === 'object' && node !== null) {
      const { regex, loc } = node as { regex?: { pattern: string; flags: string }; loc?: { start: { line: number } } };
      if (regex) found.set(`${regex.pattern}/${regex.flags}`, { ...regex, at: `${file}:${loc?.start.line}` });
      else for (const value of Object.values(node)) if (typeof value === 'object') look(value, file);
    }
  };
  for (const folder of ['out/server', 'out/client']) {
    for (const name of readdirSync(folder, { recursive: true }) as string[]) {
      if (!name.endsWith('.js')) continue;
      const file = join(folder, name);
      look(parse(readFileSync(file, 'utf8'), { ecmaVersion: 'latest', sourceType: 'module', locations: true }), file);
    }
  }
  return [...found.values()];
}

describe('the regular expressions of the sources', () => {
  test('take time linear in their text', () => {
    const all = expressions();
    assert.ok(all.length > 500, `${all.length} expressions were found`);
    const slow = all.filter(({ pattern, flags }) => superLinear({ source: pattern, flags }, { maxReports: 1 }).reports.length > 0);
    assert.deepEqual(slow.map(({ at, pattern }) => `${at}: ${pattern}`), []);
  });

  test('are told apart from those that do not', () => {
    for (const source of [/\s+$/, /(a+)+b/, /a*b?a*c/]) assert.ok(superLinear({ source: source.source, flags: '' }).reports.length > 0, source.source);
  });
});

const used = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The least time of up to two tries, so that a compiler at work is not taken for a slow reader. */
function timeOf(act: () => void): number {
  let least = Infinity;
  for (let round = 0; round < 2 && least > 12; round++) {
    const begin = used();
    act();
    least = Math.min(least, used() - begin);
  }
  return least;
}

describe('a pattern made to be slow', () => {
  const name = 'a'.repeat(200);

  test('is matched in time, wherever it stands', () => {
    const patterns = ['*a'.repeat(100) + 'b', '**/a/**/a/**/a/**/a/**/b', '{a,aa}'.repeat(7) + 'b', '[a]*'.repeat(60) + 'b', '?*'.repeat(90) + 'b', '{'.repeat(200), '{a,'.repeat(200), '[', '**'.repeat(300) + 'b'];
    const path = Array.from({ length: 200 }, () => 'a').join('/');
    for (const pattern of patterns) {
      const time = timeOf(() => {
        for (const options of [{}, { hidden: true, anyCase: true }]) {
          const matches = globMatcher(pattern, options);
          for (const text of [name, path]) assert.equal(matches(text), false, pattern);
        }
        for (const text of [name, path]) ignoring(pattern)(text);
      });
      assert.ok(time < 100, `${Math.round(time)} ms for ${pattern.slice(0, 40)}`);
    }
  });

  test('stands for a limited number of others', () => {
    assert.deepEqual(choicesOf('x{a,b{c,d}}y'), ['xay', 'xbcy', 'xbdy']);
    assert.equal(choicesOf('{a,b}'.repeat(20)), undefined);
    assert.equal(globMatcher('{a,b}'.repeat(20))('a'.repeat(20)), false);
    assert.match(readConfiguration(`exclude:\n  - '${'{a,b}'.repeat(20)}'\n`).problems[0]!.message, /more than 256/);
  });

  test('may be one of 20,000', () => {
    const begin = used();
    const many = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? `folder-${i}/**` : `**/name-${i}.*`));
    const { configuration } = readConfiguration(`exclude:\n${many.map((glob) => `  - '${glob}'`).join('\n')}\n`);
    const excluded = exclusionOf(configuration);
    assert.ok(excluded('x/name-10.conf') && excluded('folder-11/x') && excluded('folder-11'));
    const ignored = ignoring(many.join('\n'));
    for (let i = 0; i < 60; i++) {
      assert.equal(excluded(`some/where/deep/file-${i}.conf`), false);
      assert.equal(ignored(`some/where/deep/file-${i}.conf`), undefined);
    }
    assert.ok(used() - begin < 3 * longest, `${Math.round(used() - begin)} ms`);
  });

  test('matches as shells and git have it', () => {
    const says = (glob: string, path: string, options = {}) => globMatcher(glob, options)(path);
    assert.ok(says('conf.d/*.conf', 'conf.d/a.conf') && !says('conf.d/*.conf', 'conf.d/.a.conf') && !says('conf.d/*.conf', 'conf.d/x/a.conf'));
    assert.ok(says('**/x', 'x') && says('**/x', 'a/b/x') && says('a/**', 'a') && says('a/**/b', 'a/b') && !says('**/x', '.a/x') && says('**/x', '.a/x', { hidden: true }));
    assert.ok(says('[!a]b', 'cb') && !says('[!a]b', 'ab') && says('[a-c]?', 'b1') && says('a[', 'a[') && says('A.{C,d}', 'a.c', { anyCase: true }));
    const git = ignoring('# note\n*.log\n!keep.log\n/build\nout/\ndoc/*.txt\n**/tmp\nfoo/**\n\\#x\nspace\\ \n{a,b}\n');
    assert.deepEqual(
      ['a/x.log', 'keep.log', 'build/', 'a/build', 'out/', 'out', 'doc/a.txt', 'a/doc/a.txt', 'doc/b/a.txt', 'a/tmp', 'foo/', 'foo/a', '#x', 'space ', 'a', '{a,b}'].map((path) => git(path)),
      ['ignored', 'kept', 'ignored', undefined, 'ignored', undefined, 'ignored', undefined, undefined, 'ignored', undefined, 'ignored', 'ignored', 'ignored', undefined, 'ignored'],
    );
    assert.ok(says('**/!(*.d)/x', 'a/x', { except: true }) && !says('**/!(*.d)/x', 'a.d/x', { except: true }) && !says('!(a)', 'b'));
    assert.equal(new Globs(['a', '*', 'b']).numbers('a').join(), '0,1');
  });
});
