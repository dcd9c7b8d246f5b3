// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fixed } from '../../out/test/support/pages.js';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** What Node.js itself makes of the file, with every package it asks for replaced by nothing. @param {Stage} stage @param {string} text */
function loaded(stage, text) {
  writeFileSync(stage.path('settings.js'), text);
  const script = `const { Module } = require('node:module'); const own = Module.prototype.require;
    Module.prototype.require = function (name) { return name.includes('settings') ? own.call(this, name) : { readFileSync: () => '' }; };
    process.stdout.write(JSON.stringify(require(${JSON.stringify(stage.path('settings.js'))})));`;
  const { status, output } = run('node', ['-e', script], { milliseconds: 5000 });
  assert.equal(status, 0, output);
  return JSON.parse(output);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Node.js, for the settings of Node-RED',
  formats: ['node-red'],
  packages: ['nodejs'],
  present: () => has('node'),
  async accepts(stage, files) {
    writeFileSync(stage.path('settings.js'), files[0]?.text ?? '');
    const { status, output } = run('node', ['--check', stage.path('settings.js')], { milliseconds: 5000 });
    return status === 0 ? undefined : `is no program: ${lastLine(output)}`;
  },
  refuses: { 'node-red': 'module.exports = {\n' },
  live: [
    {
      title: 'Node.js reads the values that a fix wrote, and every other as before',
      async run(stage) {
        const members = ['functionExternalModules: true, // shipped', 'pattern: /["\'{]/.source,', 'logging: { console: { level: "info" } },', 'uiHost: "127.0.0.1"'];
        const before = `// adminAuth: {},\nmodule.exports = {\n    ${members.join('\n    ')}\n}\n`;
        const [audited] = fixed('node-red', [{ text: before }], 'audit-trail');
        const [both] = fixed('node-red', [audited ?? { text: '' }], 'node-red/function-modules');
        const wanted = { ...loaded(stage, before), functionExternalModules: false, logging: { console: { audit: true, level: 'info' } } };
        assert.deepEqual(loaded(stage, both?.text ?? ''), wanted);
      },
    },
  ],
};
