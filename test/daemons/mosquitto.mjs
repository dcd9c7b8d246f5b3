// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, has, isAdministrator, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/**
 * The same configuration on free ports, with files that exist, as a user that may read them. Nothing a rule judges is changed.
 * @param {Stage} stage @param {string} text
 */
async function install(stage, text) {
  const { ca, certificate, key } = stage.certificates;
  const passwords = stage.path('passwd');
  run('mosquitto_passwd', ['-c', '-b', passwords, 'wristband', 'for-this-test']);
  for (const name of ['acl', 'psk']) writeFileSync(stage.path(name), name === 'acl' ? 'user wristband\ntopic vitals/#\n' : 'wristband:0123456789abcdef\n');
  mkdirSync(stage.path('include'), { recursive: true });
  /** @type {number[]} */
  const ports = [];
  // Started as root, the broker becomes a user who may not read the files of this stage.
  let result = isAdministrator() && !/^user\b/m.test(text) ? `user root\n${text}` : text;
  for (const match of text.matchAll(/^[ \t]*(listener|port)[ \t]+(\d+)(.*)$/gm)) {
    const port = await freePort();
    ports.push(port);
    result = result.replace(match[0], `${match[1]} ${port}${match[3]}`);
  }
  const files = [
    [/^([ \t]*(?:bridge_)?cafile[ \t]+).*$/gm, ca],
    [/^([ \t]*(?:bridge_)?certfile[ \t]+).*$/gm, certificate],
    [/^([ \t]*(?:bridge_)?keyfile[ \t]+).*$/gm, key],
    [/^([ \t]*password_file[ \t]+).*$/gm, passwords],
    [/^([ \t]*acl_file[ \t]+).*$/gm, stage.path('acl')],
    [/^([ \t]*psk_file[ \t]+).*$/gm, stage.path('psk')],
    [/^([ \t]*include_dir[ \t]+).*$/gm, stage.path('include')],
    [/^([ \t]*persistence_location[ \t]+).*$/gm, `${stage.folder}/`],
    [/^([ \t]*log_dest[ \t]+)(?:file|syslog).*$/gm, 'stderr'],
    [/^([ \t]*(?:bridge_)?capath[ \t]+).*$/gm, stage.folder],
    [/^([ \t]*crlfile[ \t]+).*$/gm, ca],
    [/^([ \t]*(?:auth_)?plugin[ \t]+).*$/gm, '/nonexistent'],
  ];
  for (const [pattern, path] of files) result = result.replace(/** @type {RegExp} */ (pattern), `$1${path}`);
  writeFileSync(stage.path('mosquitto.conf'), `${result}${result.endsWith('\n') ? '' : '\n'}`);
  return ports;
}

/** @param {Stage} stage @param {string} text */
async function serve(stage, text) {
  const ports = await install(stage, text);
  // Without a listener it takes the standard port, which another check may hold.
  const port = ports.length === 0 ? ['-p', String((ports[0] = await freePort()))] : [];
  const { started, output } = await stage.start('mosquitto', ['-v', ...port, '-c', stage.path('mosquitto.conf')], /mosquitto version \S+ running/);
  return { started, output, ports };
}

/** @param {number | undefined} port @param {string[]} more */
const publish = (port, ...more) =>
  run('mosquitto_pub', ['-h', 'localhost', '-p', String(port), '-t', 'vitals/test', '-m', '1', ...more], { milliseconds: 4000 }).status;

/** Whether one account can read what belongs to another. @param {Stage} stage @param {string} text */
async function reachesOthers(stage, text) {
  const { started, output, ports } = await serve(stage, text);
  assert.ok(started, output());
  const account = ['-h', 'localhost', '-p', String(ports[0]), '-u', 'wristband', '-P', 'for-this-test', '-t', 'others/test'];
  run('mosquitto_pub', [...account, '-r', '-m', '1']);
  const { stdout } = run('mosquitto_sub', [...account, '-C', '1', '-W', '1']);
  await stage.stopAll();
  return stdout.trim() === '1';
}

/** Waits for something, four seconds at most. @param {() => boolean} holds */
async function until(holds) {
  for (let i = 0; i < 40 && !holds(); i++) await new Promise((done) => setTimeout(done, 100));
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Mosquitto',
  single: true,
  formats: ['mosquitto'],
  packages: ['mosquitto', 'mosquitto-clients', 'openssl'],
  present: () => has('mosquitto') && has('mosquitto_pub'),
  async accepts(stage, files) {
    const text = files[0]?.text ?? '';
    if (/^\s*(?:auth_)?plugin\b/m.test(text)) return { skipped: 'it names a plugin that Debian has not' };
    if (/^\s*listener_allow_anonymous\b/m.test(text)) return { skipped: 'only release 2.1 knows `listener_allow_anonymous`' };
    const { started, output } = await serve(stage, text);
    return started ? undefined : `does not start: ${lastLine(output())}`;
  },
  defaults: [
    {
      format: 'mosquitto',
      name: 'Login.anonymous',
      // The last line is one that only releases from 2.0 on know, of which the default is.
      text: 'listener 1883\nmax_qos 2\n',
      async observe(stage, text) {
        const { started, output, ports } = await serve(stage, text);
        assert.ok(started, output());
        return publish(ports[0]) === 0;
      },
    },
    {
      format: 'mosquitto',
      name: 'rights to topics.limited',
      text: 'listener 1883\npassword_file /etc/mosquitto/passwd\n',
      async observe(stage, text) {
        const limited = await reachesOthers(stage, `${text}acl_file /etc/mosquitto/acl\n`);
        assert.equal(limited, false, 'a list of rights limits nothing');
        return !(await reachesOthers(stage, text));
      },
    },
    {
      format: 'mosquitto',
      name: 'Channel.peerVerified',
      // The certificate is for localhost and 127.0.0.1, and not for this address of the same machine.
      text: 'connection ward\naddress 127.0.0.2:8883\ntopic # out\nbridge_cafile x\n',
      async observe(stage, text) {
        const other = await serve(stage, 'listener 8883\ncertfile x\nkeyfile x\nallow_anonymous true\n');
        assert.ok(other.started, other.output());
        const connects = async (/** @type {string} */ bridge) => {
          const own = await serve(stage, bridge.replace(':8883', `:${other.ports[0]}`));
          assert.ok(own.started, own.output());
          await until(() => /as \S*\.ward /.test(other.output()) || /Error|error|failed/.test(own.output().replace(/^.*Warning.*$/gm, '')));
          return /as \S*\.ward /.test(other.output());
        };
        const checks = !(await connects(text));
        assert.equal(await connects(`${text}bridge_insecure true\n`), true, 'not even a bridge that checks nothing connects');
        return checks;
      },
    },
  ],
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
