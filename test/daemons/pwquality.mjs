// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** Reads the file and its drop-ins as the module does, and prints every setting. */
const reader = `
import pwquality, sys
settings = pwquality.PWQSettings()
settings.read_config(sys.argv[1])
if len(sys.argv) > 2:
    print('true' if settings.enforce_for_root else 'false')
    sys.exit()
for name in ('difok', 'minlen', 'dcredit', 'ucredit', 'lcredit', 'ocredit', 'minclass', 'maxrepeat', 'maxsequence', 'dictcheck', 'usercheck', 'enforcing'):
    print(name, '=', getattr(settings, name))
if settings.enforce_for_root:
    print('enforce_for_root')
`;

/** @param {Stage} stage @param {readonly import('./support.mjs').File[]} files @param {string[]} asked */
function read(stage, files, ...asked) {
  for (const { name, text } of files) {
    const path = stage.path(name.includes('pwquality.conf.d/') ? name.slice(name.indexOf('pwquality.conf.d/')) : basename(name));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const main = files.find(({ name }) => !name.includes('/pam.d/'))?.name ?? 'example';
  // A drop-in alone is read as a file: the directory beside it is its own.
  return run('/usr/bin/python3', [
    '-c',
    reader,
    stage.path(main.includes('pwquality.conf.d/') ? main.slice(main.indexOf('pwquality.conf.d/')) : basename(main)),
    ...asked,
  ]);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'libpwquality',
  formats: ['pwquality'],
  packages: ['python3-pwquality'],
  present: () => run('/usr/bin/python3', ['-c', 'import pwquality']).status === 0,
  async accepts(stage, files) {
    const { status, output } = read(stage, files);
    return status === 0 ? undefined : `refuses it: ${lastLine(output)}`;
  },
  refuses: { pwquality: 'minlen = twelve\n' },
  defaults: [
    {
      format: 'pwquality',
      name: 'PasswordPolicy.bindsAdministrators',
      text: 'minlen = 14\n',
      observe: async (stage, text) => JSON.parse(read(stage, [{ name: 'pwquality.conf', text }], 'for root').stdout),
    },
  ],
  async prints(stage, files) {
    const { status, stdout } = read(stage, files);
    return status === 0 ? stdout : undefined;
  },
};
