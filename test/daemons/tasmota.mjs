// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { parseDefines, slot } from '../../out/server/notations/defines.js';
import { has, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** Preprocesses a header and compares each macro with what we read. @param {Stage} stage @param {string} text */
function preprocess(stage, text) {
  writeFileSync(stage.path('user_config_override.h'), text);
  const { status, output } = run('cpp', ['-dM', '-undef', '-x', 'c', stage.path('user_config_override.h')]);
  if (status !== 0) return output;
  const defined = new Map([...output.matchAll(/^#define (\w+) ?(.*)$/gm)].map((match) => [match[1], match[2]]));
  const file = parseDefines(text);
  for (const name of file.statements.keys()) {
    const { raw, obscured } = slot(file, name, 'plain');
    if (obscured === undefined && raw !== defined.get(name)) return `cpp reads ${name} as ${defined.get(name)}, and we as ${raw}`;
  }
  return undefined;
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'the C preprocessor',
  formats: ['tasmota'],
  packages: ['cpp'],
  present: () => has('cpp'),
  accepts: async (stage, files) => preprocess(stage, files[0]?.text ?? ''),
  refuses: { tasmota: '#ifdef A\n#define B 1\n' },
  live: [
    {
      title: 'guards, comments, text and undefined names are read as we read them',
      async run(stage) {
        assert.equal(
          preprocess(
            stage,
            '#ifndef G\n#define G\n#define A "x // y" // z\n#undef A\n#define A 2 /* b */\n#if 0\n#define A 3\n#endif\n#ifndef D\n#define D 1\n' +
              '#endif\n#undef D\n#endif\n',
          ),
          undefined,
        );
      },
    },
  ],
};
