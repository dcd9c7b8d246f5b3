// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, has, isAdministrator, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/**
 * The same configuration with files that exist and addresses that need no name server. Nothing a rule judges is changed.
 * @param {Stage} stage @param {string} text
 */
function install(stage, text) {
  const { ca, certificate, key } = stage.certificates;
  writeFileSync(stage.path('htpasswd'), 'ward:$6$salt$hash\n');
  mkdirSync(stage.path('html'), { recursive: true });
  const own = text
    .replace(/^(\s*(?:\w+_)?ssl_certificate\s+)[^;]+/gm, `$1${certificate}`)
    .replace(/^(\s*(?:\w+_)?ssl_certificate_key\s+)[^;]+/gm, `$1${key}`)
    .replace(/^(\s*(?:\w+_)?ssl_(?:trusted|client)_certificate\s+)[^;]+/gm, `$1${ca}`)
    .replace(/^(\s*auth_basic_user_file\s+)[^;]+/gm, `$1${stage.path('htpasswd')}`)
    .replace(/\/var\/log\/nginx\//g, `${stage.folder}/`)
    .replace(/^\s*include\s[^;]*;/gm, '')
    .replace(/(\b\w+_pass\s+(?:\w+:\/\/)?)(?!127\.|unix:|\$)([a-z0-9-]+(?:\.[a-z0-9-]+)+)/g, '$1127.0.0.1')
    .replace(/^(\s*server\s+)[a-z][a-z0-9.-]*(:\d+)/gm, '$1127.0.0.1$2');
  // A page shows the lines that matter: whoever listens with TLS has a certificate all the same.
  const certified =
    /^\s*ssl_certificate\s/m.test(own) || !/\bssl\b/.test(own)
      ? own
      : own.replace(/^\s*(?:http|stream)\s*\{|^/, (head) => `${head}\nssl_certificate ${certificate};\nssl_certificate_key ${key};\n`);
  const whole = /^\s*(?:http|stream|mail)\s*\{/m.test(own) ? certified : `http {\n${certified}\n}\n`;
  const modules = /^\s*stream\s*\{/m.test(own) ? 'load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n' : '';
  writeFileSync(stage.path('nginx.conf'), `${modules}${/^\s*events\b/m.test(own) ? '' : 'events {}\n'}${whole}`);
  return ['-p', stage.folder, '-c', stage.path('nginx.conf'), '-e', stage.path('error.log'), '-g', `pid ${stage.path('pid')};`];
}

/**
 * Starts it in front of itself: what it asks of `ward.example` a second server answers, whose authority nobody trusts.
 * @param {Stage} stage @param {string} text
 */
async function serve(stage, text) {
  const [front, back] = [await freePort(), await freePort()];
  const upstream = `server { listen 127.0.0.1:${back} ssl http2; location / { return 200 answered; } }`;
  const server = text.replace(/listen 443/, `listen 127.0.0.1:${front}`).replace(/ward\.example/, `127.0.0.1:${back}`);
  const { started, output } = await stage.start(
    'nginx',
    [
      ...install(stage, server.replace(/\}\s*$/, `${upstream}\n}\n`)),
      '-g',
      `pid ${stage.path('pid')}; daemon off; master_process off; error_log stderr notice;`,
    ],
    /start worker|using the "\w+" event method/,
  );
  assert.ok(started, output());
  return front;
}

/** @param {string[]} args */
const curl = (...args) => run('curl', ['-s', '--max-time', '4', ...args]).output;

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'nginx',
  formats: ['nginx'],
  packages: ['nginx', 'libnginx-mod-stream', 'curl', 'openssl'],
  present: () => isAdministrator() && has('nginx') && has('curl'),
  // What `nginx -T` prints is no file it reads.
  takes: (text) => !/^# configuration file \//m.test(text),
  async accepts(stage, files) {
    const { status, output } = run('nginx', ['-t', ...install(stage, files[0]?.text ?? '')]);
    return status === 0 ? undefined : `refuses it: ${output.split('\n').find((line) => line.includes('[emerg]')) ?? lastLine(output)}`;
  },
  defaults: [
    {
      format: 'nginx',
      name: 'Channel.peerVerified',
      text: 'http {\nserver {\n    listen 443;\n    location / {\n        proxy_pass https://ward.example;\n    }\n}\n}\n',
      observe: async (stage, text) => curl(`http://127.0.0.1:${await serve(stage, text)}/`) !== 'answered',
    },
    {
      format: 'nginx',
      name: 'Channel.peerVerified',
      text: 'http {\nserver {\n    listen 443 http2;\n    location / {\n        grpc_pass grpcs://ward.example;\n    }\n}\n}\n',
      observe: async (stage, text) => curl('--http2-prior-knowledge', `http://127.0.0.1:${await serve(stage, text)}/`) !== 'answered',
    },
    {
      format: 'nginx',
      name: 'Channel.strictTransport',
      text: 'http {\nserver {\n    listen 443 ssl;\n    location / {\n        return 200 answered;\n    }\n}\n}\n',
      observe: async (stage, text) =>
        /strict-transport-security/i.test(curl('-i', '--cacert', stage.certificates.ca, `https://localhost:${await serve(stage, text)}/`)),
    },
  ],
  refuses: { nginx: 'server {\n    listen 443 ssl;\n    ssl_protocol TLSv1.2;\n}\n' },
  live: [
    {
      title: 'TLS 1.1 that was answered is refused after the fix, and TLS 1.2 is answered',
      async run(stage) {
        const old =
          'http {\nserver {\n    listen 443 ssl;\n    ssl_protocols TLSv1.1 TLSv1.2;\n    ssl_ciphers DEFAULT@SECLEVEL=0;\n    location / {\n' +
          '        return 200 answered;\n    }\n}\n}\n';
        const answers = (/** @type {number} */ port, /** @type {string} */ version) =>
          curl('--cacert', stage.certificates.ca, '--ciphers', 'DEFAULT@SECLEVEL=0', `--tlsv${version}`, '--tls-max', version, `https://localhost:${port}/`) ===
          'answered';
        const before = await serve(stage, old);
        assert.ok(answers(before, '1.1'));
        await stage.stopAll();
        const after = await serve(stage, fixed('nginx', [{ text: old }], 'tls-version')[0]?.text ?? '');
        assert.ok(!answers(after, '1.1'));
        assert.ok(answers(after, '1.2'));
      },
    },
  ],
};
