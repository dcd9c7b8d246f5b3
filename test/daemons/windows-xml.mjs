// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed, pages } from '../../out/test/support/pages.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

const formats = ['wlan-profile', 'applocker', 'app-control', 'exploit-protection', 'device-control', 'group-policy-preferences', 'unattend'];

/** Formats whose fixes add or remove whole elements, and which those are. */
const entries = new Map([['app-control', /^<\/?(?:Rule|Option)>/]]);

/** The canonical form of a file, one element or text on a line. @param {Stage} stage @param {string} text */
function canonical(stage, text) {
  writeFileSync(stage.path('file.xml'), text);
  const { status, output } = run('xmllint', ['--nonet', '--c14n', stage.path('file.xml')]);
  assert.equal(status, 0, output);
  return output
    .replace(/</g, '\n<')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean);
}

/**
 * The lines of the one that is longer which the other lacks: what stands between their common start and their common end.
 * @param {string[]} one @param {string[]} other
 */
function added(one, other) {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let tail = 0;
  while (tail < short.length - start && short[short.length - 1 - tail] === long[long.length - 1 - tail]) tail++;
  assert.equal(start + tail, short.length, 'something else changed');
  return long.slice(start, long.length - tail);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'libxml2',
  formats,
  packages: ['libxml2-utils'],
  present: () => has('xmllint'),
  async accepts(stage, files) {
    writeFileSync(stage.path('file.xml'), files[0]?.text ?? '');
    const { status, output } = run('xmllint', ['--nonet', '--noout', stage.path('file.xml')]);
    return status === 0 ? undefined : `is not well formed: ${lastLine(output)}`;
  },
  refuses: Object.fromEntries(formats.map((format) => [format, '<a><b></a>\n'])),
  live: [
    {
      title: 'a fix changes one value of an element for each finding, and adds or removes nothing but an option of a policy',
      async run(stage) {
        let changed = 0;
        for (const page of pages().filter(({ format }) => formats.includes(format))) {
          for (const {
            files: [file],
          } of page.examples.filter(({ heading }) => heading === 'Caught')) {
            if (!file) continue;
            const after = fixed(page.format, [file], page.rule)[0]?.text ?? '';
            if (after === file.text) continue;
            const [one, other] = [canonical(stage, file.text), canonical(stage, after)];
            const entry = entries.get(page.format);
            if (entry && one.length !== other.length) {
              for (const line of added(one, other)) assert.match(line, entry, page.path);
              changed++;
              continue;
            }
            assert.equal(other.length, one.length, `${page.path}: elements were added or removed`);
            const different = one.filter((line, i) => line !== other[i]);
            assert.ok(different.length > 0 && different.length <= 5, `${page.path}: ${different.length} lines differ`);
            for (const [i, line] of one.entries())
              if (line !== other[i]) assert.equal(line.match(/^<[\w:]+/)?.[0], other[i]?.match(/^<[\w:]+/)?.[0], page.path);
            changed++;
          }
        }
        assert.ok(changed >= 14, `only ${changed} fixes were looked at`);
      },
    },
  ],
};
