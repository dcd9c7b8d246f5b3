// @ts-check
import { writeFileSync } from 'node:fs';
import { has, lastLine, run } from './support.mjs';

/** @param {import('./support.mjs').Stage} stage @param {string} text */
function read(stage, text) {
  // A page shows the lines that matter: a volume that a service names is declared all the same.
  const volumes = new Set([...text.matchAll(/^\s+- ([a-z]\w*):\//gm)].map(([, name]) => name));
  const declared = volumes.size === 0 || /^volumes:/m.test(text) ? '' : `volumes:\n${[...volumes].map((name) => `  ${name}: {}\n`).join('')}`;
  writeFileSync(stage.path('docker-compose.yml'), `${text}${declared}`);
  for (const [, name] of text.matchAll(/env_file:\s*(?:\n\s*-\s*)?(\S+)/g)) writeFileSync(stage.path(name ?? ''), '');
  return run('docker-compose', ['-f', stage.path('docker-compose.yml'), 'config'], { cwd: stage.folder });
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Docker Compose',
  formats: ['docker-compose'],
  packages: ['docker-compose'],
  present: () => has('docker-compose'),
  async accepts(stage, files, _format, before) {
    const { status, output } = read(stage, files[0]?.text ?? '');
    if (status === 0) return undefined;
    if (/unsupported option: 'host_ip'/.test(output)) return { skipped: 'this version is older than `host_ip` of a port' };
    // Debian's is of 2021: what it does not know of an example it need not know of the fix.
    const old = read(stage, before[0]?.text ?? '');
    return old.status !== 0 && old.output === output
      ? { skipped: `this version does not take the example either: ${lastLine(output)}` }
      : `refuses it: ${lastLine(output)}`;
  },
  refuses: { 'docker-compose': 'services:\n  web:\n    image: web\n    priviledged: true\n' },
};
