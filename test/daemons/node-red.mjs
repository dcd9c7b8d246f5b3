// @ts-check
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, lastLine, packages, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

const folder = join(packages, 'node-red');
const program = join(folder, 'node_modules', 'node-red', 'red.js');

// Keys, certificates and modules that a settings file asks for are there; nothing a rule judges is changed.
const instead = `
const fs = require('node:fs');
const { Module } = require('node:module');
const read = fs.readFileSync;
fs.readFileSync = function (path, ...more) {
  if (typeof path === 'string' && !fs.existsSync(path) && /\\.(?:pem|key|crt|cert)$/.test(path))
    path = /key/.test(path) ? process.env.TEST_KEY : process.env.TEST_CERTIFICATE;
  return read.call(this, path, ...more);
};
const load = Module.prototype.require;
Module.prototype.require = function (name) {
  try {
    return load.call(this, name);
  } catch (error) {
    if (this.filename === process.env.TEST_SETTINGS) return {};
    throw error;
  }
};
`;

/** @param {Stage} stage @param {string} text */
async function serve(stage, text) {
  const [port, file] = [await freePort(), stage.path('settings.js')];
  mkdirSync(stage.path('user'), { recursive: true });
  writeFileSync(file, text);
  writeFileSync(stage.path('instead.js'), instead);
  const { started, output } = await stage.start(
    'node',
    ['-r', stage.path('instead.js'), program, '-s', file, '-u', stage.path('user'), '-p', String(port)],
    /Started flows/,
    { milliseconds: 30_000, env: { TEST_SETTINGS: file, TEST_KEY: stage.certificates.key, TEST_CERTIFICATE: stage.certificates.certificate } },
  );
  return { started, output, port };
}

/** The answer to someone who shows nothing. @param {number} port */
const ask = (port) => run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '4', `http://127.0.0.1:${port}/flows`]).output.trim();

const shipped = 'module.exports = {\n    flowFile: "flows.json",\n}\n';

/** What the server does that the shipped settings leave as it is. @param {Stage} stage @param {string} text */
async function asked(stage, text) {
  const { started, output, port } = await serve(stage, text);
  assert.ok(started, output());
  const answer = ask(port);
  await new Promise((done) => setTimeout(done, 200));
  return { answer, output: output() };
}

/** What Node.js itself makes of the file. @param {Stage} stage @param {string} text */
function loaded(stage, text) {
  writeFileSync(stage.path('settings.js'), text);
  const { status, output } = run('node', ['-p', `JSON.stringify(require(${JSON.stringify(stage.path('settings.js'))}))`]);
  assert.equal(status, 0, output);
  return JSON.parse(output);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Node-RED',
  formats: ['node-red'],
  packages: ['curl', 'openssl'],
  present: () => existsSync(program),
  obtain() {
    mkdirSync(folder, { recursive: true });
    run(
      'npm',
      ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--fetch-retries=1', '--ignore-scripts', '--omit=optional', 'node-red@4.1'],
      { milliseconds: 120_000 },
    );
  },
  async accepts(stage, files) {
    const { started, output } = await serve(stage, files[0]?.text ?? '');
    return started ? undefined : `does not start: ${lastLine(output())}`;
  },
  refuses: { 'node-red': 'module.exports = {\n    https: { minVersion: "TLSv7", key: 1 },\n' },
  defaults: [
    { format: 'node-red', name: 'Login.anonymous', text: shipped, observe: async (stage, text) => (await asked(stage, text)).answer === '200' },
    {
      format: 'node-red',
      name: 'Channel.protection',
      text: shipped,
      observe: async (stage, text) => ((await asked(stage, text)).answer === '000' ? 'encrypted' : 'none'),
    },
    { format: 'node-red', name: 'AuditTrail.enabled', text: shipped, observe: async (stage, text) => /\[audit\]/.test((await asked(stage, text)).output) },
  ],
  live: [
    {
      title: 'what people do is in the log after the fix',
      run: async (stage) => assert.match((await asked(stage, fixed('node-red', [{ text: shipped }], 'audit-trail')[0]?.text ?? '')).output, /\[audit\].*flows/),
    },
    {
      title: 'Node.js reads the values that a fix wrote, and every other as before',
      async run(stage) {
        const members = [
          'functionExternalModules: true, // shipped',
          'pattern: /["\'{]/.source,',
          'logging: { console: { level: "info" } },',
          'uiHost: "127.0.0.1"',
        ];
        const before = `// adminAuth: {},\nmodule.exports = {\n    ${members.join('\n    ')}\n}\n`;
        const [audited] = fixed('node-red', [{ text: before }], 'audit-trail');
        const [both] = fixed('node-red', [audited ?? { text: '' }], 'node-red/function-modules');
        const wanted = { ...loaded(stage, before), functionExternalModules: false, logging: { console: { audit: true, level: 'info' } } };
        assert.deepEqual(loaded(stage, both?.text ?? ''), wanted);
      },
    },
  ],
};
