import { join } from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { fixAllKind, openRulePageCommand, serverArguments, settingsSection, type ClientOptions } from '../../server/src/hosts/protocol.js';
import { ReportPanel } from './report-panel.js';
import { rulePages } from './rule-pages.js';
import { scanWorkspace } from './scan.js';
import { findingCount } from './status.js';

let client: LanguageClient | undefined;

/** Starts the language server and what only an editor has: commands, the report, the pages of rules. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const module = join(context.extensionPath, 'dist', 'server.cjs');
  const started = new LanguageClient(
    'hipaaLint',
    'HIPAA Lint',
    {
      run: { module, transport: TransportKind.ipc, options: { execArgv: [...serverArguments] } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [...serverArguments, '--nolazy', '--inspect=6019'] } },
    },
    {
      // Which files are read is the server's decision, by name and content; whatever it does not recognise costs nothing.
      documentSelector: [{ scheme: 'file' }, { scheme: 'untitled' }],
      diagnosticCollectionName: 'hipaa-lint',
      diagnosticPullOptions: { onChange: true, onSave: false },
      markdown: { isTrusted: { enabledCommands: [openRulePageCommand] } },
      initializationOptions: { rulePages: true } satisfies ClientOptions,
      synchronize: { configurationSection: settingsSection },
    },
  );
  client = started;
  const report = new ReportPanel(started, context);
  context.subscriptions.push(
    report,
    rulePages(started),
    findingCount(),
    vscode.commands.registerCommand('hipaaLint.openReport', () => report.show()),
    vscode.commands.registerCommand('hipaaLint.saveReport', () => report.save()),
    vscode.commands.registerCommand('hipaaLint.scanWorkspace', () => scanWorkspace(started)),
    vscode.commands.registerCommand('hipaaLint.fixAllSafe', () =>
      vscode.commands.executeCommand('editor.action.codeAction', { kind: fixAllKind, apply: 'first' })),
    vscode.commands.registerCommand('hipaaLint.restartServer', () => started.restart()),
  );
  await started.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
