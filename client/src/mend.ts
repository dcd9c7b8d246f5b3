import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { exceptionMarker, fixAllKind, mendableRequest, type MendableParams, type MendableResult } from '../../server/src/hosts/protocol.js';

/** Makes every safe fix of the file in front, or says why there is none to make. */
export async function fixAllSafe(client: BaseLanguageClient): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const counted = document && await client.sendRequest<MendableResult | null>(mendableRequest, { uri: document.uri.toString() } satisfies MendableParams);
  if (counted && counted.safe > 0) await vscode.commands.executeCommand('editor.action.codeAction', { kind: fixAllKind, apply: 'first' });
  else void vscode.window.showInformationMessage(`HIPAA Lint: ${counted ? withoutSafe(counted) : 'this file is not read, so there is nothing to fix'}.`);
}

function withoutSafe({ review, none }: MendableResult): string {
  if (review + none === 0) return 'there is nothing to fix in this file';
  const parts = [
    review > 0 ? `${review} ${review === 1 ? 'finding has a fix that needs' : 'findings have fixes that need'} your review: open each with Quick Fix (Ctrl+.)` : '',
    none > 0 ? `${none} ${none === 1 ? 'has' : 'have'} no fix: the page of the rule says what to do` : '',
  ];
  return `nothing in this file is safe to fix unasked; ${parts.filter(Boolean).join('; ')}`;
}

/** Puts the cursor where the reason of the exception goes that was just recorded: the nearest one that has none. */
export function fillException(address: unknown): void {
  const editor = vscode.window.activeTextEditor;
  if (!editor || typeof address !== 'string' || editor.document.uri.toString() !== vscode.Uri.parse(address).toString()) return;
  const { document, selection } = editor;
  const reason = 'because="';
  let best: vscode.Position | undefined;
  for (let line = 0; line < document.lineCount; line++) {
    const { text } = document.lineAt(line);
    const at = text.includes(exceptionMarker) ? text.indexOf(`${reason}"`) : -1;
    const isNearer = !best || Math.abs(line - selection.active.line) < Math.abs(best.line - selection.active.line);
    if (at >= 0 && isNearer) best = new vscode.Position(line, at + reason.length);
  }
  if (!best) return;
  editor.selection = new vscode.Selection(best, best);
  editor.revealRange(new vscode.Range(best, best), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
