import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { reportRequest, type ReportParams, type ReportResult } from '../../server/src/hosts/protocol.js';

const endings: Readonly<Record<ReportParams['format'], string>> = { html: 'html', sarif: 'sarif', json: 'json', markdown: 'md' };

/** The compliance report in a tab of the editor, with links back to file and line. */
export class ReportPanel implements vscode.Disposable {
  readonly #client: BaseLanguageClient;
  readonly #icon: vscode.Uri;
  #panel: vscode.WebviewPanel | undefined;

  constructor(client: BaseLanguageClient, context: vscode.ExtensionContext) {
    this.#client = client;
    this.#icon = vscode.Uri.joinPath(context.extensionUri, 'docs', 'images', 'icon.png');
  }

  /** Opens the report, or renews the one that is open. */
  async show(): Promise<void> {
    const panel = (this.#panel ??= this.#create());
    panel.reveal(undefined, true);
    const { text } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: 'HIPAA Lint: writing the report' }, () =>
      this.#client.sendRequest<ReportResult>(reportRequest, { format: 'html' } satisfies ReportParams));
    panel.webview.html = linked(text);
  }

  /** Asks for a kind and a place, and saves the report there. */
  async save(): Promise<void> {
    const picked = await vscode.window.showQuickPick(
      [
        { label: 'HTML', description: 'one page, to read and print', format: 'html' as const },
        { label: 'SARIF 2.1.0', description: 'for code scanning', format: 'sarif' as const },
        { label: 'JSON', description: 'for your own tools', format: 'json' as const },
        { label: 'Markdown', description: 'for a ticket', format: 'markdown' as const },
      ],
      { title: 'Save the compliance report as' },
    );
    if (!picked) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `hipaa-lint-report.${endings[picked.format]}`;
    const target = await vscode.window.showSaveDialog({ ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }), saveLabel: 'Save Report' });
    if (!target) return;
    const { text } = await this.#client.sendRequest<ReportResult>(reportRequest, { format: picked.format } satisfies ReportParams);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #create(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel('hipaaLint.report', 'HIPAA Lint Report', vscode.ViewColumn.Beside, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
      retainContextWhenHidden: false,
    });
    panel.iconPath = this.#icon;
    panel.onDidDispose(() => (this.#panel = undefined));
    panel.webview.onDidReceiveMessage((message: unknown) => void openPlace(message));
    return panel;
  }
}

/** The report as a web view shows it: the same text, and one script of ours that asks the editor to open a place. */
function linked(html: string): string {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-${nonce}'">`;
  const script = `<script nonce="${nonce}">
    const editor = acquireVsCodeApi();
    document.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[data-file]') : null;
      if (!link) return;
      event.preventDefault();
      editor.postMessage({ file: link.dataset.file, line: Number(link.dataset.line) });
    });
  </script>`;
  return html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, policy).replace('</body>', `${script}</body>`);
}

async function openPlace(message: unknown): Promise<void> {
  const { file, line } = (message ?? {}) as { file?: unknown; line?: unknown };
  // A report never leads out of the workspace, whatever a file name in it says.
  if (typeof file !== 'string' || file.startsWith('/') || file.includes('\\') || file.split('/').includes('..')) return;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const named = vscode.workspace.workspaceFolders!.length > 1 && file.startsWith(`${folder.name}/`) ? file.slice(folder.name.length + 1) : file;
    const uri = vscode.Uri.joinPath(folder.uri, named);
    try {
      await vscode.workspace.fs.stat(uri);
    } catch {
      continue;
    }
    const at = new vscode.Position(Math.max(0, (typeof line === 'number' ? line : 1) - 1), 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at), viewColumn: vscode.ViewColumn.One });
    return;
  }
}
