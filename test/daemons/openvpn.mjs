// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/**
 * The same configuration with files that exist, on a free port. Nothing a rule judges is changed.
 * @param {Stage} stage @param {string} text
 */
async function install(stage, text) {
  const { ca, certificate, key } = stage.certificates;
  run('openvpn', ['--genkey', 'tls-crypt', stage.path('ta.key')]);
  run('openvpn', ['--genkey', 'secret', stage.path('static.key')]);
  run('openssl', [
    'ca',
    '-gencrl',
    '-keyfile',
    ca.replace(/crt$/, 'key'),
    '-cert',
    ca,
    '-out',
    stage.path('crl.pem'),
    '-crldays',
    '2',
    '-config',
    authority(stage),
  ]);
  const files = [
    [/^ca .*$/m, `ca ${ca}`],
    [/^cert .*$/m, `cert ${certificate}`],
    [/^key .*$/m, `key ${key}`],
    [/^(tls-crypt|tls-auth) \S+/m, `$1 ${stage.path('ta.key')}`],
    [/^secret .*$/m, `secret ${stage.path('static.key')}`],
    [/^crl-verify .*$/m, `crl-verify ${stage.path('crl.pem')}`],
    [/^port .*$/m, `port ${await freePort()}`],
    [/^remote .*$/m, 'remote 127.0.0.1 9'],
    [/^group .*$/m, ''],
  ];
  let result = text;
  for (const [pattern, instead] of files) result = result.replace(/** @type {RegExp} */ (pattern), /** @type {string} */ (instead));
  result = result.replace(/^ifconfig .*$/m, 'ifconfig 10.8.0.1 10.8.0.2');
  writeFileSync(stage.path('openvpn.conf'), `${result}\n${/^(?:port|lport)\b/m.test(result) ? '' : 'nobind\n'}`);
}

/** @param {Stage} stage */
function authority(stage) {
  mkdirSync(stage.path('ca'), { recursive: true });
  writeFileSync(stage.path('ca', 'index.txt'), '');
  writeFileSync(stage.path('ca', 'ca.conf'), `[ca]\ndefault_ca=own\n[own]\ndatabase=${stage.path('ca', 'index.txt')}\ndefault_md=sha256\n`);
  return stage.path('ca', 'ca.conf');
}

/** @param {Stage} stage @param {string} text */
async function read(stage, text) {
  await install(stage, text);
  // In a network of its own, so that its device and addresses are not the host's. Options are judged before anything is opened.
  const { output } = run('unshare', ['-n', '--', 'timeout', '2', 'openvpn', '--config', stage.path('openvpn.conf'), '--ifconfig-noexec', '--route-noexec'], {
    cwd: stage.folder,
  });
  return output;
}

const client = 'client\ndev tun\nremote a.example\nca x\ncert x\nkey x\n';
const server = 'dev tun\nserver 10.8.0.0 255.255.255.0\nport 1194\nca x\ncert x\nkey x\ndh none\n';

/** Whether the program prints all these options with these values. @param {Stage} stage @param {string} text @param {Record<string, string>} wanted */
async function everyOption(stage, text, wanted) {
  const output = await read(stage, `${text}verb 4\n`);
  return Object.entries(wanted).every(([name, value]) => {
    const printed = new RegExp(`\\b${name} = '?([^'\\n]*)`).exec(output)?.[1]?.trim();
    assert.notEqual(printed, undefined, `prints no ${name}: ${output}`);
    return printed === value;
  });
}

const faults = /Options error|Unsupported cipher|unsupported|AUTH: Received|Cannot load|fatal error/i;

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'OpenVPN',
  single: true,
  formats: ['openvpn'],
  packages: ['openvpn', 'openssl', 'util-linux'],
  present: () => has('openvpn') && run('unshare', ['-n', '--', 'true']).status === 0,
  async accepts(stage, files) {
    const output = await read(stage, files[0]?.text ?? '');
    const fault = output.split('\n').find((line) => faults.test(line));
    return fault
      ? `refuses its options: ${fault.trim()}`
      : /OpenVPN \d|Initialization|UDP|Exiting/.test(output)
        ? undefined
        : `says nothing: ${lastLine(output)}`;
  },
  defaults: [
    {
      format: 'openvpn',
      name: 'Channel.peerVerified',
      text: client,
      // At `verb 4` it says what every option came to.
      observe: async (stage, text) => !(await everyOption(stage, text, { remote_cert_eku: '[UNDEF]', verify_x509_type: '0', ns_cert_type: '0' })),
    },
    {
      format: 'openvpn',
      name: 'key of the control channel.good',
      text: server,
      observe: async (stage, text) => !(await everyOption(stage, text, { tls_auth_file: '[UNDEF]', tls_crypt_file: '[UNDEF]' })),
    },
    {
      format: 'openvpn',
      name: 'Tunnel.withdrawnRefused',
      text: server,
      observe: async (stage, text) => !(await everyOption(stage, text, { crl_file: '[UNDEF]' })),
    },
  ],
  refuses: { openvpn: 'client\ndev tun\nremote a.example\nca x\ncert x\nkey x\nremote-cert-tsl server\n' },
  live: [
    {
      title: 'a list with `none` is what the fix says it is not',
      async run(stage) {
        const open = 'client\ndev tun\nremote a.example\nca x\ncert x\nkey x\nremote-cert-tls server\ndata-ciphers AES-256-GCM:none\nverb 4\n';
        assert.match(await read(stage, open), /none/);
        const closed = fixed('openvpn', [{ text: open }], 'tunnel-encryption')[0]?.text ?? '';
        assert.doesNotMatch(
          (await read(stage, closed))
            .split('\n')
            .filter((line) => /data.ciphers|ncp_ciphers/i.test(line))
            .join('\n'),
          /none/,
        );
      },
    },
  ],
};
