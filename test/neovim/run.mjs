// @ts-check
/**
 * A second editor on the same server: Neovim's built-in client, where `nvim` is on the PATH. Elsewhere this says so and
 * passes: Neovim is no package of the registry.
 *
 *   node test/neovim/run.mjs [--cli FILE] [--result FILE]
 *
 * --cli is dist/cli.cjs unless told; --result is written with { passed, failed }.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { cli: { type: 'string', default: join(import.meta.dirname, '..', '..', 'dist', 'cli.cjs') }, result: { type: 'string' } },
});
const cli = resolve(options.cli);
const LINE = 'PermitRootLogin yes';
const LIMIT = 30_000;

/**
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number | null, output: string } | undefined>} nothing where there is no Neovim
 */
function neovim(args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn('nvim', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT, killSignal: 'SIGKILL', ...options });
    let output = '';
    child.stdout?.on('data', (chunk) => { output += chunk; });
    child.stderr?.on('data', (chunk) => { output += chunk; });
    child.once('error', (error) => /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? done(undefined) : fail(error));
    child.once('close', (code) => done({ code, output }));
  });
}

const version = await neovim(['--version']);
let passed = true;
if (!version) {
  console.log('Neovim: skipped, `nvim` is not on the PATH');
} else {
  const folder = await mkdtemp(join(tmpdir(), 'hipaa-lint-neovim-'));
  try {
    const file = join(folder, 'sshd_config');
    await writeFile(file, `Port 22\n${LINE}\nX11Forwarding no\n`);
    const result = await neovim(['--headless', '--clean', file, '-c', `luafile ${join(import.meta.dirname, 'client.lua')}`], {
      cwd: folder,
      env: { ...process.env, HIPAA_LINT_COMMAND: JSON.stringify([process.execPath, cli, 'lsp', '--stdio']), HIPAA_LINT_LINE: LINE },
    });
    // An error in the script leaves Neovim open, or ends it with 0: the last word is the proof.
    passed = result?.code === 0 && /\bcleared\s*$/.test(result.output);
    console.log(`${version.output.split('\n')[0]}: ${passed ? 'passed' : `failed, ended with ${result?.code ?? 'no code'}`}\n${result?.output.trim().replace(/^/gm, '  ')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
if (options.result) await writeFile(options.result, JSON.stringify({ passed: Number(passed && version !== undefined), failed: Number(!passed) }));
process.exitCode = passed ? 0 : 1;
