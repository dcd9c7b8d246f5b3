// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { freePort, has, isAdministrator, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/**
 * Started for a wired port on the loopback interface, it reads all of the file and needs no radio. Debian builds it
 * without external passwords, so that those become the key of nobody.
 * @param {Stage} stage @param {string} text
 */
async function serve(stage, text) {
  writeFileSync(stage.path('wpa_supplicant.conf'), text.replace(/\bpsk=ext:\S+/g, `psk=${'0123456789abcdef'.repeat(4)}`));
  const { output } = await stage.start(
    'wpa_supplicant',
    ['-dd', '-i', 'lo', '-D', 'wired', '-c', stage.path('wpa_supplicant.conf')],
    /Added interface lo\b|Failed to add interface/,
  );
  return { started: /Added interface lo\b/.test(output()), output };
}

/** Starts it so that it answers questions. @param {Stage} stage @param {string} text */
async function control(stage, text) {
  mkdirSync(stage.path('control'));
  const { started, output } = await serve(stage, `ctrl_interface=${stage.path('control')}\n${text}`);
  assert.ok(started, output());
  return (/** @type {string[]} */ ...question) => lastLine(run('wpa_cli', ['-p', stage.path('control'), '-i', 'lo', ...question]).output);
}

/** A network with a personal log-in. @param {string} more */
const personal = (more) =>
  `network={\n ssid="ward"\n key_mgmt=WPA-EAP\n eap=PEAP\n identity="ward"\n password="for-this-test"\n phase2="auth=MSCHAPV2"\n${more}}\n`;

/** A server that people sign in with, as an access point would ask it. @param {Stage} stage */
async function authenticator(stage) {
  const port = await freePort();
  const { ca, certificate, key } = stage.certificates;
  writeFileSync(stage.path('clients'), '127.0.0.1 for-this-test\n');
  writeFileSync(stage.path('users'), '* PEAP\n"ward" MSCHAPV2 "for-this-test" [2]\n');
  writeFileSync(
    stage.path('radius.conf'),
    `driver=none\ninterface=lo\nradius_server_clients=${stage.path('clients')}\nradius_server_auth_port=${port}\neap_server=1\n` +
      `eap_user_file=${stage.path('users')}\nca_cert=${ca}\nserver_cert=${certificate}\nprivate_key=${key}\n`,
  );
  // It says little: while a question is waited for, nobody reads what it says.
  const { started, output } = await stage.start('hostapd', [stage.path('radius.conf')], /AP-ENABLED/);
  assert.ok(started, output());
  return port;
}

/** Whether the network's log-in succeeds. @param {Stage} stage @param {number} port @param {string} text */
function signsIn(stage, port, text) {
  writeFileSync(stage.path('network.conf'), text);
  return run('eapol_test', ['-c', stage.path('network.conf'), '-a', '127.0.0.1', '-p', String(port), '-s', 'for-this-test', '-t', '3']).status === 0;
}

/** An authority that signed nothing. @param {Stage} stage */
function other(stage) {
  run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=another authority',
    '-keyout',
    stage.path('other.key'),
    '-out',
    stage.path('other.crt'),
  ]);
  return stage.path('other.crt');
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'wpa_supplicant',
  formats: ['wpa-supplicant'],
  packages: ['wpasupplicant', 'eapoltest', 'hostapd', 'openssl'],
  alone: true,
  present: () => isAdministrator() && has('wpa_supplicant') && has('wpa_cli') && has('eapol_test') && has('hostapd'),
  async accepts(stage, files) {
    const { started, output } = await serve(stage, files[0]?.text ?? '');
    return started ? undefined : `does not start: ${lastLine(output().match(/^.*failed to parse.*$/m)?.[0] ?? output())}`;
  },
  refuses: { 'wpa-supplicant': 'network={\n ssid="ward"\n pairwise=NONSENSE\n}\n' },
  defaults: [
    {
      format: 'wpa-supplicant',
      name: 'guards of a network.managementFrames',
      text: 'network={\n ssid="ward"\n psk="for-this-test"\n}\n',
      async observe(stage, text) {
        const answer = await control(stage, text);
        // 3 is what leaves it to `pmf`, and `pmf` is off.
        return answer('get_network', '0', 'ieee80211w') !== '3' || answer('get', 'pmf') !== '0';
      },
    },
    {
      format: 'wpa-supplicant',
      name: 'Channel.peerVerified',
      text: personal(''),
      async observe(stage, text) {
        const port = await authenticator(stage);
        // With an authority that did not sign the certificate of the server, nobody gets in: so the answer means something.
        assert.equal(signsIn(stage, port, personal(` ca_cert="${other(stage)}"\n`)), false);
        assert.equal(signsIn(stage, port, personal(` ca_cert="${stage.certificates.ca}"\n`)), true);
        return !signsIn(stage, port, text);
      },
    },
  ],
  live: [
    {
      title: 'the ways to sign in that it takes without a statement are those the verdicts rest on',
      async run(stage) {
        const answer = await control(stage, 'network={\n ssid="ward"\n psk="for-this-test"\n}\n');
        assert.deepEqual(answer('get_network', '0', 'key_mgmt').split(/\s+/).sort(), ['WPA-EAP', 'WPA-PSK']);
      },
    },
  ],
};
