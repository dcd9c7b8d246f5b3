// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { product } from '../../out/server/formats/ipsec-conf/connections.js';
import ipsecConfFormat from '../../out/server/formats/ipsec-conf/index.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

const starter = '/usr/lib/ipsec/starter';
const charon = '/usr/lib/ipsec/charon';

/**
 * Runs a script in a network and a file system of its own, where /run and /var/run are empty: no daemon of the host is asked.
 * @param {string} script @param {string[]} args
 */
const apart = (script, ...args) =>
  run('unshare', ['-n', '-m', '--', 'sh', '-c', `mount -t tmpfs none /run && mkdir -p /run/lock && ${script}`, 'sh', ...args]).output;

/** What starter and charon say of an ipsec.conf: starter of its words, charon of its proposals. @param {Stage} stage @param {string} text */
function ipsecConf(stage, text) {
  writeFileSync(stage.path('ipsec.conf'), text.replace(/^\s+(?:left|right)cert=.*$/gm, ''));
  return apart(`timeout 3 ${starter} --nofork --conf "$1" 2>&1`, stage.path('ipsec.conf'));
}

/** What charon says of the connections of an ipsec.conf. @param {Stage} stage @param {string} text */
function ipsecStatus(stage, text) {
  writeFileSync(stage.path('ipsec.conf'), text);
  const asked = 'for i in 1 2 3 4 5 6 7 8 9 10; do /usr/lib/ipsec/stroke statusall 2>/dev/null | grep IKEv && break; sleep 0.5; done';
  return apart(`(timeout 6 ${starter} --nofork --conf "$1" >/dev/null 2>&1 &) ; ${asked}`, stage.path('ipsec.conf'));
}

/** The least version of IKE that a printed connection accepts. @param {string} output */
const leastVersion = (output) => (/IKEv1/.test(output) ? 1 : /IKEv2/.test(output) ? 2 : `nothing: ${output}`);

/** @param {Stage} stage @param {string} text */
function swanctl(stage, text) {
  mkdirSync(stage.path('x509'), { recursive: true });
  writeFileSync(stage.path('swanctl.conf'), text);
  return apart(
    `(timeout 6 ${charon} >/dev/null 2>&1 &) ; for i in 1 2 3 4 5 6 7 8; do [ -S /run/charon.vici ] && break; sleep 0.3; done
swanctl --load-conns --file "$1" 2>&1; swanctl --list-conns`,
    stage.path('swanctl.conf'),
  );
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'strongSwan',
  single: true,
  formats: ['ipsec-conf', 'swanctl'],
  packages: ['strongswan-starter', 'strongswan-charon', 'strongswan-swanctl', 'libstrongswan-standard-plugins', 'util-linux'],
  present: () =>
    run('sh', ['-c', `test -x ${starter} && test -x ${charon}`]).status === 0 && has('swanctl') && run('unshare', ['-n', '-m', '--', 'true']).status === 0,
  // A file of Libreswan is that program's; one that might be either is read by this one.
  takes: (text) => product(ipsecConfFormat.parse(text)) !== 'Libreswan',
  async accepts(stage, files, format) {
    const text = files[0]?.text ?? '';
    if (format === 'swanctl') {
      const output = swanctl(stage, text);
      return /successfully loaded [1-9]/.test(output) ? undefined : lastLine(output);
    }
    const output = ipsecConf(stage, text);
    const fault = output
      .split('\n')
      .find((line) =>
        /^# (?:unknown|bad)|syntax error|parsing error|skipped invalid proposal|invalid proposal|deprecated keyword/.test(line.replace(/^\d+\[\w+\] /, '')),
      );
    return fault ?? (/added configuration|Starting strongSwan/.test(output) ? undefined : lastLine(output));
  },
  defaults: [
    {
      format: 'swanctl',
      name: 'Tunnel.ikeVersion',
      text: 'connections {\n  ward {\n    remote_addrs = 192.0.2.1\n    local {\n    }\n    remote {\n    }\n' +
        '    children {\n      ward {\n      }\n    }\n  }\n}\n',
      observe: async (stage, text) => leastVersion(swanctl(stage, text)),
    },
    {
      format: 'ipsec-conf',
      name: 'Tunnel.ikeVersion',
      text: 'config setup\n    charondebug="ike 1"\nconn ward\n    right=192.0.2.1\n    rightsubnet=10.1.0.0/16\n    authby=secret\n    auto=add\n',
      observe: async (stage, text) => leastVersion(ipsecStatus(stage, text)),
    },
  ],
  refuses: { 'ipsec-conf': 'conn a\n    lefft=1\n    auto=add\n', swanctl: 'connections {\n  a {\n    proposals = aes999-sha256-modp2048\n  }\n}\n' },
  live: [
    {
      title: 'proposals it does not know are refused',
      async run(stage) {
        assert.match(ipsecConf(stage, 'conn a\n    right=192.0.2.1\n    ike=aes999-sha256-modp2048!\n    auto=add\n'), /invalid proposal|not recognized/);
      },
    },
    {
      title: '`pfs` is no parameter of strongSwan, which is what tells the two products apart',
      async run(stage) {
        assert.match(ipsecConf(stage, 'conn a\n    pfs=no\n    auto=add\n'), /deprecated keyword 'pfs'/);
      },
    },
  ],
};
