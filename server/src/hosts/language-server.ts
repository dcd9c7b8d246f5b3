import { withoutTail } from '#engine/text.js';
import { CodeActionKind, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, ErrorCodes, FileChangeType, ResponseError, TextDocumentSyncKind, type Connection, type InitializeParams, type InitializeResult } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readSettings } from '#configuration/settings.js';
import { configurationFile } from '#configuration/configuration.js';
import { maskedUserinfo } from '#engine/confidential.js';
import { withFormat } from '#configuration/set-format.js';
import { registry } from '#registry/registry.generated.js';
import type { Stroke } from '#assistance/settling.js';
import { abilitiesOf, type Abilities } from './language-server-abilities.js';
import { Assistant } from './language-server-actions.js';
import { filesOfClient } from './language-server-far.js';
import { Hand } from './language-server-hand.js';
import type { Host } from './language-server-host.js';
import { Diagnostics, isConfigurationOf } from './language-server-diagnostics.js';
import { strokeOf } from './language-server-mapping.js';
import { Publisher } from './language-server-publisher.js';
import { Roots, type Root } from './language-server-roots.js';
import { rulePage } from './language-server-rule-pages.js';
import { Scanner } from './language-server-scanner.js';
import type { Files } from './workspace-files.js';
import {
  fixAllKind, formatsRequest, mendableRequest, reportRequest, rulePageRequest, scanRequest,
  setFormatRequest, settingsSection, showRulePageCommand, type ClientOptions,
  type FormatsResult, type MendableParams, type MendableResult, type ReportParams, type ReportResult,
  type RulePageParams, type RulePageResult, type ScanParams, type ScanResult, type SetFormatParams,
  type SetFormatResult,
} from './protocol.js';

declare const HIPAA_LINT_VERSION: string;

/** What the protocol has for requests that come before `initialize` or after `shutdown`. */
function refusal(state: 'new' | 'shut down'): ResponseError<void> {
  return state === 'new' ? new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized')
    : new ResponseError(ErrorCodes.InvalidRequest, 'The server was shut down');
}

/** The longest time the first answers wait for the editor's settings, in milliseconds. */
const patience = 500;

/** Serves one client until it goes. No request, however wrong, ends the server. */
export function serve(connection: Connection, host: Host): void {
  new Server(connection, host).listen();
}

class Server {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #documents = new Map<string, TextDocument>();
  readonly #hand = new Hand();
  readonly #roots = new Roots((folder) => this.#filesBelow(folder));
  readonly #diagnostics = new Diagnostics(this.#roots, this.#documents);
  #can!: Abilities;
  #options: ClientOptions = {};
  #folders: readonly string[] = [];
  #publisher!: Publisher;
  #scanner!: Scanner;
  #assistant!: Assistant;
  /** Requests are answered between `initialize` and `shutdown` alone. */
  #state: 'new' | 'running' | 'shut down' = 'new';

  constructor(connection: Connection, host: Host) {
    this.#connection = connection;
    this.#host = host;
  }

  listen(): void {
    const on = this.#connection;
    on.onInitialize((params) => this.#initialize(params));
    on.onShutdown(() => { this.#state = 'shut down'; });
    on.onInitialized(this.#guarded(() => this.#initialized(), undefined));
    on.onDidOpenTextDocument(this.#guarded(({ textDocument: { uri, languageId, version, text } }) => this.#changed(TextDocument.create(uri, languageId, version, text)), undefined));
    on.onDidChangeTextDocument(this.#guarded(({ textDocument: { uri, version }, contentChanges }) => {
      const document = this.#documents.get(uri);
      if (!document) return;
      this.#hand.stroke();
      const strokes: Stroke[] = [];
      for (const change of contentChanges) {
        // Each counts in the text that the one before it left.
        if ('range' in change) strokes.push(strokeOf(change, document));
        TextDocument.update(document, [change], version);
      }
      this.#diagnostics.edited(uri, strokes.length === contentChanges.length ? strokes : undefined);
      this.#changed(document);
    }, undefined));
    on.onDidCloseTextDocument(this.#guarded(({ textDocument: { uri } }) => this.#closed(uri), undefined));
    on.onDidChangeWatchedFiles(this.#guarded(({ changes }) => {
      for (const { uri, type } of changes) this.#scanner.touched(uri, type === FileChangeType.Created);
    }, undefined));
    on.onDidChangeConfiguration(this.#guarded(({ settings }) => {
      this.#publisher.ready = this.#readSettings((settings as Record<string, unknown> | null)?.[settingsSection]).then(() => {
        this.#publisher.everything();
        this.#scanner.again();
      });
      return this.#publisher.ready;
    }, undefined));
    on.languages.diagnostics.on(this.#guarded(async ({ textDocument: { uri }, previousResultId }, token) => {
      await this.#publisher.ready;
      return this.#publisher.pulled(uri, previousResultId, token);
    }, { kind: 'full' as const, items: [] }));
    on.languages.diagnostics.onWorkspace(this.#guarded(async ({ previousResultIds }) => {
      await this.#publisher.ready;
      return this.#publisher.pulledAll(previousResultIds);
    }, { items: [] }));
    on.onHover(this.#guarded((params) => this.#assistant.hover(params), null));
    on.onCompletion(this.#guarded((params) => this.#assistant.completions(params), []));
    on.onCodeAction(this.#guarded(async (params) => {
      await this.#publisher.ready;
      return this.#assistant.actions(params);
    }, []));
    on.onCodeActionResolve((action) => this.#guarded(() => this.#assistant.resolve(action), action)());
    on.onExecuteCommand(this.#guarded(async ({ command, arguments: given }) => {
      const rule = String(given?.[0]);
      const uri = command === showRulePageCommand && registry.rules.has(rule) ? this.#host.rulePageAddress(rule) : undefined;
      if (uri !== undefined) await on.window.showDocument({ uri });
    }, undefined));
    on.onRequest(scanRequest, this.#guarded(({ workDoneToken }: ScanParams, token): Promise<ScanResult> => this.#scanner.scan(workDoneToken, token), { files: 0, findings: 0, cancelled: true }));
    on.onRequest(reportRequest, ({ format, workDoneToken }: ReportParams, token): Promise<ReportResult> => {
      if (this.#state !== 'running') throw refusal(this.#state);
      return this.#scanner.report(format, workDoneToken, token);
    });
    on.onRequest(mendableRequest, ({ uri }: MendableParams): MendableResult | null => this.#assistant.mendable(uri));
    on.onRequest(formatsRequest, (): FormatsResult => [...registry.formats].map(([id, { title }]) => ({ id, title })).sort((a, b) => (a.title < b.title ? -1 : 1)));
    on.onRequest(setFormatRequest, ({ uri, format }: SetFormatParams): SetFormatResult => {
      const { root, path } = this.#roots.placeOf(uri);
      if (root.uri === undefined) return { problem: 'The format of a file is kept in a folder: open the folder of the file' };
      const written = withFormat(root.settings.text ?? '', path, format);
      return 'problem' in written ? written : { written: { uri: root.uriOf(configurationFile), text: written.text } };
    });
    on.onRequest(rulePageRequest, this.#guarded(async ({ rule }: RulePageParams): Promise<RulePageResult | null> => await rulePage(this.#host, rule) ?? null, null));
    on.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.#can = abilitiesOf(params);
    this.#state = 'running';
    this.#options = (params.initializationOptions ?? {}) as ClientOptions;
    this.#assistant = new Assistant(this.#roots, this.#documents, this.#can);
    this.#assistant.onRefusal = (message) => void this.#connection.window.showWarningMessage(message);
    this.#publisher = new Publisher(this.#connection, this.#roots, this.#documents, this.#diagnostics, this.#can, this.#hand);
    this.#scanner = new Scanner(this.#connection, this.#host, this.#roots, this.#diagnostics, this.#publisher, this.#hand);
    this.#diagnostics.relatedInformation = this.#can.relatedInformation;
    this.#diagnostics.onFailure = (message) => this.#connection.console.error(message);
    const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#takeFolders(folders);
    return {
      serverInfo: { name: 'HIPAA Lint', version: HIPAA_LINT_VERSION },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        completionProvider: {},
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
        ...(this.#can.pull && { diagnosticProvider: { identifier: 'hipaa-lint', interFileDependencies: true, workspaceDiagnostics: true } }),
        ...(!this.#can.rulePages && this.#can.showDocument && { executeCommandProvider: { commands: [showRulePageCommand] } }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  #initialized(): void {
    const settings = Promise.all([this.#readSettings(this.#options.settings), this.#bringConfigurations()]);
    this.#publisher.ready = new Promise((done) => {
      const impatient = setTimeout(done, patience);
      const ready = () => { clearTimeout(impatient); done(); };
      settings.then(ready, ready);
    });
    void settings.then(() => this.#publisher.everything());
    const log = (what: string) => (error: unknown) => this.#log(what, error);
    if (this.#can.registerSettings) this.#connection.client.register(DidChangeConfigurationNotification.type, { section: settingsSection }).catch(log('registering for settings'));
    if (this.#can.watch) {
      this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] }).catch(log('registering for file changes'));
    }
    if (this.#can.folders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(this.#guarded(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        this.#takeFolders([...this.#folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)]);
      }, undefined));
    }
    this.#scanner.listen();
    void settings.then(() => { this.#warm(); this.#scanner.index(); });
  }

  /** Read through the client where the server itself cannot. What it brings late is taken up as a change would be. */
  #filesBelow(folder: string): Files | undefined {
    const files = this.#host.filesBelow(folder) ?? (this.#can.readsFiles ? filesOfClient(this.#connection, folder) : undefined);
    if (files?.distance) files.distance.onArrival = (paths) => {
      const root = this.#roots.folders.find((one) => one.files === files);
      if (root) this.#scanner.arrived(root, paths);
    };
    return files;
  }

  /** Waits for the configuration files of roots whose files are at a distance. */
  async #bringConfigurations(): Promise<void> {
    await Promise.all(this.#roots.folders.map(async ({ files, settings }) => {
      while (files?.read(configurationFile) === 'pending' && await files.distance?.bring());
      if (files?.distance) settings.reload();
    }));
  }

  #takeFolders(uris: readonly string[]): void {
    const before = new Set(this.#roots.all);
    const isFirst = this.#folders.length === 0 && this.#documents.size === 0;
    this.#folders = uris;
    const places = new Map([...this.#documents.keys()].map((uri) => [uri, this.#roots.placeOf(uri)]));
    for (const root of this.#roots.folders) if (!uris.some((uri) => withoutTail(uri, '/') === root.uri)) this.#publisher.gone(root);
    this.#roots.set(uris);
    for (const [uri, { root, path }] of places) {
      const now = this.#roots.placeOf(uri);
      if (now.root === root) continue;
      root.workspace.close(path);
      root.open.delete(path);
      this.#diagnostics.closed(uri);
      this.#changed(this.#documents.get(uri)!);
    }
    for (const root of this.#roots.folders) if (!before.has(root)) this.#publisher.stored(root.uriOf(configurationFile), this.#diagnostics.storeConfiguration(root));
    if (isFirst) return;
    // What the editor says of a folder is known when it was asked about that folder.
    if (this.#can.askSettings) this.#publisher.ready = this.#readSettings(undefined).then(() => this.#publisher.everything());
    this.#scanner.index();
  }

  #changed(document: TextDocument): void {
    const { uri, languageId } = document;
    this.#documents.set(uri, document);
    const { root, path } = this.#roots.placeOf(uri);
    root.open.set(path, uri);
    if (isConfigurationOf({ root, path })) {
      root.settings.reload(document.getText());
      this.#reconfigured(root);
    } else root.workspace.edit(path, document.getText(), languageId);
    this.#publisher.changed(uri);
  }

  #closed(uri: string): void {
    const { root, path } = this.#roots.placeOf(uri);
    this.#documents.delete(uri);
    root.open.delete(path);
    this.#diagnostics.closed(uri);
    if (isConfigurationOf({ root, path })) {
      root.settings.reload(null);
      this.#reconfigured(root);
    } else root.workspace.close(path);
    this.#scanner.closed(uri);
  }

  /** The configuration file of a root says something else now. */
  #reconfigured(root: Root): void {
    this.#publisher.stored(root.uriOf(configurationFile), this.#diagnostics.storeConfiguration(root));
    this.#publisher.everything();
    this.#scanner.again();
  }

  /** Asks what the editor says everywhere, and what of each folder; a client that cannot be asked says one thing for all. */
  async #readSettings(given: unknown): Promise<void> {
    const folders = this.#roots.folders.flatMap(({ uri }) => uri ?? []);
    let sections: readonly unknown[] = [given];
    try {
      const items = [{ section: settingsSection }, ...folders.map((scopeUri) => ({ scopeUri, section: settingsSection }))];
      if (this.#can.askSettings) sections = await this.#connection.workspace.getConfiguration(items);
    } catch (error) {
      this.#log('asking for settings', error);
    }
    const [everywhere, ...each] = sections.map((section) => readSettings(section));
    const problems = new Set([everywhere!, ...each].flatMap((reading) => reading.problems));
    for (const problem of problems) this.#connection.console.warn(problem);
    const before = new Map(this.#roots.all.map((root) => [root, root.settings.enabled]));
    this.#roots.configure(everywhere!, new Map(each.map((reading, i) => [folders[i]!, reading])));
    for (const root of this.#roots.all) {
      if (root.settings.enabled === before.get(root)) continue;
      if (!root.settings.enabled) this.#publisher.gone(root);
      this.#publisher.stored(root.uriOf(configurationFile), this.#diagnostics.storeConfiguration(root));
    }
  }

  /** Runs every parser once, so that the first keystroke does not pay for compiling it. */
  #warm(): void {
    for (const format of registry.formats.values()) {
      try {
        format.parse('');
      } catch (error) {
        this.#log('warming', error);
      }
    }
  }

  /** A handler that answers something harmless where it would have thrown. */
  #guarded<A extends unknown[], R>(handler: (...args: A) => R | Promise<R>, otherwise: R): (...args: A) => Promise<R> {
    return async (...args) => {
      if (this.#state !== 'running') throw refusal(this.#state);
      try {
        return await handler(...args);
      } catch (error) {
        if (error instanceof Error && 'code' in error && typeof error.code === 'number') throw error;
        this.#log('a request failed', error);
        return otherwise;
      }
    };
  }

  #log(what: string, error: unknown): void {
    this.#connection.console.error(maskedUserinfo(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
  }
}
