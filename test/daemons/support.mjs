// @ts-check
/** What the checks against real programs share: a folder, certificates, processes that are always ended. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * @typedef {{ name: string, text: string }} File
 * @typedef {{ skipped: string }} Skipped why this program cannot judge this file
 * @typedef {{ title: string, run: (stage: Stage) => Promise<void | Skipped> }} Live one behaviour, before and after a fix
 *
 * A default that the program shows only by what it does.
 * @typedef {object} Observed
 * @property {string} format
 * @property {string} name the field that rests on it: `Login.anonymous`
 * @property {string} text a file that leaves it out
 * @property {string} [of] a part of the label of the fact, where several have the field
 * @property {(stage: Stage, text: string) => Promise<unknown>} observe what the program does with that file, as a value of the field
 *
 * A program that judges files of some formats.
 * @typedef {object} Judge
 * @property {string} title
 * @property {readonly string[]} formats
 * @property {readonly string[]} packages Debian packages that bring the program
 * @property {boolean} [alone] its checks use something there is only one of, and wait for each other
 * @property {(stage: Stage) => boolean} present
 * @property {true} [single] that it is given the first file of an example alone: where that includes another, nothing can be asked
 * @property {(text: string) => boolean} [takes] whether a file of its formats is for this program, where several products share one
 * @property {() => void} [obtain] brings what no package of Debian has, below {@link packages}
 * @property {(shared: string) => void} [prepare] makes what all its checks share, in a folder that lasts until the last one
 * @property {(stage: Stage, files: readonly File[], format: string, before: readonly File[]) => Promise<string | Skipped | undefined>} accepts what is
 *   wrong, in one line; nothing when the program accepts the files; `before` is what a fix made them from
 * @property {Readonly<Record<string, string>>} refuses for each format a text that must not be accepted: otherwise acceptance means nothing
 * @property {(stage: Stage, files: readonly File[], format: string) => Promise<string | undefined>} [prints] all that holds, spelled out by the program
 *   as a file of the same format
 * @property {readonly string[]} [apart] fields that judge how the file is written, which what the program prints does not show
 * @property {readonly Observed[]} [defaults]
 * @property {readonly Live[]} [live]
 *
 * One thing to be checked, as plain data that a worker can be sent.
 * @typedef {{ judge: string, title: string } & (
 *   { kind: 'accepts' | 'prints', format: string, files: readonly File[], before: readonly File[] }
 *   | { kind: 'refuses', format: string } | { kind: 'live' | 'default', index: number }
 * )} Check
 * @typedef {{ problem?: string, skipped?: string, same?: readonly import('../../out/test/support/defaults.js').NamedDefault[] }} Result
 */

/** A folder of its own for one check, with certificates made once. */
export class Stage {
  /** @type {Set<import('node:child_process').ChildProcess>} */
  #running = new Set();
  folder = mkdtempSync(join(tmpdir(), 'hipaa-lint-'));

  /** @param {Certificates} certificates @param {string} shared a folder that all checks of this run have together */
  constructor(certificates, shared) {
    this.certificates = certificates;
    this.shared = shared;
  }

  /** @param {string[]} parts */
  path(...parts) {
    return join(this.folder, ...parts);
  }

  /**
   * Starts a program and waits until it says it is ready, ends, or the time is over.
   * @param {string} command @param {string[]} args @param {RegExp} ready @param {{ milliseconds?: number, env?: NodeJS.ProcessEnv }} [options]
   * @returns {Promise<{ started: boolean, output: () => string }>}
   */
  start(command, args, ready, { milliseconds = 20_000, env = {} } = {}) {
    return new Promise((done) => {
      const child = spawn(command, args, { cwd: this.folder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
      this.#running.add(child);
      let output = '';
      const timer = setTimeout(() => done({ started: false, output: () => output }), milliseconds);
      const finish = (/** @type {boolean} */ started) => {
        clearTimeout(timer);
        done({ started, output: () => output });
      };
      const hear = (/** @type {Buffer} */ chunk) => {
        output += chunk;
        if (ready.test(output)) finish(true);
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.on('error', (error) => {
        output += error.message;
        finish(false);
      });
      child.on('exit', () => {
        this.#running.delete(child);
        finish(false);
      });
    });
  }

  /** Ends every program of this stage and waits until it is gone. */
  async stopAll() {
    await Promise.all(
      [...this.#running].map(
        (child) =>
          new Promise((done) => {
            child.once('exit', done);
            child.kill('SIGTERM');
            setTimeout(() => child.kill('SIGKILL'), 2000).unref();
          }),
      ),
    );
  }

  async close() {
    await this.stopAll();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** @typedef {{ ca: string, certificate: string, key: string, both: string }} Certificates */

/** Makes a certificate authority and a certificate for localhost. @param {string} folder @returns {Certificates} */
export function makeCertificates(folder) {
  const at = (/** @type {string} */ name) => join(folder, name);
  const ssl = (/** @type {string} */ words) => {
    const { status, stderr } = spawnSync('openssl', words.split(' '), { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${words}: ${stderr}`);
  };
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  ssl('req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt');
  ssl(`req -newkey rsa:2048 -nodes -subj /CN=localhost -addext ${names} -keyout server.key -out server.csr`);
  ssl('x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -copy_extensions copy -out server.crt');
  spawnSync('sh', ['-c', 'cat server.crt server.key > both.pem && chmod 644 *.key both.pem'], { cwd: folder });
  return { ca: at('ca.crt'), certificate: at('server.crt'), key: at('server.key'), both: at('both.pem') };
}

/** Where programs from the package registry of Node.js stay, so that they are fetched once. */
export const packages = resolve('.cache', 'daemons');

/** A port nobody uses at this moment. @returns {Promise<number>} */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });
}

/** @param {string} command */
export function has(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Whether programs may change their user, their log and the network here. */
export const isAdministrator = () => process.getuid?.() === 0;

/**
 * Runs a program to its end.
 * @param {string} command @param {string[]} args @param {{ cwd?: string, milliseconds?: number, env?: NodeJS.ProcessEnv, input?: string }} [options]
 */
export function run(command, args, { cwd, milliseconds = 20_000, env = {}, input } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    ...(cwd && { cwd }),
    env: { ...process.env, ...env },
    timeout: milliseconds,
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
  return { status: status ?? -1, stdout: stdout ?? '', output: `${stdout ?? ''}${stderr ?? ''}${error ? error.message : ''}` };
}

/** The last line that says something. @param {string} output */
export function lastLine(output) {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
