// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { has, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** A network of its own: nothing of the host is listened on or changed. */
const apart = ['-n', '--'];

/** @param {Stage} stage @param {string} text */
function xl2tpd(stage, text) {
  writeFileSync(stage.path('xl2tpd.conf'), text.replace(/^listen-addr.*$/m, 'listen-addr = 127.0.0.1'));
  return run('unshare', [...apart, 'timeout', '1', 'xl2tpd', '-D', '-c', stage.path('xl2tpd.conf'), '-C', stage.path('control'), '-p', stage.path('pid')])
    .output;
}

/** Ends with 2 where an option is wrong, with 0 or 4 (no /dev/ppp) where none is. @param {Stage} stage @param {string} text */
function pppd(stage, text) {
  const path = stage.path('options');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return run('unshare', [...apart, 'pppd', 'dryrun', 'notty', 'noauth', 'file', path]);
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'L2TP and PPP',
  single: true,
  formats: ['xl2tpd', 'ppp-options'],
  packages: ['xl2tpd', 'ppp', 'util-linux'],
  present: () => has('xl2tpd') && has('pppd') && run('unshare', [...apart, 'true']).status === 0,
  async accepts(stage, files, format) {
    const text = files[0]?.text ?? '';
    if (format === 'xl2tpd') {
      const output = xl2tpd(stage, text);
      return /parse_config|Unable to load config/.test(output)
        ? `does not read the file: ${output.split('\n')[0]}`
        : /xl2tpd version/.test(output)
          ? undefined
          : lastLine(output);
    }
    const { status, output } = pppd(stage, text);
    return status === 0 || status === 4 ? undefined : `ends with ${status}: ${output.split('\n')[0]}`;
  },
  refuses: { xl2tpd: '[lns default]\nrefuze pap = yes\n', 'ppp-options': 'refuze-pap\n' },
  live: [
    {
      title: 'a line with a hash is no comment',
      async run(stage) {
        assert.match(xl2tpd(stage, '[global]\n# not a comment here\n'), /parse_config/);
      },
    },
  ],
};
