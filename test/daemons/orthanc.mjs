// @ts-check
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { getNodeValue } from 'jsonc-parser';
import { apply } from '../../out/server/engine/text.js';
import { change, nodeAt, parseJson, properties } from '../../out/server/notations/json.js';
import { fixed } from '../../out/test/support/pages.js';
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
  for (const [i, file] of files.filter(isRead).entries()) {
    let { text } = file;
    const set = (/** @type {(string | number)[]} */ path, /** @type {unknown} */ value) => {
      text = apply(text, change(parseJson(text), path, value));
    };
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

/** What the program itself reads: a file that starts its image is there for others. @param {File} file */
const isRead = ({ name }) => !/\.ya?ml$/.test(name);

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

const web =
  '{\n  "DicomServerEnabled": false,\n  "RemoteAccessAllowed": true,\n  "AuthenticationEnabled": false,\n' +
  '  "RegisteredUsers": { "radiology": "${RADIOLOGY_PASSWORD}" },\n  "SslEnabled": false\n}\n';
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
  // What it prints is the whole configuration it starts from; what a file states stands in place of that.
  async prints(stage, files) {
    // An image changes the defaults of the program that is asked here.
    if (!files.every(isRead)) return undefined;
    const printed = stage.path('defaults.json');
    if (run('Orthanc', [`--config=${printed}`]).status !== 0) return undefined;
    return files.reduce(
      (text, file) =>
        properties(nodeAt(parseJson(file.text), [])).reduce((all, { name, value }) => apply(all, change(parseJson(all), [name], getNodeValue(value))), text),
      readFileSync(printed, 'utf8'),
    );
  },
  defaults: [
    {
      format: 'orthanc',
      name: 'Login.anonymous',
      text: '{ "RemoteAccessAllowed": true, "DicomServerEnabled": false, "RegisteredUsers": { "radiology": "for-this-test" } }\n',
      async observe(stage, text) {
        const { started, output, ports } = await serve(stage, [{ name: 'orthanc.json', text }]);
        assert.ok(started, output());
        assert.equal(get(`http://127.0.0.1:${ports.http}/system`, 'radiology:for-this-test'), '200');
        return get(`http://127.0.0.1:${ports.http}/system`) === '200';
      },
    },
  ],
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
        const { output } = run(
          'openssl',
          ['s_client', '-connect', `localhost:${after.ports.http}`, '-CAfile', stage.certificates.ca, '-verify_return_error', '-brief'],
          { input: '' },
        );
        assert.match(output, /Verification: OK/);
      },
    },
    {
      title: 'DICOM in clear is refused and DICOM TLS is answered after the fix',
      async run(stage) {
        const echo = (/** @type {number} */ port, /** @type {string[]} */ ...tls) =>
          run('echoscu', [...tls, '-to', '4', '-aec', 'ORTHANC', '127.0.0.1', String(port)]).status;
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
      title: 'a search by a stranger that was answered is refused after the fix, and that of a listed modality is answered',
      async run(stage) {
        const open = '{\n  "HttpServerEnabled": false,\n  "DicomAlwaysAllowFind": true,\n  "DicomModalities": { "ct1": ["CT1", "127.0.0.1", 104] }\n}\n';
        // It ends well even when it is told that it may not ask.
        const search = (/** @type {number} */ port, /** @type {string} */ caller) =>
          run('findscu', [
            '-v',
            '-to',
            '4',
            '-S',
            '-k',
            'QueryRetrieveLevel=STUDY',
            '-k',
            'PatientName',
            '-aet',
            caller,
            '-aec',
            'ORTHANC',
            '127.0.0.1',
            String(port),
          ]).output;
        const before = await serve(stage, [{ name: 'orthanc.json', text: open }]);
        assert.ok(before.started, before.output());
        assert.match(search(before.ports.dicom, 'NOBODY'), /Response \(Success\)/);
        await stage.stopAll();
        const after = await serve(stage, repaired(open, 'orthanc/known-modalities'));
        assert.ok(after.started, after.output());
        assert.doesNotMatch(search(after.ports.dicom, 'NOBODY'), /Response \(Success\)/);
        assert.match(search(after.ports.dicom, 'CT1'), /Response \(Success\)/);
      },
    },
    {
      title: 'a call for another system that was answered is refused after the fix',
      async run(stage) {
        const call = (/** @type {number} */ port, /** @type {string} */ called) =>
          run('echoscu', ['-to', '4', '-aec', called, '127.0.0.1', String(port)]).status;
        const before = await serve(stage, [{ name: 'orthanc.json', text: dicom }]);
        assert.ok(before.started, before.output());
        assert.equal(call(before.ports.dicom, 'ANOTHER'), 0);
        await stage.stopAll();
        const after = await serve(stage, repaired(dicom, 'orthanc/called-title'));
        assert.ok(after.started, after.output());
        assert.notEqual(call(after.ports.dicom, 'ANOTHER'), 0);
        assert.equal(call(after.ports.dicom, 'ORTHANC'), 0);
      },
    },
    {
      title: 'a script that was run for a user of the network is refused after the fix',
      async run(stage) {
        const open = '{\n  "DicomServerEnabled": false,\n  "AuthenticationEnabled": false,\n  "ExecuteLuaEnabled": true\n}\n';
        const script = (/** @type {number} */ port) =>
          run('curl', ['-s', '--max-time', '4', '-d', 'print(6 * 7)', `http://127.0.0.1:${port}/tools/execute-script`]).output.trim();
        const before = await serve(stage, [{ name: 'orthanc.json', text: open }]);
        assert.ok(before.started, before.output());
        assert.equal(script(before.ports.http), '42');
        await stage.stopAll();
        const after = await serve(stage, repaired(open, 'orthanc/remote-scripts'));
        assert.ok(after.started, after.output());
        assert.notEqual(script(after.ports.http), '42');
      },
    },
  ],
};
