import * as vscode from 'vscode';
import { State, WorkDoneProgress, type BaseLanguageClient } from 'vscode-languageclient';
import { scanRequest, type ScanParams, type ScanResult } from '../../server/src/hosts/protocol.js';

let scans = 0;
/** Whether the findings of a scan are shown, so that a server that is started afresh has to find them again. */
let scanned = false;

/** Scans again, without a word, when the server had to be started again after a scan. */
export function keepScanned(client: BaseLanguageClient): vscode.Disposable {
  return client.onDidChangeState(({ newState }) => {
    if (newState === State.Running && scanned) void client.sendRequest(scanRequest, {} satisfies ScanParams).catch((error: unknown) => client.error('Scanning again failed', error, false));
  });
}

/** Lints every file of the workspace, with progress that can be cancelled, and shows what was found. */
export async function scanWorkspace(client: BaseLanguageClient): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    await vscode.window.showInformationMessage('HIPAA Lint scans the files of a folder: open a folder first.');
    return;
  }
  const said = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'HIPAA Lint', cancellable: true },
    async (progress, cancellation) => {
      const workDoneToken = `hipaa-lint-scan-${++scans}`;
      let shown = 0;
      const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
        if (value.kind === 'end') return;
        const percentage = value.percentage ?? shown;
        progress.report({ increment: percentage - shown, ...(value.message !== undefined && { message: value.message }) });
        shown = percentage;
      });
      try {
        return await client.sendRequest<ScanResult>(scanRequest, { workDoneToken } satisfies ScanParams, cancellation);
      } catch (error) {
        if (cancellation.isCancellationRequested) return undefined;
        throw error;
      } finally {
        listening.dispose();
      }
    },
  );
  if (!said || said.cancelled) {
    await vscode.window.setStatusBarMessage('HIPAA Lint: the scan was cancelled', 5000);
    return;
  }
  if (said.off) {
    void vscode.window.showInformationMessage('HIPAA Lint is switched off here: the setting `hipaaLint.enable` is false, so no file was read.');
    return;
  }
  scanned = true;
  const counted = `HIPAA Lint read ${said.files} ${said.files === 1 ? 'file' : 'files'}: ${said.findings} ${said.findings === 1 ? 'finding' : 'findings'}.`;
  // The scan is over: whoever called the command does not wait for somebody to read the message.
  void vscode.window.showInformationMessage(counted, 'Show Problems', 'Open Report').then((choice) => {
    if (choice === 'Show Problems') return vscode.commands.executeCommand('workbench.actions.view.problems');
    if (choice === 'Open Report') return vscode.commands.executeCommand('hipaaLint.openReport');
    return undefined;
  });
}
