// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { has, lastLine, run } from './support.mjs';

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
    { milliseconds: 4000 },
  );
  return { started: /Added interface lo\b/.test(output()), output };
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'wpa_supplicant',
  formats: ['wpa-supplicant'],
  packages: ['wpasupplicant'],
  alone: true,
  present: () => has('wpa_supplicant') && has('wpa_cli'),
  async accepts(stage, files) {
    const { started, output } = await serve(stage, files[0]?.text ?? '');
    return started ? undefined : `does not start: ${lastLine(output().match(/^.*failed to parse.*$/m)?.[0] ?? output())}`;
  },
  refuses: { 'wpa-supplicant': 'network={\n ssid="ward"\n pairwise=NONSENSE\n}\n' },
  live: [
    {
      title: 'the defaults it answers with are those the verdicts rest on',
      async run(stage) {
        mkdirSync(stage.path('control'));
        const { started, output } = await serve(stage, `ctrl_interface=${stage.path('control')}\nnetwork={\n ssid="ward"\n psk="for-this-test"\n}\n`);
        assert.ok(started, output());
        const ask = (/** @type {string} */ name) => run(
          'wpa_cli',
          ['-p', stage.path('control'), '-i', 'lo', 'get_network', '0', name],
        ).output.trim().split('\n').at(-1);
        assert.deepEqual(ask('key_mgmt')?.split(/\s+/).sort(), ['WPA-EAP', 'WPA-PSK']);
        // 3 is what leaves it to `pmf`, and `pmf` is off.
        assert.equal(ask('ieee80211w'), '3');
        assert.equal(run('wpa_cli', ['-p', stage.path('control'), '-i', 'lo', 'get', 'pmf']).output.trim(), '0');
      },
    },
  ],
};
