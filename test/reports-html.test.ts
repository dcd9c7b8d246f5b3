/** Reports as HTML, for the assessor. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { citations } from '#safeguards/security-rule.js';
import { written } from './support/report.js';

describe('HTML', () => {
  test('loads nothing and runs nothing', () => {
    assert.match(
      written.html,
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">/,
    );
    assert.ok(!/<script|<iframe|<object|<embed|<link|<img|\son\w+=|url\(|@import|https?:\/\//i.test(written.html));
  });

  test('is well-formed, and every link within it has an end', () => {
    const stack: string[] = [];
    for (const [, slash, name] of written.html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
      if (['meta', 'br'].includes(name!)) continue;
      if (slash === '') stack.push(name!);
      else assert.equal(stack.pop(), name);
    }
    assert.deepEqual(stack, []);
    const ids = [...written.html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target] of written.html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target!), target);
  });

  test('links each finding to its file and line, and each row to its findings', () => {
    assert.ok(written.html.includes('href="./a/mosquitto.conf#L2" data-file="a/mosquitto.conf" data-line="2"'));
    for (const citation of citations) assert.ok(written.html.includes(`<tr id="row-${citation.replace(/\W+/g, '-').replace(/-$/, '')}">`), citation);
  });
});
