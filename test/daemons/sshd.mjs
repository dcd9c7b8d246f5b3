// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, has, lastLine, run } from './support.mjs';

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

/**
 * Starts it and asks how a person may sign in: the methods, or the list that has nothing in common.
 * @param {Stage} stage @param {string} text @param {string[]} options
 */
async function offered(stage, text, ...options) {
  const port = await freePort();
  const { started, output } = await stage.start(sshd, ['-D', '-e', '-p', String(port), ...install(stage, [{ name: 'sshd_config', text }])], /Server listening/);
  assert.ok(started, output());
  const asked = run('ssh', [
    '-F',
    'none',
    '-p',
    String(port),
    '-o',
    'BatchMode=yes',
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    'UserKnownHostsFile=/dev/null',
    '-o',
    'PreferredAuthentications=none',
    ...options,
    'root@127.0.0.1',
  ]);
  await stage.stopAll();
  return /Permission denied \((.*)\)|no matching .*/.exec(asked.output)?.[0] ?? lastLine(asked.output);
}

/** @param {string} text @param {string} rule */
const repaired = (text, rule) => fixed('sshd', [{ name: 'sshd_config', text }], rule)[0]?.text ?? '';

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'OpenSSH',
  formats: ['sshd'],
  packages: ['openssh-server', 'openssh-client'],
  present: () => has(sshd) && has('ssh-keygen') && has('ssh'),
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
  live: [
    {
      title: 'a password that was asked for is not asked for after the fix, and a key is',
      async run(stage) {
        const open = 'PasswordAuthentication yes\nKbdInteractiveAuthentication no\n';
        assert.match(await offered(stage, open), /publickey,password/);
        assert.equal(await offered(stage, repaired(open, 'sshd/password-authentication')), 'Permission denied (publickey)');
      },
    },
    {
      title: 'a client that knows only a weak cipher is served before the fix and not after it',
      async run(stage) {
        const open = 'Ciphers aes256-cbc,aes256-ctr\n';
        const weak = ['-o', 'Ciphers=aes256-cbc'];
        assert.match(await offered(stage, open, ...weak), /Permission denied/);
        const closed = repaired(open, 'cipher-strength');
        assert.match(await offered(stage, closed, ...weak), /no matching cipher/);
        assert.match(await offered(stage, closed), /Permission denied/);
      },
    },
  ],
};
