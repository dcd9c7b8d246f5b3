// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { has, lastLine } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** The same access point without a radio: hostapd reads all of the file and starts. @param {Stage} stage @param {string} text */
function install(stage, text) {
  writeFileSync(stage.path('wpa_psk'), '00:00:00:00:00:00 for-this-test\n', { mode: 0o600 });
  writeFileSync(stage.path('eap_user'), '* TLS\n');
  let result = text
    .replace(/^interface=.*$/m, 'interface=lo')
    .replace(/^driver=.*\n/gm, '')
    .replace(/^(wpa_psk_file=).*$/gm, `$1${stage.path('wpa_psk')}`);
  if (/^eap_server=1$/m.test(result)) {
    const { ca, certificate, key } = stage.certificates;
    result += `eap_user_file=${stage.path('eap_user')}\nca_cert=${ca}\nserver_cert=${certificate}\nprivate_key=${key}\n`;
  }
  writeFileSync(stage.path('hostapd.conf'), `driver=none\n${result}`);
}

/** @param {Stage} stage @param {string} text */
async function serve(stage, text) {
  install(stage, text);
  return stage.start('hostapd', ['-dd', stage.path('hostapd.conf')], /AP-ENABLED|Failed to add BSS/);
}

/** What it says while it starts. @param {Stage} stage @param {string} text */
async function started(stage, text) {
  const { started: up, output } = await serve(stage, text);
  assert.ok(up, output());
  return output();
}

const closed = 'interface=wlan0\nssid=ward\nwpa=2\nwpa_passphrase=for-this-test\n';
const open = 'interface=wlan0\nssid=ward\nwpa=0\nwpa_passphrase=for-this-test\n';
/** @param {string} text @param {string} rule */
const repaired = (text, rule) => fixed('hostapd', [{ text }], rule)[0]?.text ?? '';

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'hostapd',
  formats: ['hostapd'],
  packages: ['hostapd', 'openssl'],
  alone: true,
  present: () => has('hostapd'),
  async accepts(stage, files) {
    const { started, output } = await serve(stage, files[0]?.text ?? '');
    const wrong = /errors? found in configuration file|unknown configuration item|Invalid/.exec(output());
    return started && !wrong ? undefined : `does not start: ${lastLine(output())}`;
  },
  defaults: [
    {
      format: 'hostapd',
      name: 'Channel.protection',
      text: 'interface=wlan0\nssid=ward\n',
      observe: async (stage, text) => (/WPA: Start group state machine/.test(await started(stage, text)) ? 'encrypted' : 'none'),
    },
    {
      format: 'hostapd',
      name: 'guards of a network.managementFrames',
      text: closed,
      // The key that signs management frames is made where they are guarded.
      observe: async (stage, text) => /IGTK - hexdump/.test(await started(stage, text)),
    },
  ],
  refuses: { hostapd: `${closed}rsn_pairwise=NONSENSE\n` },
  live: [
    {
      title: 'wpa=2 alone makes a group key of 32 bytes, which is TKIP, and one of 16 bytes after the fix, which is CCMP',
      async run(stage) {
        const before = await serve(stage, closed);
        assert.match(before.output(), /GTK - hexdump\(len=32\)/);
        await stage.stopAll();
        const after = await serve(stage, repaired(closed, 'cipher-strength'));
        assert.match(after.output(), /GTK - hexdump\(len=16\)/);
      },
    },
    {
      title: 'an open network makes group keys after the fix',
      async run(stage) {
        const before = await serve(stage, open);
        assert.ok(before.started, before.output());
        assert.doesNotMatch(before.output(), /WPA: Start group state machine/);
        await stage.stopAll();
        const after = await serve(stage, repaired(open, 'encrypt-transmission'));
        assert.ok(after.started, after.output());
        assert.match(after.output(), /WPA: Start group state machine/);
      },
    },
    {
      title: 'management frames are guarded after the fix',
      run: async (stage) => assert.match(await started(stage, repaired(closed, 'hostapd/management-frames')), /IGTK - hexdump/),
    },
  ],
};
