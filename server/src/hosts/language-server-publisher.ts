import {
  LSPErrorCodes, ResponseError, type CancellationToken, type Connection, type DiagnosticServerCancellationData, type DocumentDiagnosticReport,
  type PreviousResultId, type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Abilities } from './language-server-abilities.js';
import { reportOf, type Diagnostics, type Result } from './language-server-diagnostics.js';
import type { Hand } from './language-server-hand.js';
import { canonical, type Root, type Roots } from './language-server-roots.js';
import { pause, soon } from './language-server-soon.js';
import { statusNotification } from './protocol.js';

/** A document that takes longer than this to lint, in milliseconds, waits for the keystrokes that are already on the way. */
const quick = 100;
const longestWait = 150;
/** How often what came during a long lint is let in after it: once to be read, and once for each message, of which an edit is among the first. */
const turnsToHear = 4;
/** Changes that reach others are announced together. */
const announceAfter = 50;

/** Brings diagnostics to the client: answers when it pulls, publishes when it cannot. Never publishes what it does not know yet. */
export class Publisher {
  readonly #connection: Connection;
  readonly #roots: Roots;
  readonly #documents: ReadonlyMap<string, TextDocument>;
  readonly #diagnostics: Diagnostics;
  readonly #can: Abilities;
  readonly #hand: Hand;
  /** The work that will be done for a document, unless other work replaces it. */
  readonly #waiting = new Map<string, () => void>();
  readonly #cost = new Map<string, number>();
  readonly #published = new Map<string, string>();
  /** Documents that were closed while a pulling client was shown something of them, by their canonical address, as it spells them. */
  readonly #left = new Map<string, string>();
  /** When a document is looked at again because more may be shown once the hand rests. */
  readonly #looks = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #statuses = new Map<string, string>();
  #announcement: ReturnType<typeof setTimeout> | undefined;
  /** Whether those who asked are looked for as soon as the hand rests. */
  #resting = false;
  /** Files nobody has open whose kept results may be out of date; see {@link takeOutdated}. */
  readonly #outdated = new Set<string>();
  onOutdated: () => void = () => {};
  /** What is waited for before anything is said of a document: the settings, which may take it all back. */
  ready: Promise<void> = Promise.resolve();

  constructor(
    connection: Connection, roots: Roots, documents: ReadonlyMap<string, TextDocument>, diagnostics: Diagnostics, can: Abilities,
    hand: Hand,
  ) {
    this.#connection = connection;
    this.#roots = roots;
    this.#documents = documents;
    this.#diagnostics = diagnostics;
    this.#can = can;
    this.#hand = hand;
  }

  /** A document was opened or edited. */
  changed(uri: string): void {
    if (this.#can.pull) return;
    const cost = this.#cost.get(uri) ?? 0;
    const work = () => {
      if (this.#waiting.get(uri) !== work) return;
      this.#waiting.delete(uri);
      void this.#publish(uri);
    };
    this.#waiting.set(uri, work);
    if (cost > quick) setTimeout(work, Math.min(cost / 2, longestWait));
    else soon(work);
  }

  /** Anything may be different: the configuration changed, or the workspace has been read. */
  everything(): void {
    if (this.#can.pull) this.#announce();
    else for (const uri of this.#documents.keys()) this.changed(uri);
  }

  /** A kept result is new. Pulling clients are told to ask, others get it. */
  stored(uri: string, result: Result | undefined): void {
    if (!result) return;
    if (this.#can.pull) this.#announce();
    else if (this.#openUri(uri) === undefined) this.#send(uri, result);
  }

  /** A document is closed: what is known of its file, or nothing, is shown from now on. */
  closed(uri: string): void {
    this.#waiting.delete(uri);
    this.#cost.delete(uri);
    clearTimeout(this.#looks.get(uri));
    this.#looks.delete(uri);
    this.#statuses.delete(uri);
    if (this.#can.pull) this.#left.set(this.#canonical(uri), uri);
    else this.#send(uri, this.#diagnostics.stored.get(this.#canonical(uri)) ?? { id: '', items: [] });
  }

  /** A folder was closed: what was known of its files is not shown any more. */
  gone(root: Root): void {
    for (const uri of [...this.#diagnostics.stored.keys()]) if (uri.startsWith(`${root.uri}/`)) this.stored(uri, this.#diagnostics.drop(uri));
  }

  /**
   * The diagnostics of the text as it is when it is answered. A pull that was cancelled or overtaken by an edit ends with the
   * error that says so: while a long document is linted nothing can be heard, so it is looked for before and after.
   */
  async pulled(uri: string, previous: string | undefined, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    endIfCancelled(token);
    const cost = this.#cost.get(uri) ?? 0;
    if (cost > quick) {
      await new Promise((done) => setTimeout(done, Math.min(cost / 2, longestWait)));
      endIfCancelled(token);
    }
    const result = await this.#timely(uri);
    endIfCancelled(token);
    if (!result) throw new ResponseError(LSPErrorCodes.ServerCancelled, 'the text has changed', { retriggerRequest: true } satisfies DiagnosticServerCancellationData);
    const affected = this.#othersInTime(uri);
    const report = reportOf(result, previous);
    if (!this.#can.related || affected.length === 0) return report;
    return { ...report, relatedDocuments: Object.fromEntries(affected.map((other) => [other, reportOf(this.#lint(other), undefined)])) };
  }

  pulledAll(previous: readonly PreviousResultId[]): WorkspaceDiagnosticReport {
    const told = new Map(previous.map(({ uri, value }) => [this.#canonical(uri), { uri, value }]));
    const items: WorkspaceDiagnosticReport['items'] = [];
    for (const [uri, stored] of this.#diagnostics.stored) {
      const open = this.#openUri(uri);
      const result = open === undefined ? stored : this.#lint(open);
      if (told.get(uri)?.value !== result.id) items.push({ kind: 'full', uri: open ?? uri, version: result.version ?? null, resultId: result.id, items: [...result.items] });
    }
    for (const [uri, { uri: spelled }] of new Map([...[...this.#left].map(([uri, spelled]) => [uri, { uri: spelled }] as const), ...told])) {
      if (!this.#diagnostics.stored.has(uri) && this.#openUri(uri) === undefined) items.push({ kind: 'full', uri: spelled, version: null, items: [] });
    }
    this.#left.clear();
    return { items };
  }

  /** The files whose kept results may be out of date, once. */
  takeOutdated(): readonly string[] {
    const outdated = [...this.#outdated];
    this.#outdated.clear();
    return outdated;
  }

  /** Hands on what other files asked for and what has changed since; returns the open documents among the askers. */
  #others(uri?: string): readonly string[] {
    const open: string[] = [];
    let some = false;
    for (const root of this.#roots.all) {
      for (const path of root.workspace.takeAffected()) {
        const document = root.open.get(path);
        if (document !== undefined) open.push(document);
        else if (root.scanned || root.workspace.isReadThrough(path) || this.#diagnostics.stored.has(root.uriOf(path))) {
          this.#outdated.add(root.uriOf(path));
          some = true;
        }
      }
    }
    if (some) this.onOutdated();
    const others = open.filter((other) => other !== uri);
    if (this.#can.pull) { if (others.length > 0) this.#announce(); }
    else for (const other of others) this.changed(other);
    return others;
  }

  /** As {@link #others}, where the hand rests; while it types, they wait until it does. */
  #othersInTime(uri: string): readonly string[] {
    if (!this.#hand.isTyping) return this.#others(uri);
    if (!this.#resting) {
      this.#resting = true;
      void this.#hand.rested().then(() => {
        this.#resting = false;
        this.#others();
      });
    }
    return [];
  }

  /** Reaches those who asked for what changed outside of documents. */
  spread(): void {
    this.#others();
  }

  /** An open document under the name the client gave it. */
  #openUri(uri: string): string | undefined {
    const { root, path } = this.#roots.placeOf(uri);
    return root.open.get(path);
  }

  #canonical(uri: string): string {
    return canonical(this.#roots.placeOf(uri));
  }

  async #publish(uri: string): Promise<void> {
    await this.ready;
    if (!this.#documents.has(uri)) return;
    try {
      const result = await this.#timely(uri);
      if (!result) return;
      this.#send(uri, result);
      this.#sendStatus(uri, result);
      this.#othersInTime(uri);
    } catch (error) {
      this.#connection.console.error(`linting failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }

  /** The result of a document as it is, or nothing where it has changed since: while a long document is linted nothing can be heard. */
  async #timely(uri: string): Promise<Result | undefined> {
    const before = performance.now();
    const result = this.#lint(uri);
    if (performance.now() - before <= quick) return result;
    for (let turn = 0; turn < turnsToHear; turn++) await pause();
    return this.#documents.get(uri)?.version === result.version ? result : undefined;
  }

  #lint(uri: string): Result {
    const before = performance.now();
    const result = this.#diagnostics.ofDocument(uri);
    const cost = performance.now() - before;
    this.#lookAgain(uri, result);
    // A remembered answer says nothing about the next one.
    if (cost > 1) this.#cost.set(uri, cost);
    return result;
  }

  /** Shows what waits for the hand to rest, when it does. */
  #lookAgain(uri: string, { again }: Result): void {
    clearTimeout(this.#looks.get(uri));
    this.#looks.delete(uri);
    if (again === undefined) return;
    this.#looks.set(uri, setTimeout(() => {
      this.#looks.delete(uri);
      if (this.#can.pull) this.#announce();
      else this.changed(uri);
    }, again));
  }

  #send(uri: string, { id, items, version }: Result): void {
    const name = `${id} ${version ?? ''}`;
    const key = this.#canonical(uri);
    if (this.#published.get(key) === name || (items.length === 0 && version === undefined && !this.#published.has(key))) return;
    if (version === undefined && items.length === 0) this.#published.delete(key);
    else this.#published.set(key, name);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [...items], ...(version !== undefined && { version }) });
  }

  #sendStatus(uri: string, result: Result): void {
    if (!this.#can.status) return;
    const status = this.#diagnostics.statusOf(uri, result);
    const said = JSON.stringify(status);
    if (this.#statuses.get(uri) === said) return;
    this.#statuses.set(uri, said);
    void this.#connection.sendNotification(statusNotification, status);
  }

  #announce(): void {
    if (!this.#can.refresh || this.#announcement !== undefined) return;
    this.#announcement = setTimeout(() => {
      this.#announcement = undefined;
      this.#connection.languages.diagnostics.refresh().catch(() => {});
    }, announceAfter);
  }
}

function endIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
