// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/**
 * The same configuration on free ports, with files that exist, as a user that may read them. Nothing a rule judges is changed.
 * @param {Stage} stage @param {string} text
 */
async function install(stage, text) {
  const { ca, certificate, key } = stage.certificates;
  const passwords = stage.path('passwd');
  run('mosquitto_passwd', ['-c', '-b', passwords, 'wristband', 'for-this-test']);
  for (const name of ['acl', 'psk']) writeFileSync(stage.path(name), name === 'acl' ? 'user wristband\ntopic #\n' : 'wristband:0123456789abcdef\n');
  mkdirSync(stage.path('include'), { recursive: true });
  /** @type {number[]} */
  const ports = [];
  // Started as root, the broker becomes a user who may not read the files of this stage.
  let result = process.getuid?.() === 0 && !/^user\b/m.test(text) ? `user root\n${text}` : text;
  for (const match of text.matchAll(/^[ \t]*(listener|port)[ \t]+(\d+)(.*)$/gm)) {
    const port = await freePort();
    ports.push(port);
    result = result.replace(match[0], `${match[1]} ${port}${match[3]}`);
  }
  const files = [[/^([ \t]*(?:bridge_)?cafile[ \t]+).*$/gm, ca], [/^([ \t]*(?:bridge_)?certfile[ \t]+).*$/gm, certificate], [/^([ \t]*(?:bridge_)?keyfile[ \t]+).*$/gm, key], [/^([ \t]*password_file[ \t]+).*$/gm, passwords],
    [/^([ \t]*acl_file[ \t]+).*$/gm, stage.path('acl')], [/^([ \t]*psk_file[ \t]+).*$/gm, stage.path('psk')], [/^([ \t]*include_dir[ \t]+).*$/gm, stage.path('include')], [/^([ \t]*persistence_location[ \t]+).*$/gm, `${stage.folder}/`],
    [/^([ \t]*log_dest[ \t]+)(?:file|syslog).*$/gm, 'stderr'], [/^([ \t]*(?:bridge_)?capath[ \t]+).*$/gm, stage.folder], [/^([ \t]*crlfile[ \t]+).*$/gm, ca], [/^([ \t]*(?:auth_)?plugin[ \t]+).*$/gm, '/nonexistent']];
  for (const [pattern, path] of files) result = result.replace(/** @type {RegExp} */ (pattern), `$1${path}`);
  writeFileSync(stage.path('mosquitto.conf'), `${result}${result.endsWith('\n') ? '' : '\n'}`);
  return ports;
}

/** @param {Stage} stage @param {string} text */
async function serve(stage, text) {
  const ports = await install(stage, text);
  // Without a listener it takes the standard port, which another check may hold.
  const port = ports.length === 0 ? ['-p', String(ports[0] = await freePort())] : [];
  const { started, output } = await stage.start('mosquitto', ['-v', ...port, '-c', stage.path('mosquitto.conf')], /mosquitto version \S+ running/);
  return { started, output, ports };
}

/** @param {number | undefined} port @param {string[]} more */
const publish = (port, ...more) => run('mosquitto_pub', ['-h', 'localhost', '-p', String(port), '-t', 'vitals/test', '-m', '1', ...more], { milliseconds: 4000 }).status;

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Mosquitto',
  formats: ['mosquitto'],
  packages: ['mosquitto', 'mosquitto-clients', 'openssl'],
  present: () => has('mosquitto') && has('mosquitto_pub'),
  async accepts(stage, files) {
    const text = files[0]?.text ?? '';
    if (/^\s*(?:auth_)?plugin\b/m.test(text)) return undefined;
    const { started, output } = await serve(stage, text);
    return started ? undefined : `does not start: ${lastLine(output())}`;
  },
  refuses: { mosquitto: 'listener 1883\nallow_anonimous false\n' },
  live: [
    {
      title: 'an anonymous client that was served is refused after the fix, and one with a password is served',
      async run(stage) {
        const open = 'listener 1883\nallow_anonymous true\npassword_file /etc/mosquitto/passwd\n';
        const before = await serve(stage, open);
        assert.ok(before.started, before.output());
        assert.equal(publish(before.ports[0]), 0);
        await stage.stopAll();
        const closed = fixed('mosquitto', [{ text: open }], 'anonymous-access')[0]?.text ?? '';
        const after = await serve(stage, closed);
        assert.ok(after.started, after.output());
        assert.notEqual(publish(after.ports[0]), 0);
        assert.equal(publish(after.ports[0], '-u', 'wristband', '-P', 'for-this-test'), 0);
      },
    },
    {
      title: 'a listener with certificates refuses clients in clear and serves TLS',
      async run(stage) {
        const { started, output, ports } = await serve(stage, 'listener 8883\ncertfile x\nkeyfile x\nallow_anonymous true\ntls_version tlsv1.2\n');
        assert.ok(started, output());
        assert.notEqual(publish(ports[0]), 0);
        assert.equal(publish(ports[0], '--cafile', stage.certificates.ca), 0);
      },
    },
  ],
};
