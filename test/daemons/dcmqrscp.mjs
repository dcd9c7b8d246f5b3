// @ts-check
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, chmodSync, writeFileSync } from 'node:fs';
import { freePort, has, isAdministrator, lastLine, run } from './support.mjs';
import { ask } from '../../out/test/support/pages.js';

/** @typedef {import('./support.mjs').Stage} Stage */

/** The same file on a port and in a folder of this test. @param {Stage} stage @param {string} text @param {number} port */
function install(stage, text, port) {
  const folder = stage.path('images');
  mkdirSync(folder, { recursive: true });
  for (const place of [stage.folder, folder]) chmodSync(place, 0o777);
  const config = stage.path('dcmqrscp.cfg');
  writeFileSync(config, text.replace(/^(\s*NetworkTCPPort\s*=\s*)\d+/m, `$1${port}`).replace(/^(\s*\w+\s+)\/var\/lib\/dcmtk\/db\/\w+/gm, `$1${folder}`));
  return config;
}

/**
 * Whether a search by a title that nobody knows is answered. The archive writes its log meanwhile, so nothing may block.
 * @param {number} port @param {string} area @returns {Promise<boolean>}
 */
function stranger(port, area) {
  const args = ['-to', '4', '-S', '-k', 'QueryRetrieveLevel=STUDY', '-k', 'PatientName', '-aet', 'NOBODY', '-aec', area, '127.0.0.1', String(port)];
  return new Promise((done) => execFile('findscu', args, { timeout: 8000 }, (error) => done(error === null)));
}

/** @param {string} peers */
const archive = (peers) =>
  `NetworkTCPPort = 11112\nMaxPDUSize = 16384\nMaxAssociations = 16\nUserName = dcmtk\nGroupName = dcmtk\n` +
  `HostTable BEGIN\nct1 = (CT1, localhost, 104)\nHostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\n` +
  `ARCHIVE /var/lib/dcmtk/db/ARCHIVE RW (10, 1024mb) ${peers}\nAETable END\n`;

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'dcmqrscp',
  formats: ['dcmqrscp'],
  packages: ['dcmtk'],
  present: () => isAdministrator() && has('dcmqrscp') && has('findscu'),
  async accepts(stage, files) {
    const port = await freePort();
    // It says nothing when it has started: one that still runs when time is up has read its file.
    const { status, output } = run('timeout', ['1', 'dcmqrscp', '-c', install(stage, files[0]?.text ?? '', port), String(port)]);
    return status === 124 ? undefined : `does not start: ${lastLine(output)}`;
  },
  refuses: { dcmqrscp: archive('nosuch') },
  live: [
    {
      title: 'a storage area is open to strangers exactly where the linter says so',
      async run(stage) {
        for (const peers of ['ANY', 'ct1', '(CT1, localhost, 104)']) {
          const port = await freePort();
          const { started, output } = await stage.start('dcmqrscp', ['-d', '-c', install(stage, archive(peers), port), String(port)], /private\.dic/);
          assert.ok(started, output());
          await new Promise((done) => setTimeout(done, 400));
          const open = await stranger(port, 'ARCHIVE');
          const said = ask('dcmqrscp', [{ text: archive(peers) }])[0]?.findings.some(({ rule }) => rule === 'anonymous-access');
          assert.equal(open, said, `${peers}: ${open ? 'open' : 'closed'}`);
          await stage.stopAll();
        }
      },
    },
  ],
};
