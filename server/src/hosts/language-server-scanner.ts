import { WorkDoneProgress, WorkDoneProgressCancelNotification, type CancellationToken, type Connection } from 'vscode-languageserver';
import { combine, configurationFile } from '#configuration/configuration.js';
import type { Unread } from '#engine/unread.js';
import { fileReport, type FileReport } from '#reports/file-report.js';
import { render } from '#reports/render.js';
import { reportOf, type Root as ReportedRoot } from '#reports/report.js';
import { slice, type Hand } from './language-server-hand.js';
import type { Host } from './language-server-host.js';
import type { Diagnostics } from './language-server-diagnostics.js';
import type { Publisher } from './language-server-publisher.js';
import type { Root, Roots } from './language-server-roots.js';
import type { ReportParams, ReportResult, ScanResult } from './protocol.js';
import { encode } from './workspace-files.js';
import type { Linted } from './workspace-linted.js';

declare const HIPAA_LINT_VERSION: string;

/** How long a change of the configuration waits for the next before every file is linted again, in milliseconds. */
const settle = 300;

type Token = string | number | undefined;
type Progress =
  | { readonly kind: 'begin'; readonly title: string; readonly cancellable: boolean; readonly percentage: number }
  | { readonly kind: 'report'; readonly message: string; readonly percentage: number }
  | { readonly kind: 'end' };

/** Whatever takes longer than an answer may: reading the workspace, scanning it, following changes on disk. */
export class Scanner {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #roots: Roots;
  readonly #diagnostics: Diagnostics;
  readonly #publisher: Publisher;
  readonly #hand: Hand;
  readonly #touched = new Map<string, boolean>();
  readonly #cancelled = new Set<string | number>();
  #working = false;
  #round = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, host: Host, roots: Roots, diagnostics: Diagnostics, publisher: Publisher, hand: Hand) {
    this.#connection = connection;
    this.#host = host;
    this.#roots = roots;
    this.#diagnostics = diagnostics;
    this.#publisher = publisher;
    this.#hand = hand;
    publisher.onOutdated = () => void this.#work();
  }

  listen(): void {
    this.#connection.onNotification(WorkDoneProgressCancelNotification.type, ({ token }) => void this.#cancelled.add(token));
  }

  /** Reads what is not known of the workspaces yet, in the background. Files that asked for it are linted again. */
  index(): void {
    void this.#read((root) => root.workspace.stale);
  }

  /** Lints what a scan had linted again, because every verdict may be another now. */
  again(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => void this.#read((root) => root.scanned || root.workspace.stale), settle);
  }

  /** A file was created, changed or deleted by somebody. */
  touched(uri: string, created: boolean): void {
    this.#touched.set(uri, created || (this.#touched.get(uri) ?? false));
    void this.#work();
  }

  /** Files of a root that were asked for in vain have come. */
  arrived(root: Root, paths: readonly string[]): void {
    root.workspace.arrived(paths);
    if (paths.includes(configurationFile)) this.#followConfiguration(root);
    this.#publisher.spread();
  }

  /** A document was closed: if a scan knows its file, what stands on disk counts again. */
  closed(uri: string): void {
    const { root, path } = this.#roots.placeOf(uri);
    if (root.scanned) this.#lint(root, path);
    this.#publisher.closed(uri);
    this.#publisher.spread();
  }

  async scan(progress: Token, token: CancellationToken): Promise<ScanResult> {
    let files = 0;
    let findings = 0;
    const kept = new Set<string>();
    const done = await this.#walk('HIPAA Lint: scanning', progress, token, (root, linted) => {
      files++;
      findings += linted.outcome.findings.filter(({ exception }) => !exception).length;
      kept.add(this.#keep(root, linted));
    });
    if (done) for (const root of this.#roots.all) {
      root.scanned = true;
      this.#dropAllBut(root, kept);
    }
    this.#publisher.spread();
    const off = this.#roots.folders.length > 0 && this.#roots.folders.every(({ settings }) => !settings.enabled);
    return { files, findings, cancelled: !done, ...(off && { off }) };
  }

  async report(format: ReportParams['format'], progress: Token, token: CancellationToken): Promise<ReportResult> {
    const linting: (FileReport | Promise<FileReport>)[] = [];
    const names = new Map<Root, string>();
    const unread: Unread[] = [];
    const read = new Map<Root, Set<string>>();
    for (const root of this.#roots.all) names.set(root, nameOf(root, this.#roots.folders.length, names));
    await this.#walk('HIPAA Lint: report', progress, token, (root, linted) => {
      const { bytes, unsaved } = bytesOf(root, linted);
      const name = names.get(root)!;
      read.set(root, (read.get(root) ?? new Set<string>()).add(linted.path));
      const { path, format, text, outcome } = linted;
      const includedBy = linted.includedBy?.map((by) => inBase(name, by));
      const file = { root: name, path: inBase(name, path), format, text, size: bytes.length, outcome, includedBy };
      if (unsaved) {
        linting.push(fileReport({ ...file, unsaved }));
        return;
      }
      const hash = this.#host.sha256(bytes);
      linting.push(typeof hash === 'string' ? fileReport({ ...file, sha256: hash }) : hash.then((sha256) => fileReport({ ...file, sha256 })));
    });
    const files = await Promise.all(linting);
    const roots = this.#roots.all.map((root): ReportedRoot => {
      const { text, configuration, editor, reading } = root.settings;
      const name = names.get(root)!;
      const wasRead = (path: string) => path === configurationFile || (read.get(root)?.has(path) ?? false);
      for (const one of root.workspace.unread(wasRead)) {
        unread.push({ ...one, path: inBase(name, one.path) });
      }
      return { name, configuration: combine(configuration, editor), problems: reading.problems, ...(text !== undefined && { file: { path: inBase(name, configurationFile), text } }) };
    });
    return { text: render(reportOf({ version: HIPAA_LINT_VERSION, time: new Date().toISOString(), roots, files, unread }), format) };
  }

  /** Lints every file of every root. Whether it came to the end. */
  async #walk(title: string, progress: Token, token: CancellationToken, each: (root: Root, linted: Linted) => void): Promise<boolean> {
    const report = (value: Progress) => this.#progress(progress, value);
    const cancelled = () => token.isCancellationRequested || (progress !== undefined && this.#cancelled.has(progress));
    report({ kind: 'begin', title, cancellable: true, percentage: 0 });
    try {
      let before = 0;
      for (const root of this.#roots.all) {
        let total = 0;
        let end: string;
        do {
          end = await root.workspace.scan({
            lint: true,
            each: (linted) => each(root, linted),
            progress: (done, all) => {
              total = all;
              report({ kind: 'report', message: `${before + done} / ${before + all}`, percentage: all === 0 ? 100 : Math.floor((100 * done) / all) });
            },
            pause: () => this.#hand.pause(),
            cancelled,
          });
        } while (end === 'superseded');
        if (end === 'cancelled') return false;
        before += total;
      }
      return true;
    } finally {
      report({ kind: 'end' });
      if (progress !== undefined) this.#cancelled.delete(progress);
    }
  }

  /** Reads roots in the background; a newer round ends an older one. */
  async #read(wanted: (root: Root) => boolean): Promise<void> {
    const round = ++this.#round;
    try {
      for (const root of this.#roots.all.filter(wanted)) {
        let end: string;
        const kept = new Set<string>();
        let lint: boolean;
        do {
          kept.clear();
          lint = root.scanned;
          end = await root.workspace.scan({ lint, each: (linted) => kept.add(this.#keep(root, linted)), pause: () => this.#hand.pause(), cancelled: () => round !== this.#round });
        } while (end === 'superseded');
        if (end === 'cancelled') return;
        if (lint) this.#dropAllBut(root, kept);
      }
      this.#publisher.spread();
    } catch (error) {
      this.#log(error);
    }
  }

  /** Works off what changed on disk and what that made out of date, a few milliseconds at a time. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      await this.#hand.pause();
      let since = performance.now();
      const pace = async () => {
        if (performance.now() - since < slice) return;
        await this.#hand.pause();
        since = performance.now();
      };
      for (let outdated = this.#publisher.takeOutdated(); this.#touched.size > 0 || outdated.length > 0; outdated = this.#publisher.takeOutdated()) {
        for (const [uri, created] of this.#touched) {
          this.#touched.delete(uri);
          const { root, path } = this.#roots.placeOf(uri);
          if (root.files?.distance) await root.workspace.catchUp(path);
          this.#follow(uri, created);
          await pace();
        }
        if (outdated.length > 0) await this.#hand.rested();
        for (const uri of outdated) {
          const { root, path } = this.#roots.placeOf(uri);
          this.#lint(root, path);
          await pace();
        }
        this.#publisher.spread();
      }
    } catch (error) {
      this.#log(error);
    } finally {
      this.#working = false;
    }
    if (this.#roots.all.some(({ workspace }) => workspace.stale)) this.#readSoon();
  }

  #readSoon(): void {
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.index(), settle);
  }

  #follow(uri: string, created: boolean): void {
    const { root, path } = this.#roots.placeOf(uri);
    if (root.uri === undefined) return;
    if (path === configurationFile) return this.#followConfiguration(root);
    for (const file of root.workspace.changedOnDisk(path, created)) this.#touched.set(root.uriOf(file), true);
    if (root.scanned) this.#lint(root, path);
  }

  #followConfiguration(root: Root): void {
    root.settings.reload();
    this.#publisher.stored(root.uriOf(configurationFile), this.#diagnostics.storeConfiguration(root));
    this.#publisher.everything();
    this.again();
  }

  /** Lints one file of a scanned root again, or one that an open document includes, unless it is open itself. */
  #lint(root: Root, path: string): void {
    if (root.workspace.isOpen(path) || path === configurationFile) return;
    const linted = root.scanned || root.workspace.isReadThrough(path) ? root.workspace.lint(path) : undefined;
    if (linted) this.#keep(root, linted);
    // What was found in a file stands until it has been read again.
    else if (!root.workspace.isPending(path)) this.#publisher.stored(root.uriOf(path), this.#diagnostics.drop(root.uriOf(path)));
  }

  /** Keeps what was found in a file, and says its address. */
  #keep(root: Root, linted: Linted): string {
    const uri = root.uriOf(linted.path);
    if (root.uri !== undefined) this.#publisher.stored(uri, this.#diagnostics.store(root, linted));
    return uri;
  }

  /** Forgets what an earlier scan found in files that are not read any more: deleted unseen, excluded, or of no format now. */
  #dropAllBut(root: Root, kept: ReadonlySet<string>): void {
    for (const uri of [...this.#diagnostics.stored.keys()]) {
      const place = this.#roots.placeOf(uri);
      if (place.root !== root || place.path === configurationFile || kept.has(uri)) continue;
      if (!root.workspace.isPending(place.path)) this.#publisher.stored(uri, this.#diagnostics.drop(uri));
    }
  }

  #progress(token: Token, value: Progress): void {
    if (token !== undefined) this.#connection.sendProgress(WorkDoneProgress.type, token, value).catch((error: unknown) => this.#log(error));
  }

  #log(error: unknown): void {
    this.#connection.console.error(`reading the workspace failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}

/** How a report calls a root: `.` for the only folder, else the name of the folder, told apart by a number where two are alike. */
function nameOf(root: Root, folders: number, taken: ReadonlyMap<Root, string>): string {
  if (root.uri === undefined || folders <= 1) return '.';
  const name = decodeURIComponent(root.uri.slice(root.uri.lastIndexOf('/') + 1));
  const used = new Set(taken.values());
  for (let i = 2, unique = name; ; i++) {
    if (!used.has(unique)) return unique;
    unique = `${name} (${i})`;
  }
}

function inBase(name: string, path: string): string {
  return name === '.' ? path : `${name}/${path}`;
}

/** The bytes of a file as they are on disk, or would be if what is on the screen, and not known to be on the disk, were saved. */
function bytesOf(root: Root, { path, text }: Linted): { readonly bytes: Uint8Array; readonly unsaved: boolean } {
  const content = root.files?.read(path);
  const file = typeof content === 'object' ? content : undefined;
  return { bytes: encode(text, file?.encoding ?? 'utf-8'), unsaved: file?.text !== text };
}
