// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage @typedef {import('./support.mjs').File} File */

/** The daemon asks for its own full path. */
const sshd = '/usr/sbin/sshd';

/** The same files in a folder of this test. @param {Stage} stage @param {readonly File[]} files */
function install(stage, files) {
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const key = stage.path('host_key');
  run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  for (const { name, text } of files) {
    const path = stage.path('etc', name.includes('.d/') ? name.slice(name.lastIndexOf('/', name.lastIndexOf('/') - 1) + 1) : basename(name));
    mkdirSync(dirname(path), { recursive: true });
    // What stands behind a template hole or in a file of the host is not this program's to judge.
    writeFileSync(path, text.replace(/^(\s*include\s+)\/etc\/ssh\//gim, `$1${stage.path('etc')}/`).replace(/^\s*hostkey\b.*$/gim, ''));
  }
  return ['-h', key, '-f', stage.path('etc', basename(files[0]?.name ?? 'example'))];
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'OpenSSH',
  formats: ['sshd'],
  packages: ['openssh-server'],
  present: () => has(sshd) && has('ssh-keygen'),
  async accepts(stage, files) {
    const { status, output } = run(sshd, ['-t', ...install(stage, files)]);
    return status === 0 ? undefined : `refuses it: ${lastLine(output)}`;
  },
  refuses: { sshd: 'PermitRootLogon no\n' },
  // A line without effect is not printed, and of a list that begins with `+` only what it adds is judged.
  apart: ['void lines.counts', 'MACs.weak'],
  async prints(stage, files) {
    const { status, output } = run(sshd, ['-T', ...install(stage, files)]);
    return status === 0 ? output : undefined;
  },
};
