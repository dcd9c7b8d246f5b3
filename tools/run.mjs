// @ts-check
/**
 * `node tools/run.mjs SCRIPT [ARGUMENT …]`: what every script of package.json begins with. Installs what the lock file names where
 * it is not there yet, then runs the script, so that each command of the README works alone on a bare clone.
 *
 * Only Node's own modules may be imported: this runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/**
 * Whether node_modules is what the lock file says, so that a pull of new commits does not end in a riddle.
 * @returns {boolean}
 */
function isInstalled() {
  const [wanted, present] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => {
    try {
      /** @type {Record<string, { version?: string, optional?: boolean }>} */
      const packages = JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
      return packages;
    } catch {
      return undefined;
    }
  });
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const there = present[path];
    return path === '' || (there ? there.version === version : optional);
  });
}

/** Ends this process as a child of it ended. @param {{ status: number | null, signal: NodeJS.Signals | null, error?: Error }} child */
function endAs({ status, signal, error }) {
  if (error) console.error(`It cannot be started: ${error.message}`);
  process.exit(status ?? (signal === 'SIGINT' ? 130 : 1));
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  console.error('node tools/run.mjs SCRIPT [ARGUMENT …]');
  process.exit(2);
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Node 20 or later is needed; this is ${process.version}.`);
  process.exit(1);
}
if (!isInstalled()) {
  // On standard error, so that what a script prints can be read by another program.
  console.error('Installing dependencies …');
  const install = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // On Windows npm is a batch file, which only a shell can start.
  const shell = process.platform === 'win32';
  const installed = spawnSync('npm', install, { cwd: root, stdio: ['ignore', 2, 2], shell });
  if (installed.status !== 0) endAs(installed);
}
const child = spawn(process.execPath, [resolve(root, script), ...args], { stdio: 'inherit' });
// Ctrl+C reaches the script as well, which decides how this ends; what is sent to this process alone is handed on.
process.on('SIGINT', () => {});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
child.once('error', (error) => endAs({ status: null, signal: null, error }));
child.once('close', (status, signal) => endAs({ status, signal }));
