// @ts-check
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixed } from '../../out/test/support/pages.js';
import { lastLine, packages, run } from './support.mjs';

/** The program without its drivers, which only a radio needs, and the four packages that its settings ask for. */
const folder = join(packages, 'zigbee2mqtt');
const settings = join(folder, 'package', 'dist', 'util', 'settings.js');

/** @param {import('./support.mjs').Stage} stage @param {string} text @param {string} script what to do with its settings */
function load(stage, text, script) {
  const data = stage.path('data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'configuration.yaml'), text);
  // What `!secret` names stands in a file of its own.
  writeFileSync(join(data, 'secret.yaml'), [...text.matchAll(/!secret(?:\.yaml)?\s+(\w+)/g)].map(([, name]) => `${name}: for-this-test\n`).join(''));
  return run('node', ['-e', `const settings = require(${JSON.stringify(settings)}); ${script}`], { env: { ZIGBEE2MQTT_DATA: data } });
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Zigbee2MQTT',
  formats: ['zigbee2mqtt'],
  packages: [],
  present: () => existsSync(settings) && existsSync(join(folder, 'node_modules', 'ajv')),
  obtain() {
    mkdirSync(folder, { recursive: true });
    run('npm', ['pack', 'zigbee2mqtt@2.14.1', '--silent', '--fetch-retries=1', '--pack-destination', folder], { milliseconds: 60_000 });
    run('tar', ['-xzf', join(folder, 'zigbee2mqtt-2.14.1.tgz'), '-C', folder]);
    run(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--fetch-retries=1',
        '--ignore-scripts',
        'ajv@8',
        'fast-deep-equal@3',
        'humanize-duration@3',
        'js-yaml@5',
      ],
      { milliseconds: 60_000 },
    );
  },
  async accepts(stage, files) {
    const { status, output } = load(
      stage,
      files[0]?.text ?? '',
      "const faults = settings.validate(); if (faults.length > 0) { console.log(faults.join('; ')); process.exitCode = 1; }",
    );
    return status === 0 ? undefined : `refuses it: ${lastLine(output)}`;
  },
  // It has put the secret in place of what refers to it.
  apart: ['Secret.kept'],
  defaults: [
    {
      format: 'zigbee2mqtt',
      name: 'Secret.kept',
      text: 'mqtt:\n  server: mqtt://localhost\n',
      // The key that everyone knows who has read the program.
      observe: async (stage, text) =>
        load(stage, text, 'console.log(settings.get().advanced.network_key.join());').stdout.trim() === '1,3,5,7,9,11,13,15,0,2,4,6,8,10,12,13'
          ? 'default'
          : 'another',
    },
    {
      format: 'zigbee2mqtt',
      name: 'Login.anonymous',
      text: 'mqtt:\n  server: mqtt://localhost\nfrontend:\n  enabled: true\n',
      observe: async (stage, text) => load(stage, text, 'process.exitCode = settings.get().frontend.auth_token ? 1 : 0').status === 0,
    },
  ],
  refuses: { zigbee2mqtt: 'mqtt:\n  server: 1883\n' },
  async prints(stage, files) {
    const { status, stdout } = load(stage, files[0]?.text ?? '', 'console.log(JSON.stringify(settings.get()));');
    return status === 0 ? stdout : undefined;
  },
  live: [
    {
      title: 'a secret is read from its file where it is named in quotes, and not where it is named by a tag',
      async run(stage) {
        const broker = (/** @type {string} */ named) =>
          load(stage, `mqtt:\n  server: mqtt://localhost\n  password: ${named}\n`, 'console.log(settings.get().mqtt.password);');
        assert.equal(broker("'!secret.yaml word'").stdout.trim(), 'for-this-test');
        assert.notEqual(broker('!secret word').status, 0);
      },
    },
    {
      title: 'what it reads is the same before and after a fix but for the value of the fix',
      async run(stage) {
        const text =
          'mqtt:\n  server: mqtts://broker.clinic.example:8883\n  user: gateway # its own account\n  password: "!secret password"\n' +
          '  reject_unauthorized: false\nfrontend:\n  enabled: false\n';
        const read = (/** @type {string} */ config) => JSON.parse(load(stage, config, 'console.log(JSON.stringify(settings.get()));').stdout);
        const before = read(text);
        assert.equal(before.mqtt.reject_unauthorized, false);
        before.mqtt.reject_unauthorized = true;
        assert.deepEqual(read(fixed('zigbee2mqtt', [{ text }], 'verify-peer')[0]?.text ?? ''), before);
      },
    },
  ],
};
