// @ts-check
/**
 * Runs suite/ in the desktop application. It is no package of a registry: @vscode/test-electron downloads it, or
 * VSCODE_PATH names an executable.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, run } from '../../tools/vscode-server.mjs';
import { makeDevelopmentExtension, readResults } from './in-browser.mjs';

/**
 * @param {import('./in-browser.mjs').Suite} suite
 * @param {(message: string) => void} report
 */
export async function runSuiteOnDesktop(suite, report) {
  const { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } = await import('@vscode/test-electron');
  const executable = process.env['VSCODE_PATH'] ?? await downloadAndUnzipVSCode({ version: 'stable', cachePath: join(REPOSITORY, '.cache', 'vscode-desktop') });
  report(executable);
  const user = join(suite.home, 'user');
  const extensions = join(suite.home, 'extensions');
  await mkdir(join(user, 'User'), { recursive: true });
  await writeFile(join(user, 'User', 'settings.json'), JSON.stringify(suite.settings));
  const folders = ['--user-data-dir', user, '--extensions-dir', extensions];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

  const [cli = executable, ...first] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  await run(cli, [...first, ...folders, ...sandbox, '--install-extension', suite.vsix], { quiet: true, shell: process.platform === 'win32' });
  const code = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: await makeDevelopmentExtension(suite.home),
    extensionTestsPath: suite.tests,
    extensionTestsEnv: { E2E_RESULT: suite.resultFile, E2E_EXTENSIONS: extensions },
    reuseMachineInstall: true,
    launchArgs: [suite.folder, ...folders, ...sandbox, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  }).catch(() => 1);
  return readResults(code, suite);
}
