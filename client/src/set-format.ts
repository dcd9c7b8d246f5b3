import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { formatsRequest, setFormatRequest, type FormatsResult, type SetFormatParams, type SetFormatResult } from '../../server/src/hosts/protocol.js';

/** Asks of what format the file in front is, and writes that into the `.hipaa-lint.yaml` of its folder. `format` answers beforehand. */
export async function setFormat(client: BaseLanguageClient, format?: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    void vscode.window.showInformationMessage('HIPAA Lint sets the format of the file in front: open one first.');
    return;
  }
  const chosen = typeof format === 'string' ? format : await pick(client, document);
  if (chosen === undefined) return;
  const { written, problem } = await client.sendRequest<SetFormatResult>(setFormatRequest, { uri: document.uri.toString(), format: chosen } satisfies SetFormatParams);
  if (!written) {
    void vscode.window.showWarningMessage(`HIPAA Lint: ${problem}.`);
    return;
  }
  await write(vscode.Uri.parse(written.uri, true), written.text);
}

async function pick(client: BaseLanguageClient, document: vscode.TextDocument): Promise<string | undefined> {
  const formats = await client.sendRequest<FormatsResult>(formatsRequest);
  const items = formats.map(({ id, title }) => ({ label: title, description: id, id }));
  const none = { label: 'None', description: 'HIPAA Lint leaves this file alone', id: 'none' };
  const name = vscode.workspace.asRelativePath(document.uri);
  const picked = await vscode.window.showQuickPick([...items, none], { title: `The format of ${name}`, placeHolder: 'Written into .hipaa-lint.yaml', matchOnDescription: true });
  return picked?.id;
}

/** Through the editor where the file is open, so that nothing on the screen is lost; else to where the folder is, be it in a browser. */
async function write(uri: vscode.Uri, text: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    if (!open) {
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(open.positionAt(0), open.positionAt(open.getText().length)), text);
    if (!await vscode.workspace.applyEdit(edit) || !await open.save()) throw new Error('the editor did not save it');
  } catch (error) {
    void vscode.window.showErrorMessage(`HIPAA Lint could not write ${vscode.workspace.asRelativePath(uri)}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
