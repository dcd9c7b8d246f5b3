// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** Runs a script in a network of its own, where nothing is filtered yet. @param {string} script @param {string[]} args */
const apart = (script, ...args) => run('unshare', ['-n', '--', 'sh', '-c', script, 'sh', ...args]);

/**
 * Somebody else's machine: a second network, joined to this one by a cable. What a machine says to itself goes over its loopback
 * interface, which no sensible rule set closes.
 */
const connect = `
ip link add here type veth peer name there
ip address add 192.0.2.1/24 dev here
ip link set here up
unshare -n sleep 20 >&- 2>&- &
other=$!
until [ "$(readlink /proc/$other/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.05; done
ip link set there netns $other
nsenter -t $other -n sh -c 'ip address add 192.0.2.2/24 dev there && ip link set there up'
python3 -c "
import socket, subprocess, sys
server = socket.create_server(('192.0.2.1', 2575))
attempt = 'import socket; socket.create_connection((\\'192.0.2.1\\', 2575), 2)'
client = ['nsenter', '-t', '$other', '-n', sys.executable, '-c', attempt]
print('refused' if subprocess.run(client, stderr=subprocess.DEVNULL).returncode else 'connected')
"
kill $other
`;

/** The loading and printing of each product. */
const programs = {
  nftables: { load: 'nft -f "$1"', print: 'nft list ruleset', test: 'nft -c -f "$1"' },
  iptables: { load: 'iptables-restore "$1"', print: 'iptables-save', test: 'iptables-restore --test "$1"' },
  ip6tables: { load: 'ip6tables-restore "$1"', print: 'ip6tables-save', test: 'ip6tables-restore --test "$1"' },
};

/** @param {string} format @param {string} name */
const programOf = (format, name) => (format === 'nftables' ? programs.nftables : /v6$|ip6tables/.test(name) ? programs.ip6tables : programs.iptables);

/** @param {Stage} stage @param {readonly import('./support.mjs').File[]} files */
function install(stage, files) {
  writeFileSync(stage.path('rules'), (files[0]?.text ?? '').replace(/^\s*include\s.*$/gm, ''));
  return stage.path('rules');
}

const open = {
  nftables:
    'table inet filter {\n    chain input {\n        type filter hook input priority 0; policy accept;\n' +
    '        ct state established,related accept\n        tcp dport 22 accept\n    }\n}\n',
  iptables:
    '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n' +
    '-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n',
};

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Packet filters of the kernel',
  formats: ['nftables', 'iptables'],
  packages: ['nftables', 'iptables', 'iproute2', 'python3', 'util-linux'],
  present: () => has('nft') && has('iptables-restore') && has('ip') && apart('nft list ruleset && iptables-save').status === 0,
  async accepts(stage, files, format) {
    const { status, output } = apart(programOf(format, files[0]?.name ?? '').test, install(stage, files));
    return status === 0 ? undefined : `refuses it: ${output.split('\n').find((line) => /error/i.test(line)) ?? lastLine(output)}`;
  },
  refuses: { nftables: open.nftables.replace('accept;', 'refuse;'), iptables: open.iptables.replace('--dport', '--dprot') },
  async prints(stage, files, format) {
    const { load, print } = programOf(format, files[0]?.name ?? '');
    const { status, stdout } = apart(`${load} && ${print}`, install(stage, files));
    return status === 0 ? stdout : undefined;
  },
  live: /** @type {const} */ (['nftables', 'iptables']).map((format) => ({
    title: `${format}: a connection that nobody allowed is made before the fix and not after it`,
    async run(stage) {
      const attempt = (/** @type {string} */ text) =>
        apart(`ip link set lo up && ${programs[format].load} && (${connect})`, install(stage, [{ name: format, text }])).output.trim();
      assert.equal(attempt(open[format]), 'connected');
      assert.equal(attempt(fixed(format, [{ text: open[format] }], 'firewall-default-deny')[0]?.text ?? ''), 'refused');
    },
  })),
};
