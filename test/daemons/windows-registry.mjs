// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** A registry of its own for this stage. @param {Stage} stage */
function registry(stage) {
  const folders = ['state directory', 'private dir', 'lock directory', 'cache directory', 'pid directory'].map((name) => `${name} = ${stage.folder}`);
  writeFileSync(stage.path('smb.conf'), ['[global]', ...folders, 'registry shares = no', ''].join('\n'));
  return (/** @type {string[]} */ ...args) => run('net', [`--configfile=${stage.path('smb.conf')}`, 'registry', ...args]);
}

/** As Windows exports it: UTF-16 with a mark and its line ends. @param {string} text */
const exported = (text) => Buffer.from(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`, 'utf16le');

/** What deletes a value that is not there fails to load, so those lines are left out. @param {string} text */
const loadable = (text) =>
  text
    .replace(/^(?:"[^"]*"|@)=-\r?\n/gm, '')
    .replace(/^\[-.*\r?\n/gm, '')
    .replace(/HKEY_CURRENT_USER/g, 'HKEY_USERS\\S-1-5-21-1');

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Samba registry',
  formats: ['registry-file'],
  packages: ['samba-common-bin'],
  present: () => has('net'),
  async accepts(stage, files) {
    const net = registry(stage);
    writeFileSync(stage.path('file.reg'), exported(loadable(files[0]?.text ?? '')));
    const { status, output } = net('import', stage.path('file.reg'));
    return status === 0 ? undefined : `does not load: ${lastLine(output)}`;
  },
  refuses: { 'registry-file': 'Windows Registry Editor Version 5.00\n\n[HKEY_NOWHERE\\SOFTWARE\\A]\n"x"=dword:zz\n"y"=dword:00000001\n' },
  live: [
    {
      title: 'a registry that was loaded before and after a fix holds the value of the fix and all others as they were',
      async run(stage) {
        const net = registry(stage);
        const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters';
        const text = `Windows Registry Editor Version 5.00\n\n[${key.replace('HKLM', 'HKEY_LOCAL_MACHINE')}]`
          + `\n"RestrictNullSessAccess"=dword:00000001\n"NullSessionShares"=hex(7):50,00,41,00,\\\n  43,00,53,00,00,00,00,00`
          + `\n"Path"="C:\\\\\\"x\\""\n"AutoDisconnect"=dword:0000000f\n`;
        // The order of values is that of a hash.
        const read = () => net('enumerate', key).output.split('\n\n').sort().join('\n\n');
        writeFileSync(stage.path('before.reg'), exported(text));
        assert.equal(net('import', stage.path('before.reg')).status, 0);
        const before = read();
        assert.match(before, /"PACS"/);
        writeFileSync(stage.path('after.reg'), exported(fixed('registry-file', [{ text }], 'anonymous-access')[0]?.text ?? ''));
        assert.equal(net('import', stage.path('after.reg')).status, 0);
        const after = read();
        assert.doesNotMatch(after, /"PACS"/);
        assert.equal(after, before.replace(/^Value\[000\] = "PACS"\n?/m, ''));
      },
    },
  ],
};
