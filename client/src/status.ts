import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { setFormatCommand, statusNotification, type StatusParams } from '../../server/src/hosts/protocol.js';

/** What the status bar says, and what a click does. */
interface Shown {
  readonly text: string;
  readonly tooltip: string;
  readonly command: string | vscode.Command;
}

/**
 * Says in the status bar what became of the file in front: read and clean, read with findings, of no known format, excluded, or off.
 * `each` is told of every open document, because a client hears a notification in one place only.
 */
export function fileStatus(client: BaseLanguageClient, each: (status: StatusParams) => void): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('hipaaLint.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'HIPAA Lint';
  const known = new Map<string, StatusParams>();
  const update = () => {
    const document = vscode.window.activeTextEditor?.document;
    const status = document && known.get(document.uri.toString());
    if (!status) return item.hide();
    Object.assign(item, shownOf(status));
    item.show();
  };
  return vscode.Disposable.from(
    item,
    client.onNotification(statusNotification, (status: StatusParams) => {
      // One spelling for all addresses of a document.
      known.set(vscode.Uri.parse(status.uri).toString(), status);
      update();
      each(status);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void known.delete(uri.toString())),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}

function shownOf({ state, title, findings, undecided }: StatusParams): Shown {
  const settings: vscode.Command = { command: 'workbench.action.openSettings', title: 'Open Settings', arguments: ['hipaaLint.enable'] };
  switch (state) {
    case 'off': return { text: '$(circle-slash) HIPAA Lint: off', tooltip: 'HIPAA Lint is switched off here by the setting hipaaLint.enable: nothing in this file was checked.', command: settings };
    case 'excluded': return { text: '$(circle-slash) HIPAA Lint: excluded', tooltip: 'This file is excluded from HIPAA Lint by the settings or by .hipaa-lint.yaml: nothing in it was checked.', command: setFormatCommand };
    case 'unknown': return { text: '$(question) HIPAA Lint: not a known format', tooltip: 'HIPAA Lint does not know the format of this file: nothing in it was checked. Click to set the format.', command: setFormatCommand };
    case 'unreadable': return { text: '$(circle-slash) HIPAA Lint: not read', tooltip: 'HIPAA Lint does not read this file, which is larger than 10 MB or not text: nothing in it was checked.', command: setFormatCommand };
    case 'read': {
      const parts = [findings > 0 ? count(findings, 'finding') : '', undecided > 0 ? `${undecided} cannot tell` : ''].filter(Boolean);
      const text = `${findings > 0 ? '$(shield)' : '$(pass)'} HIPAA Lint: ${parts.join(', ') || 'clean'}`;
      const said = parts.length === 0 ? 'nothing that a rule objects to. This is no finding of compliance' : `${parts.join(', ')} from the file alone`;
      return { text, tooltip: `Read as ${title ?? 'a known format'}: ${said}. Click for the report.`, command: 'hipaaLint.openReport' };
    }
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
