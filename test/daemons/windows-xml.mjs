// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed, pages } from '../../out/test/support/pages.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

const formats = ['wlan-profile', 'applocker', 'unattend'];

/** The canonical form of a file, one element or text on a line. @param {Stage} stage @param {string} text */
function canonical(stage, text) {
  writeFileSync(stage.path('file.xml'), text);
  const { status, output } = run('xmllint', ['--nonet', '--c14n', stage.path('file.xml')]);
  assert.equal(status, 0, output);
  return output.replace(/</g, '\n<').split('\n').map((line) => line.trimEnd()).filter(Boolean);
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
  live: [
    {
      title: 'a fix changes one value of an element for each finding, and neither adds nor removes one',
      async run(stage) {
        let changed = 0;
        for (const page of pages().filter(({ format }) => formats.includes(format))) {
          for (const { files: [file] } of page.examples.filter(({ heading }) => heading === 'Caught')) {
            if (!file) continue;
            const after = fixed(page.format, [file], page.rule)[0]?.text ?? '';
            if (after === file.text) continue;
            const [one, other] = [canonical(stage, file.text), canonical(stage, after)];
            assert.equal(other.length, one.length, `${page.path}: elements were added or removed`);
            const different = one.filter((line, i) => line !== other[i]);
            assert.ok(different.length > 0 && different.length <= 3, `${page.path}: ${different.length} lines differ`);
            for (const [i, line] of one.entries()) if (line !== other[i]) assert.equal(line.match(/^<[\w:]+/)?.[0], other[i]?.match(/^<[\w:]+/)?.[0], page.path);
            changed++;
          }
        }
        assert.ok(changed >= 8, `only ${changed} fixes were looked at`);
      },
    },
  ],
};
