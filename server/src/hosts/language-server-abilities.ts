import { InsertTextMode, type InitializeParams } from 'vscode-languageserver';
import type { ClientOptions } from './protocol.js';

/** What the client can do, as far as it changes what the server does. */
export interface Abilities {
  readonly pull: boolean;
  readonly related: boolean;
  /** Whether a diagnostic may name other places. */
  readonly relatedInformation: boolean;
  readonly refresh: boolean;
  readonly askSettings: boolean;
  readonly watch: boolean;
  readonly registerSettings: boolean;
  readonly folders: boolean;
  readonly resolveActions: boolean;
  readonly versionedEdits: boolean;
  readonly markdown: boolean;
  readonly snippets: boolean;
  readonly indentsAsIs: boolean;
  readonly showDocument: boolean;
  readonly rulePages: boolean;
  readonly status: boolean;
  readonly fillsExceptions: boolean;
  readonly readsFiles: boolean;
}

export function abilitiesOf({ capabilities: { textDocument, workspace, window }, initializationOptions }: InitializeParams): Abilities {
  const options = (initializationOptions ?? {}) as ClientOptions;
  return {
    pull: textDocument?.diagnostic !== undefined && options.published !== true,
    related: textDocument?.diagnostic?.relatedDocumentSupport ?? false,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation ?? false,
    refresh: workspace?.diagnostics?.refreshSupport ?? false,
    askSettings: workspace?.configuration ?? false,
    watch: workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false,
    registerSettings: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
    folders: workspace?.workspaceFolders ?? false,
    resolveActions: textDocument?.codeAction?.resolveSupport?.properties?.includes('edit') ?? false,
    versionedEdits: workspace?.workspaceEdit?.documentChanges ?? false,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? false,
    snippets: textDocument?.completion?.completionItem?.snippetSupport ?? false,
    indentsAsIs: textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) ?? false,
    showDocument: window?.showDocument?.support ?? false,
    status: options.status === true,
    fillsExceptions: options.fillsExceptions === true,
    rulePages: options.rulePages === true,
    readsFiles: options.readsFiles === true,
  };
}
