// @ts-check
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { apply } from '../../out/server/engine/text.js';
import { change, nodeAt, parseJson } from '../../out/server/notations/json.js';
import { ask, fixed } from '../../out/test/support/pages.js';
import { freePort, has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage @typedef {import('./support.mjs').File} File */

/**
 * The same configuration in a folder, on free ports and with certificates that exist. Nothing a rule judges is changed.
 * @param {Stage} stage @param {readonly File[]} files
 */
async function install(stage, files) {
  const ports = { http: await freePort(), dicom: await freePort() };
  const folder = stage.path('config');
  mkdirSync(folder, { recursive: true });
  for (const [i, file] of files.entries()) {
    let { text } = file;
    const set = (/** @type {(string | number)[]} */ path, /** @type {unknown} */ value) => { text = apply(text, change(parseJson(text), path, value)); };
    if (i === 0) {
      set(['HttpPort'], ports.http);
      set(['DicomPort'], ports.dicom);
      set(['StorageDirectory'], stage.path('storage'));
      set(['IndexDirectory'], stage.path('storage'));
      set(['SslCertificate'], stage.certificates.both);
      set(['DicomTlsCertificate'], stage.certificates.certificate);
      set(['DicomTlsPrivateKey'], stage.certificates.key);
      set(['DicomTlsTrustedCertificates'], stage.certificates.ca);
    }
    writeFileSync(`${folder}/${file.name.replaceAll('/', '-')}.json`, text);
  }
  return { folder, ports };
}

/** Debian's web server of Orthanc loads libssl.so by the name that only the development package has. @param {Stage} stage */
function libraries(stage) {
  const folder = stage.path('lib');
  if (!existsSync(folder)) {
    mkdirSync(folder);
    const real = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].find((at) => existsSync(`${at}/libssl.so.3`));
    if (real) for (const name of ['libssl', 'libcrypto']) symlinkSync(`${real}/${name}.so.3`, `${folder}/${name}.so`);
  }
  return { LD_LIBRARY_PATH: folder, RADIOLOGY_PASSWORD: 'for-this-test', ARCHIVE_PASSWORD: 'for-this-test' };
}

/** @param {Stage} stage @param {readonly File[]} files */
async function serve(stage, files) {
  const { folder, ports } = await install(stage, files);
  const { started, output } = await stage.start('Orthanc', [folder], /Orthanc has started/, { env: libraries(stage) });
  return { started, output, ports };
}

/** @param {string} url @param {string} [user] */
function get(url, user) {
  return run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '4', ...(user ? ['-u', user] : []), url]).output.trim();
}

const web = '{\n  "DicomServerEnabled": false,\n  "RemoteAccessAllowed": true,\n  "AuthenticationEnabled": false,\n  "RegisteredUsers": { "radiology": "${RADIOLOGY_PASSWORD}" },\n  "SslEnabled": false\n}\n';
const dicom = '{\n  "HttpServerEnabled": false,\n  "DicomServerEnabled": true,\n  "DicomTlsEnabled": false\n}\n';
/** @param {string} text @param {string} rule */
const repaired = (text, rule) => fixed('orthanc', [{ name: 'orthanc.json', text }], rule).map((file) => ({ name: 'orthanc.json', text: file.text }));

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Orthanc',
  formats: ['orthanc'],
  packages: ['orthanc', 'dcmtk', 'curl', 'openssl'],
  present: () => has('Orthanc') && has('curl') && has('echoscu'),
  async accepts(stage, files) {
    const { started, output } = await serve(stage, files);
    return started ? undefined : `does not start: ${lastLine(output().replace(/^.*Orthanc has stopped.*$/gm, ''))}`;
  },
  refuses: { orthanc: '{ "SslEnabled": "perhaps" }\n' },
  live: [
    {
      title: 'an anonymous request that was answered is refused after the fix',
      async run(stage) {
        const before = await serve(stage, [{ name: 'orthanc.json', text: web }]);
        assert.ok(before.started, before.output());
        assert.equal(get(`http://127.0.0.1:${before.ports.http}/system`), '200');
        await stage.stopAll();
        const after = await serve(stage, repaired(web, 'anonymous-access'));
        assert.ok(after.started, after.output());
        assert.equal(get(`http://127.0.0.1:${after.ports.http}/system`), '401');
        assert.equal(get(`http://127.0.0.1:${after.ports.http}/system`, 'radiology:for-this-test'), '200');
      },
    },
    {
      title: 'HTTP in clear is refused and TLS is negotiated after the fix',
      async run(stage) {
        const after = await serve(stage, repaired(web, 'encrypt-transmission'));
        assert.ok(after.started, after.output());
        assert.notEqual(get(`http://127.0.0.1:${after.ports.http}/system`), '200');
        // The handshake is all that can be asked: Debian 12's Orthanc 1.10.1 crashes on the first request over TLS, which the fix says.
        const { output } = run('openssl', ['s_client', '-connect', `localhost:${after.ports.http}`, '-CAfile', stage.certificates.ca, '-verify_return_error', '-brief'], { input: '' });
        assert.match(output, /Verification: OK/);
      },
    },
    {
      title: 'DICOM in clear is refused and DICOM TLS is answered after the fix',
      async run(stage) {
        const echo = (/** @type {number} */ port, /** @type {string[]} */ ...tls) => run('echoscu', [...tls, '-to', '4', '-aec', 'ORTHANC', '127.0.0.1', String(port)]).status;
        const before = await serve(stage, [{ name: 'orthanc.json', text: dicom }]);
        assert.ok(before.started, before.output());
        assert.equal(echo(before.ports.dicom), 0);
        await stage.stopAll();
        const after = await serve(stage, repaired(dicom, 'encrypt-transmission'));
        assert.ok(after.started, after.output());
        assert.notEqual(echo(after.ports.dicom), 0);
        const { key, certificate, ca } = stage.certificates;
        assert.equal(echo(after.ports.dicom, '+tls', key, certificate, '+cf', ca), 0);
      },
    },
    {
      title: 'stating every default the program prints changes no verdict',
      async run(stage) {
        const printed = stage.path('defaults.json');
        assert.equal(run('Orthanc', [`--config=${printed}`]).status, 0);
        const { readFileSync } = await import('node:fs');
        const text = readFileSync(printed, 'utf8');
        assert.ok(nodeAt(parseJson(text), ['DicomTlsEnabled']), 'the program printed no configuration');
        // RegisteredUsers is printed empty, which only means something once remote access is allowed.
        const said = (/** @type {string} */ config) => ask('orthanc', [{ name: 'orthanc.json', text: config }])[0]?.findings.map(({ rule, message }) => `${rule}: ${message.replace(/ \(not stated; .*?\)/, '')}`).sort();
        assert.deepEqual(said(text), said('{ "Name": "MyOrthanc" }'));
        const remote = (/** @type {string} */ config) => apply(config, change(parseJson(config), ['RemoteAccessAllowed'], true));
        const withoutUsers = (/** @type {string} */ config) => apply(config, change(parseJson(config), ['RegisteredUsers'], undefined));
        assert.deepEqual(said(withoutUsers(remote(text))), said(remote('{ "Name": "MyOrthanc" }')));
        assert.ok(readdirSync(dirname(printed)).length > 0);
      },
    },
  ],
};
