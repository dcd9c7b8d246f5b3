// @ts-check
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { product } from '../../out/server/formats/ipsec-conf/connections.js';
import ipsecConfFormat from '../../out/server/formats/ipsec-conf/index.js';
import { has, lastLine, packages, run } from './support.mjs';

/** Debian has one of strongSwan and Libreswan at a time: this one is unpacked beside the other. */
const folder = join(packages, 'libreswan');
const program = (/** @type {string} */ name) => join(folder, 'usr', 'libexec', 'ipsec', name);

/** @param {import('./support.mjs').Stage} stage @param {string} text @param {string} name @param {string[]} args */
function ask(stage, text, name, ...args) {
  writeFileSync(stage.path('ipsec.conf'), text.replace(/^include .*$/gm, ''));
  return run(program(name), ['--config', stage.path('ipsec.conf'), ...args]);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Libreswan',
  formats: ['ipsec-conf'],
  packages: ['libldns3', 'libevent-pthreads-2.1-7', 'libunbound8', 'libnss3-tools', 'libcurl3-nss'],
  present: () => existsSync(program('addconn')) && run(program('addconn'), ['--help']).status !== 127,
  obtain() {
    if (!has('apt-get') || !has('dpkg')) return;
    mkdirSync(folder, { recursive: true });
    run('apt-get', ['download', 'libreswan'], { cwd: folder, milliseconds: 60_000 });
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.deb'))) run('dpkg', ['-x', name, folder], { cwd: folder });
  },
  takes: (text) => product(ipsecConfFormat.parse(text)) === 'Libreswan',
  async accepts(stage, files) {
    const { status, output } = ask(stage, files[0]?.text ?? '', 'addconn', '--checkconfig');
    return status === 0 ? undefined : `refuses it: ${lastLine(output)}`;
  },
  // It prints times in thousandths of a second, which it does not read.
  apart: ['lifetimes.good'],
  defaults: [
    {
      format: 'ipsec-conf',
      name: 'Tunnel.ikeVersion',
      text: 'conn ward\n    left=192.0.2.2\n    right=192.0.2.1\n    authby=secret\n    salifetime=8h\n    auto=add\n',
      observe: async (stage, text) => (/^\s*ikev2=(?:yes|insist)$/m.test(ask(stage, text, 'readwriteconf').stdout) ? 2 : 1),
    },
  ],
  refuses: { 'ipsec-conf': 'conn ward\n    right=192.0.2.1\n    ikev3=yes\n' },
  async prints(stage, files) {
    const { status, stdout } = ask(stage, files[0]?.text ?? '', 'readwriteconf');
    return status === 0 ? stdout : undefined;
  },
};
