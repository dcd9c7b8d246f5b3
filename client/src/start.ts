import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { fillExceptionCommand, openRulePageCommand, setFormatCommand, settingsSection, type ClientOptions } from '../../server/src/hosts/protocol.js';
import { Colours } from './colours.js';
import { middleware } from './completion.js';
import { answerFileRequests } from './files.js';
import { fillException, fixAllSafe } from './mend.js';
import { ReportPanel } from './report-panel.js';
import { rulePages } from './rule-pages.js';
import { keepScanned, scanWorkspace } from './scan.js';
import { setFormat } from './set-format.js';
import { followTabs } from './shown-documents.js';
import { fileStatus } from './status.js';

/** What every client of ours asks of the language server, on the desktop and in a browser. */
export function clientOptions(): LanguageClientOptions {
  // Folders of another machine, of a repository nobody cloned and of a browser's storage each have a scheme of their own.
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]);
  return {
    // Which files are read is the server's decision, by name and content; whatever it does not recognise costs nothing.
    documentSelector: [...schemes].map((scheme) => ({ scheme })),
    diagnosticCollectionName: 'hipaa-lint',
    markdown: { isTrusted: { enabledCommands: [openRulePageCommand] } },
    initializationOptions: { rulePages: true, readsFiles: true, published: true, status: true, fillsExceptions: true } satisfies ClientOptions,
    middleware: { ...middleware },
    synchronize: { configurationSection: settingsSection },
  };
}

/** Starts the language server and what only an editor has: commands, the report, the pages of rules. `restart` starts the server afresh. */
export async function start(client: BaseLanguageClient, context: vscode.ExtensionContext, restart: () => Promise<void>): Promise<void> {
  const report = new ReportPanel(client, context);
  const colours = new Colours();
  context.subscriptions.push(
    report,
    followTabs(client),
    answerFileRequests(client, context.extensionUri),
    rulePages(client),
    colours,
    fileStatus(client, (status) => void colours.see(status)),
    vscode.commands.registerCommand('hipaaLint.openReport', () => report.show()),
    vscode.commands.registerCommand('hipaaLint.saveReport', () => report.save()),
    vscode.commands.registerCommand('hipaaLint.scanWorkspace', () => scanWorkspace(client)),
    vscode.commands.registerCommand(setFormatCommand, (format: unknown) => setFormat(client, format)),
    vscode.commands.registerCommand('hipaaLint.fixAllSafe', () => fixAllSafe(client)),
    vscode.commands.registerCommand(fillExceptionCommand, fillException),
    keepScanned(client),
    vscode.commands.registerCommand('hipaaLint.restartServer', restart),
  );
  await client.start();
}
