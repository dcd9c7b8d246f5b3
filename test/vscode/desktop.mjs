// @ts-check
/**
 * Runs suite/ in the desktop application. It is no package of a registry: @vscode/test-electron downloads it, or
 * VSCODE_PATH names one at hand, by its executable or by the `code` command beside it. On a Linux without a screen this
 * is started with `xvfb-run -a`.
 */
import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { exists, REPOSITORY, run } from '../../tools/vscode-server.mjs';
import { makeDevelopmentExtension, readResults } from './in-browser.mjs';

/** On Windows the command is a batch file, which only a shell can start, and a shell takes words apart at spaces. */
const shell = process.platform === 'win32';

/**
 * @param {import('./in-browser.mjs').Suite} suite
 * @param {(message: string) => void} report
 */
export async function runSuiteOnDesktop(suite, report) {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    throw new Error('There is no screen for the desktop application: start this with `xvfb-run -a`.');
  }
  const { runTests } = await import('@vscode/test-electron');
  const { executable, command } = await findApplication();
  report(executable);
  const user = join(suite.home, 'user');
  const extensions = join(suite.home, 'extensions');
  await mkdir(join(user, 'User'), { recursive: true });
  await writeFile(join(user, 'User', 'settings.json'), JSON.stringify(suite.settings));
  const folders = ['--user-data-dir', user, '--extensions-dir', extensions];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

  const [first = command, ...words] = [command, ...folders, ...sandbox, '--install-extension', suite.vsix].map((word) => (shell ? `"${word}"` : word));
  await run(first, words, { quiet: true, shell, env: { ...process.env, ...notFromVSCode() } });
  let failure;
  const code = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: await makeDevelopmentExtension(suite.home),
    extensionTestsPath: suite.tests,
    extensionTestsEnv: { ...notFromVSCode(), E2E_RESULT: suite.resultFile, E2E_EXTENSIONS: extensions },
    // The folders below are ours; without this they are chosen for us as well.
    reuseMachineInstall: true,
    launchArgs: [shell ? `"${suite.folder}"` : suite.folder, ...folders],
  }).catch((error) => { failure = error; return 1; });
  return readResults(code, suite).catch((error) => { throw new Error(error.message, { cause: failure }); });
}

/** @returns {Promise<{ executable: string, command: string }>} the application, and the command that installs extensions in it */
async function findApplication() {
  const { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const named = process.env['VSCODE_PATH'];
  const path = named ? await realpath(named) : await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(REPOSITORY, '.cache', 'vscode-desktop') });
  const folder = dirname(path);
  if (basename(folder) !== 'bin') {
    const [command = path] = resolveCliArgsFromVSCodeExecutablePath(path, { reuseMachineInstall: true });
    return { executable: path, command };
  }
  // The command starts the application and does not wait for its end; a script of a distribution is the application itself.
  const applications = join(folder, '..', '..', '..', 'MacOS');
  const executable = process.platform === 'darwin'
    ? join(applications, (await readdir(applications).catch(() => []))[0] ?? '')
    : join(folder, '..', basename(path).replace(/\.cmd$/, '.exe'));
  return { executable: process.platform !== 'darwin' && !(await exists(executable)) ? path : executable, command: path };
}

/** Started from within VS Code, these would make the application take itself for a part of that one. @returns {Record<string, undefined>} */
function notFromVSCode() {
  const names = Object.keys(process.env).filter((name) => (name.startsWith('VSCODE_') && name !== 'VSCODE_PATH') || name.startsWith('ELECTRON_'));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
