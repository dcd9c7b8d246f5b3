// @ts-check
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fixed } from '../../out/test/support/pages.js';
import { lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** Reads a template as Samba reads that of a group policy, and prints every value as JSON. */
const reader = `
import json, sys
from samba.gp_parse.gp_inf import GptTmplInfParser
parser = GptTmplInfParser()
parser.parse(open(sys.argv[1], 'rb').read())
print(json.dumps({name: getattr(section, 'param_list', []) for name, section in parser.sections.items()}))
`;

/** @param {Stage} stage @param {string} text */
function read(stage, text) {
  // As Windows exports it; the reader knows no comments.
  writeFileSync(stage.path('GptTmpl.inf'), Buffer.from(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`, 'utf16le'));
  return run('/usr/bin/python3', ['-c', reader, stage.path('GptTmpl.inf')]);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Samba group policy',
  formats: ['security-template'],
  packages: ['python3-samba'],
  present: () => run('/usr/bin/python3', ['-c', 'import samba.gp_parse.gp_inf']).status === 0,
  async accepts(stage, files) {
    const { status, output } = read(stage, files[0]?.text ?? '');
    return status === 0 ? undefined : `is not read: ${lastLine(output)}`;
  },
  refuses: { 'security-template': '[Unicode]\nUnicode=yes\n[System Access]\nMinimumPasswordLength 6\n' },
  live: [
    {
      title: 'a file as Windows exports it keeps its encoding and line ends, and Samba reads the value of the fix',
      async run(stage) {
        const text =
          '[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordLength = 6\r\nPasswordHistorySize = 24\r\n[Version]\r\n' +
          'signature="$CHICAGO$"\r\nRevision=1\r\n';
        const path = stage.path('GptTmpl.inf');
        writeFileSync(path, Buffer.from(`\ufeff${text}`, 'utf16le'));
        run(process.execPath, [resolve('dist/cli.cjs'), 'scan', stage.folder, '--fix', '--review']);
        const after = readFileSync(path);
        assert.equal(after.toString('utf16le'), `\ufeff${text.replace('= 6', '= 14')}`);
        const { status, output } = run('/usr/bin/python3', ['-c', reader, path]);
        assert.equal(status, 0, output);
        assert.deepEqual(JSON.parse(output)['System Access'][0], ['MinimumPasswordLength', '14']);
      },
    },
    {
      title: 'a template reads the same before and after a fix but for the value of the fix',
      async run(stage) {
        const text =
          '[Unicode]\nUnicode=yes\n[System Access]\nMinimumPasswordLength = 6\nPasswordComplexity = 1\nPasswordHistorySize = 24\n' +
          'MaximumPasswordAge = 60\n[Registry Values]\n' +
          'MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\CachedLogonsCount=1,"4"\n[Privilege Rights]\n' +
          'SeDebugPrivilege = *S-1-5-32-544\n[Version]\nsignature="$CHICAGO$"\nRevision=1\n';
        const values = (/** @type {string} */ template) => {
          const { status, output } = read(stage, template);
          assert.equal(status, 0, output);
          return JSON.parse(output);
        };
        const before = values(text);
        assert.deepEqual(before['System Access'][0], ['MinimumPasswordLength', '6']);
        const after = values(fixed('security-template', [{ text }], 'password-length')[0]?.text ?? '');
        before['System Access'][0][1] = '14';
        assert.deepEqual(after, before);
      },
    },
  ],
};
