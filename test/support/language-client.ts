/** A language client in a few lines: starts the built server, speaks JSON-RPC over stdio, and remembers what it was told. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { apply, type Edit, type Span } from '#engine/text.js';
import { serverArguments } from '#hosts/protocol.js';

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Diagnostic {
  readonly range: Range;
  readonly severity: number;
  readonly message: string;
  readonly code?: string;
  readonly source?: string;
  readonly codeDescription?: { readonly href: string };
  readonly tags?: readonly number[];
}

export interface CodeAction {
  readonly title: string;
  readonly kind?: string;
  readonly isPreferred?: boolean;
  readonly diagnostics?: readonly Diagnostic[];
  readonly edit?: { readonly documentChanges?: readonly { readonly textDocument: { readonly uri: string; readonly version: number }; readonly edits: readonly TextEdit[] }[]; readonly changes?: Record<string, readonly TextEdit[]> };
  readonly command?: { readonly command: string; readonly arguments?: readonly unknown[] };
  readonly data?: unknown;
}

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: any;
  readonly result?: any;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export interface Start {
  /** Whether the client pulls diagnostics; otherwise the server publishes them. */
  readonly pull?: boolean;
  readonly folders?: readonly string[];
  /** What is said of a folder, or of all where none is named. */
  readonly settings?: (folder?: string) => unknown;
  readonly environment?: Record<string, string>;
  readonly server?: string;
  readonly capabilities?: (capabilities: any) => void;
  readonly initializationOptions?: unknown;
}

const patience = 20_000;

export class LanguageClient {
  readonly notifications: Message[] = [];
  /** How often the server asked the client to pull again. */
  refreshes = 0;
  stderr = '';
  exited = false;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, { resolve(value: any): void; reject(error: Error): void }>();
  readonly #listeners = new Set<() => void>();
  readonly #settings: (folder?: string) => unknown;
  readonly #versions = new Map<string, number>();
  readonly #texts = new Map<string, string>();
  #received: Buffer = Buffer.alloc(0);
  #next = 1;

  private constructor({ environment, server = join('dist', 'server.cjs'), settings = () => null }: Start) {
    this.#settings = settings;
    this.#process = spawn(process.execPath, [...serverArguments, server, '--stdio'], { env: { ...process.env, ...environment } });
    this.#process.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#process.stderr.on('data', (chunk: Buffer) => { this.stderr += chunk.toString(); });
    this.#process.on('exit', () => {
      this.exited = true;
      for (const { reject } of this.#pending.values()) reject(new Error(`the server exited: ${this.stderr}`));
      this.#wake();
    });
  }

  /** The process of the server. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** A server that was told nothing yet. */
  static silent(start: Start = {}): LanguageClient {
    return new LanguageClient(start);
  }

  static async start(start: Start = {}): Promise<LanguageClient> {
    const client = new LanguageClient(start);
    const capabilities = {
      workspace: {
        configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true }, diagnostics: { refreshSupport: true },
        didChangeWatchedFiles: { dynamicRegistration: true }, didChangeConfiguration: { dynamicRegistration: true },
      },
      textDocument: {
        hover: { contentFormat: ['markdown', 'plaintext'] },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } }, dataSupport: true, resolveSupport: { properties: ['edit'] } },
        publishDiagnostics: { versionSupport: true },
        ...(start.pull && { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true } }),
      },
      window: { workDoneProgress: true },
    };
    start.capabilities?.(capabilities);
    await client.request('initialize', {
      processId: process.pid, rootUri: start.folders?.[0] ?? null, capabilities, initializationOptions: start.initializationOptions,
      workspaceFolders: (start.folders ?? []).map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf('/') + 1) })),
    });
    client.notify('initialized', {});
    return client;
  }

  request<T = any>(method: string, params: unknown, wait = patience): Promise<T> {
    const id = this.#next++;
    const promise = new Promise<T>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return limited(promise, () => `${method} was not answered; ${this.stderr}`, wait);
  }

  /** Sends a request and gives back how to cancel it. */
  cancellable<T = any>(method: string, params: unknown): { answer: Promise<T>; cancel(): void } {
    const id = this.#next;
    const answer = this.request<T>(method, params);
    return { answer, cancel: () => this.notify('$/cancelRequest', { id }) };
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  open(uri: string, text: string, languageId = 'plaintext'): void {
    this.#versions.set(uri, 1);
    this.#texts.set(uri, text);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces a part of a document, as an editor does. */
  edit(uri: string, edit: Edit): void {
    const before = this.text(uri);
    this.change(uri, apply(before, [edit]), [{ range: rangeOf(before, edit), text: edit.text }]);
  }

  /** Sends changes as they are, which make the text of the document what is given. */
  change(uri: string, text: string, contentChanges: readonly unknown[]): void {
    const version = this.version(uri) + 1;
    this.#versions.set(uri, version);
    this.#texts.set(uri, text);
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  text(uri: string): string {
    return this.#texts.get(uri) ?? '';
  }

  version(uri: string): number {
    return this.#versions.get(uri) ?? 0;
  }

  /** The diagnostics of a document by pull. */
  async pull(uri: string): Promise<readonly Diagnostic[]> {
    return (await this.request('textDocument/diagnostic', { textDocument: { uri } })).items;
  }

  /** The last diagnostics published for a document. */
  published(uri: string): { readonly diagnostics: readonly Diagnostic[]; readonly version?: number } | undefined {
    return this.notifications.filter(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri).at(-1)?.params;
  }

  /** Waits until the published diagnostics are of the text as it is now. */
  async publishedNow(uri: string): Promise<readonly Diagnostic[]> {
    await this.until(() => this.published(uri)?.version === this.version(uri), `diagnostics of ${uri}`);
    return this.published(uri)!.diagnostics;
  }

  async until(condition: () => boolean, what: string, wait = patience): Promise<void> {
    let listener: (() => void) | undefined;
    try {
      await limited(new Promise<void>((resolve) => {
        listener = () => { if (condition()) resolve(); };
        this.#listeners.add(listener);
        listener();
      }), () => `${what} did not come; ${this.stderr}`, wait);
    } finally {
      if (listener) this.#listeners.delete(listener);
    }
  }

  async actions(uri: string, range: Range, only?: readonly string[], diagnostics: readonly Diagnostic[] = []): Promise<readonly CodeAction[]> {
    return this.request('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics, ...(only && { only }) } });
  }

  /** Resolves an action and applies its edit to the document, as an editor would. */
  async applyAction(uri: string, action: CodeAction): Promise<string> {
    const { edit } = action.edit ? action : await this.request<CodeAction>('codeAction/resolve', action);
    const document = TextDocument.create(uri, '', 0, this.text(uri));
    const edits = edit?.documentChanges?.[0]?.edits ?? edit?.changes?.[uri] ?? [];
    const text = apply(this.text(uri), edits.map(({ range, newText }) => ({ start: document.offsetAt(range.start), end: document.offsetAt(range.end), text: newText })));
    this.edit(uri, { start: 0, end: this.text(uri).length, text });
    return text;
  }

  async stop(): Promise<void> {
    if (this.exited) return;
    await this.request('shutdown', null);
    this.notify('exit', null);
    await this.until(() => this.exited, 'the end of the server');
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.#process.stdin.write(body);
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, head))?.[1]);
      if (this.#received.length < head + 4 + length) return;
      const message = JSON.parse(this.#received.toString('utf8', head + 4, head + 4 + length)) as Message;
      this.#received = this.#received.subarray(head + 4 + length);
      this.#handle(message);
    }
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      const pending = this.#pending.get(id as number);
      this.#pending.delete(id as number);
      if (error) pending?.reject(Object.assign(new Error(error.message), { code: error.code, data: error.data }));
      else pending?.resolve(result);
    } else if (id === undefined) this.notifications.push({ method, params });
    else {
      if (method === 'workspace/diagnostic/refresh') this.refreshes++;
      this.#send({ id, result: method === 'workspace/configuration' ? params.items.map(({ scopeUri }: { scopeUri?: string }) => this.#settings(scopeUri)) : null });
    }
    this.#wake();
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The range of a span as an editor counts it: a lone carriage return ends a line as well. */
export function rangeOf(text: string, { start, end }: Span): Range {
  const document = TextDocument.create('', '', 0, text);
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

function limited<T>(promise: Promise<T>, message: () => string, wait = patience): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => reject(new Error(`${message()} within ${wait} ms`)), wait); });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}
