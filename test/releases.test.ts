import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inReleases, releaseOf, releasesOf, type Changed } from '#engine/release.js';
import { defaultsIn } from './support/defaults.js';
import { pages } from './support/pages.js';

describe('releases', () => {
  it('reads the release a tag or a version begins with, and none from a name', () => {
    assert.deepEqual(releaseOf('v8.10.0-alpine'), [8, 10, 0]);
    assert.deepEqual(releaseOf('2'), [2]);
    assert.deepEqual(releaseOf('1.6.15-openssl'), [1, 6, 15]);
    for (const text of ['latest', 'stable-2', '', 'a1.2', '1.2.3.4.5']) assert.equal(releasesOf(text), undefined, text);
  });

  const changed: Changed<boolean> = { product: 'Broker', page: 'broker.conf(5)', values: [['1.4', true], ['2.0', false]], to: '2.1' };
  const used = (tag: string | undefined) => inReleases(changed, releasesOf(tag), 'state open');

  it('gives the default of the releases a file may be for, with their range', () => {
    assert.deepEqual(used('1.6.15'), { value: true, source: 'Broker 1.4 to before 2.0, broker.conf(5)' });
    assert.deepEqual(used('1'), { value: true, source: 'Broker 1.4 to before 2.0, broker.conf(5)' });
    assert.deepEqual(used('2.0.0'), { value: false, source: 'Broker 2.0 to 2.1, broker.conf(5)' });
    assert.deepEqual(used('7.3'), { value: false, source: 'Broker 2.0 to 2.1, broker.conf(5)' });
    assert.deepEqual(used('0.9'), { value: true, source: 'Broker 1.4 to before 2.0, broker.conf(5)' });
  });

  it('gives none where releases that a file may be for differ, and says what would settle it', () => {
    assert.deepEqual(used(undefined), { because: 'Broker does otherwise from release 2.0 on, and nothing tells which this is for: state open' });
    const wide = inReleases(changed, { least: [1, 5], greatest: [2, 0] }, 'state open');
    assert.ok('because' in wide);
  });

  it('gives none where nobody looked', () => {
    const half: Changed<boolean> = { ...changed, values: [['1.0', undefined], ['2.0', true], ['3.0', undefined]] };
    assert.ok('because' in inReleases(half, releasesOf('1.2'), 'state it'));
    assert.ok('value' in inReleases(half, releasesOf('2.2'), 'state it'));
    assert.ok('because' in inReleases(half, releasesOf('3'), 'state it'));
  });
});

/** `OpenSSH 7.4 to 10.5, sshd_config(5)`: a product, the releases its default holds for, a page. */
const form = /^\S.* (?:(\d\S*) to (?:before )?(\S.*?)|version \d+), \S/;

describe('defaults', () => {
  const all = pages().flatMap((page) => page.examples.flatMap(({ files, line }) => defaultsIn(page.format, files).map((one) => ({ ...one, at: `${page.path}:${line}` }))));

  it('of every example say what they rest on and for which releases they hold', () => {
    assert.ok(all.length > 300, `${all.length} defaults`);
    for (const { name, value, source, at } of all) {
      const found = form.exec(source);
      assert.ok(found, `${name} is ${value} by ${source} (${at})`);
      const [, from, to] = found;
      if (from === undefined || !/^\d/.test(to!)) continue;
      assert.ok(compare(from, to!) < 0, `${source}: the range ends before it begins`);
    }
  });
});

function compare(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => releaseOf(text) ?? []) as [readonly number[], readonly number[]];
  for (let i = 0; i < Math.max(a.length, b.length); i++) if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) - (b[i] ?? 0);
  return -1;
}
