// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed, pages } from '../../out/test/support/pages.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/**
 * The file as xmllint sees it: one line for each tag with its attributes, and one for each text.
 * @param {Stage} stage @param {string} name @param {string} text
 */
function read(stage, name, text) {
  const path = stage.path(name);
  writeFileSync(path, text);
  const { status, output } = run('xmllint', ['--noblanks', '--c14n', path]);
  assert.equal(status, 0, lastLine(output));
  return output
    .split(/(<[^>]*>)/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'xmllint',
  formats: ['mirth-channel'],
  packages: ['libxml2-utils'],
  present: () => has('xmllint'),
  async accepts(stage, files) {
    const path = stage.path('channel.xml');
    writeFileSync(path, files[0]?.text ?? '');
    const { status, output } = run('xmllint', ['--noout', path]);
    return status === 0 ? undefined : lastLine(output);
  },
  refuses: { 'mirth-channel': '<channel><name>A</channel>\n' },
  live: [
    {
      title: 'a fix changes the text of the elements it names, or adds one, and nothing else',
      async run(stage) {
        let seen = 0;
        for (const page of pages().filter(({ format }) => format === 'mirth-channel')) {
          for (const { files } of page.examples) {
            const before = read(stage, 'before.xml', files[0]?.text ?? '');
            const after = read(stage, 'after.xml', fixed(page.format, files, page.rule)[0]?.text ?? '');
            const added = after.length - before.length;
            if (added === 0) {
              const changed = before.filter((part, i) => part !== after[i]);
              assert.ok(
                changed.every((part) => !part.startsWith('<')),
                `${page.path}: a tag changed: ${changed.find((part) => part.startsWith('<'))}`,
              );
              if (changed.length > 0) seen++;
            } else {
              // One element with its text: what stands before and behind it is as it was.
              assert.equal(added, 3, `${page.path}: ${added} nodes more`);
              const at = before.findIndex((part, i) => part !== after[i]);
              assert.deepEqual(after.slice(at + 3), before.slice(at), page.path);
              seen++;
            }
          }
        }
        assert.ok(seen >= 12, `only ${seen} fixes were compared`);
      },
    },
  ],
};
