import { DiagnosticSeverity, DocumentDiagnosticReportKind, type Diagnostic, type FullDocumentDiagnosticReport, type UnchangedDocumentDiagnosticReport } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { notesOf, type Note } from '#assistance/notes.js';
import { Settling, type Stroke } from '#assistance/settling.js';
import { configurationFile } from '#configuration/configuration.js';
import { registry } from '#registry/registry.generated.js';
import { diagnosticOf } from './language-server-mapping.js';
import type { Place, Root, Roots } from './language-server-roots.js';
import type { StatusParams } from './protocol.js';
import { isReadable } from './workspace-files.js';
import type { Linted } from './workspace-linted.js';

/** The diagnostics of one file, with a name for this very set of them. */
export interface Result {
  readonly id: string;
  readonly items: readonly Diagnostic[];
  /** Absent for a file that is not open. */
  readonly version?: number;
  /** How long it holds at most, in milliseconds, where more may be shown when the hand rests. */
  readonly again?: number;
}

interface Remembered {
  readonly result: Result;
  /** What the result was made from: the same object means the same result. */
  readonly from: unknown;
}

/**
 * What is known about every file the client may be told of: open documents, the files of a scan, and configuration files
 * with faults. Results of documents are made when asked for; those of a scan are kept as plain data.
 */
export class Diagnostics {
  readonly #roots: Roots;
  readonly #documents: ReadonlyMap<string, TextDocument>;
  readonly #open = new Map<string, Remembered>();
  readonly #stored = new Map<string, Result>();
  /** What is shown of each open document while it is written. */
  readonly #settling = new Map<string, Settling>();
  readonly #failed = new Set<string>();
  /** Called once for each rule that failed: a defect of this product that the file's author need not see. */
  onFailure: (message: string) => void = () => {};
  /** Whether the client shows other places with a diagnostic. */
  relatedInformation = false;
  readonly #clock: () => number;
  #last = 0;

  constructor(roots: Roots, documents: ReadonlyMap<string, TextDocument>, clock: () => number = () => performance.now()) {
    this.#roots = roots;
    this.#documents = documents;
    this.#clock = clock;
  }

  /** An open document was changed, one stroke after the other; nothing is given where all of it was replaced. */
  edited(uri: string, strokes: readonly Stroke[] | undefined): void {
    if (strokes) this.#settling.get(uri)?.edited(strokes, this.#clock());
    else this.#settling.get(uri)?.replaced();
  }

  /** The diagnostics of an open document as it is now. */
  ofDocument(uri: string): Result {
    const document = this.#documents.get(uri);
    const { root, path } = this.#roots.placeOf(uri);
    if (!document) return this.#stored.get(root.uriOf(path)) ?? { id: '0', items: [] };
    const remembered = this.#open.get(uri);
    const isConfiguration = isConfigurationOf({ root, path });
    root.settings.keepDay();
    const linted = root.workspace.lint(path);
    const from = isConfiguration && root.settings.enabled ? root.settings.reading : (linted ?? `${document.version} ${isRead({ root, path })}`);
    this.#listen(linted);
    if (remembered?.from === from && remembered.result.again === undefined) return { ...remembered.result, version: document.version };
    const all = isConfiguration ? root.settings.notes() : linted ? notesOf(linted.outcome) : isRead({ root, path }) ? notesOfUnread(document) : [];
    let settling = this.#settling.get(uri);
    if (!settling) this.#settling.set(uri, (settling = new Settling()));
    const { notes, again } = settling.show(all, (offset) => document.positionAt(offset).line, this.#clock());
    const items = notes.map((note) => diagnosticOf(note, document, this.relatedInformation));
    const id = items.length === 0 && remembered?.result.items.length === 0 ? remembered.result.id : this.#newId();
    const result: Result = { id, items, version: document.version, ...(again !== undefined && { again }) };
    this.#open.set(uri, { result, from });
    return result;
  }

  /** What an editor is to say of an open document as a whole. */
  statusOf(uri: string, { items }: Result): StatusParams {
    const { root, path } = this.#roots.placeOf(uri);
    const undecided = items.filter(({ severity }) => severity === DiagnosticSeverity.Hint).length;
    const findings = items.length - undecided;
    const isConfiguration = isConfigurationOf({ root, path });
    const linted = isConfiguration ? undefined : root.workspace.lint(path);
    const title = isConfiguration ? 'HIPAA Lint configuration' : linted && (registry.formats.get(linted.format)?.title ?? linted.format);
    if (!root.settings.enabled) return { uri, state: 'off', findings, undecided };
    if (title !== undefined) return { uri, state: 'read', ...(linted && { format: linted.format }), title, findings, undecided };
    if (root.settings.excludes(path)) return { uri, state: 'excluded', findings, undecided };
    return { uri, state: isReadable(this.#documents.get(uri)?.getText() ?? '') ? 'unknown' : 'unreadable', findings: 0, undecided };
  }

  /** Keeps what a scan found in a file, and says whether the client has not been told so yet. */
  store(root: Root, linted: Linted): Result | undefined {
    this.#listen(linted);
    const uri = root.uriOf(linted.path);
    const document = TextDocument.create(uri, '', 0, linted.text);
    return this.#store(uri, notesOf(linted.outcome), document);
  }

  /** Keeps what is wrong in the configuration file of a root. */
  storeConfiguration(root: Root): Result | undefined {
    const { text } = root.settings;
    const uri = root.uriOf(configurationFile);
    if (root.uri === undefined) return undefined;
    return this.#store(uri, text === undefined ? [] : root.settings.notes(), TextDocument.create(uri, '', 0, text ?? ''));
  }

  /** A file is gone, or is not one of ours any more. */
  drop(uri: string): Result | undefined {
    const before = this.#stored.get(uri);
    if (!before) return undefined;
    this.#stored.delete(uri);
    return { id: this.#newId(), items: [] };
  }

  closed(uri: string): void {
    this.#open.delete(uri);
    this.#settling.delete(uri);
  }

  /** Every file with a kept result, by its canonical address. */
  get stored(): ReadonlyMap<string, Result> {
    return this.#stored;
  }

  #store(uri: string, notes: readonly Note[], document: TextDocument): Result | undefined {
    const before = this.#stored.get(uri);
    const items = notes.map((note) => diagnosticOf(note, document, this.relatedInformation));
    if (before ? JSON.stringify(before.items) === JSON.stringify(items) : items.length === 0) return undefined;
    const result = { id: this.#newId(), items };
    if (items.length > 0) this.#stored.set(uri, result);
    else this.#stored.delete(uri);
    return result;
  }

  #listen(linted: Linted | undefined): void {
    for (const { rule, message } of linted?.outcome.failures ?? []) {
      if (this.#failed.size < this.#failed.add(rule).size) this.onFailure(`The rule ${rule} failed on a ${linted!.format} file: ${message}`);
    }
  }

  #newId(): string {
    return String(++this.#last);
  }
}

export function isConfigurationOf({ root, path }: Place): boolean {
  return root.uri !== undefined && path === configurationFile;
}

/** Whether anybody wants the file read, whatever it holds. */
function isRead({ root, path }: Place): boolean {
  return root.settings.enabled && !root.settings.excludes(path);
}

/** A document nobody reads says why, where that is its size: silence would look like approval. */
function notesOfUnread(document: TextDocument): readonly Note[] {
  const text = document.getText();
  if (isReadable(text) || text.slice(0, 8192).includes('\0')) return [];
  return [{ span: { start: 0, end: 0 }, message: 'HIPAA Lint does not read files larger than 10 MB: nothing in this one was checked', severity: 'info' }];
}

/** A pull answer: everything, or that nothing changed since the client last asked. */
export function reportOf({ id, items }: Result, previous: string | undefined): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
  return previous === id
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
    : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: [...items] };
}
