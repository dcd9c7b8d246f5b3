import { alone, analyse, reconsider, type Analysis, type Surroundings } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import type { Registry } from '#engine/registry.js';
import type { Unread } from '#engine/unread.js';
import { ExportIndex, exportsOf, inclusionsOf, tells } from './workspace-exports.js';
import { isReadable, type Files } from './workspace-files.js';
import { Inclusions } from './workspace-inclusions.js';
import type { Document, Linted } from './workspace-linted.js';
import { PathList } from './workspace-paths.js';
import { Questions } from './workspace-questions.js';
import { Recognition } from './workspace-recognition.js';
import { deepest, fetched, listed, pacemaker, type Scan, type ScanEnd } from './workspace-scan.js';
import { unconfigured, type Settings } from './workspace-settings.js';
import { isShared, SharedAnswers } from './workspace-shared.js';
import { surroundingsOf } from './workspace-surroundings.js';
import { Texts } from './workspace-texts.js';

/** How much text a scan keeps parsed, in UTF-16 units, until it can ask those files again; a tree is many times its text. */
const keptTrees = 4 * 1024 * 1024;
/** How many files are fetched at a time, where they are at a distance. */
const batch = 64;

/**
 * The files below one root, as disk and open documents have them, and what they ask and tell each other. An edit costs
 * the document that changed and the files that asked for what changed in it; nothing grows with the workspace. Without
 * `files` every document stands alone. Nothing here throws for what a file holds.
 */
export class Workspace {
  readonly #registry: Registry;
  readonly #files: Files | undefined;
  #settings: Settings;
  readonly #recognition: Recognition;
  readonly #documents = new Map<string, Document>();
  /** Documents whose text changed since their exports were last taken. */
  readonly #unsettled = new Set<string>();
  readonly #affected = new Set<string>();
  readonly #questions = new Questions();
  readonly #shared = new SharedAnswers(
    this.#questions, (asker) => this.#surroundingsOf(asker), (askers) => this.#affect(askers));
  readonly #exports = new ExportIndex();
  readonly #paths = new PathList();
  readonly #inclusions = new Inclusions(this.#paths);
  readonly #texts: Texts | undefined;
  /** What the last listing left out. */
  #passedOver: readonly Unread[] = [];
  #listed = false;
  #indexed = false;
  #generation = 0;

  constructor(registry: Registry, files?: Files, settings: Settings = unconfigured) {
    this.#registry = registry;
    this.#files = files;
    this.#texts = files && new Texts(files);
    this.#settings = settings;
    this.#recognition = new Recognition(registry, files, settings, (path) => this.#inclusions.formatOf(path));
  }

  /** Whether every file that could tell something has been read, so that what is not there is known not to be there. */
  get complete(): boolean {
    return this.#indexed && this.#listed && this.#recognition.tooLarge.size === 0;
  }

  /** Whether the files must be listed (again) by a {@link scan}. */
  get stale(): boolean {
    return this.#files !== undefined && (!this.#listed || !this.#indexed);
  }

  /** Files that could not be read because they exceed {@link largestFile}, as far as somebody tried. */
  get tooLarge(): ReadonlySet<string> {
    return this.#recognition.tooLarge;
  }

  /** Whether a file could not be read because it has not arrived, when somebody last tried. */
  isPending = (path: string): boolean => this.#recognition.pending.has(path);

  /**
   * What the last {@link scan} met and did not read, with the reason: whatever it listed that is not among the paths that were
   * linted, and what the listing left out.
   */
  unread(wasLinted: (path: string) => boolean): readonly Unread[] {
    const met = this.#paths.files().filter((path) => !wasLinted(path));
    return [...this.#passedOver, ...met.map((path) => this.#recognition.unread(path))];
  }

  isOpen = (path: string): boolean => this.#documents.has(path);

  /** Takes a new configuration. Where it names other files than before, the workspace must be scanned again. */
  configure(settings: Settings): void {
    const same = settings.isExcluded === this.#settings.isExcluded && JSON.stringify(settings.overrides) === JSON.stringify(this.#settings.overrides);
    this.#settings = settings;
    for (const document of this.#documents.values()) document.linted = undefined;
    if (same) return;
    this.#recognition.configure(settings);
    this.refresh();
  }

  /** Forgets what is known of the disk, so that the next {@link scan} learns it anew. */
  refresh(): void {
    this.#generation++;
    this.#listed = this.#indexed = false;
    this.#recognition.forgetAll();
    this.#texts?.clear();
    this.#exports.clear();
    this.#shared.clear();
    this.#inclusions.clear();
    for (const [path, document] of this.#documents) {
      document.analysis = document.linted = undefined;
      this.#unsettled.add(path);
    }
  }

  /** A document was opened or its text changed. Costs nothing until somebody asks. */
  edit(path: string, text: string, language?: string): void {
    const document = this.#documents.get(path);
    if (document) {
      document.text = text;
      document.linted = undefined;
    } else {
      this.#documents.set(path, { text, language, format: undefined, own: true, analysis: undefined, linted: undefined });
      if (this.#paths.add(path, false)) this.#affectByName(path, path);
      // What it includes is read through as long as it is open.
      this.#affect(this.#inclusions.takenInBy(path));
    }
    this.#unsettled.add(path);
  }

  /** A document was closed: the file counts again, if there is one. */
  close(path: string): void {
    if (!this.#documents.delete(path)) return;
    this.#unsettled.delete(path);
    this.#affect(this.#inclusions.takenInBy(path));
    this.#forget(path);
    this.changedOnDisk(path);
    if (this.#inclusions.formatOf(path) !== undefined) this.#include([path]);
  }

  /**
   * A file was created, changed or deleted by another program; open documents are not touched by it. A change of
   * `.gitignore` makes the workspace {@link stale}.
   * @returns the files of a folder that came or went, which are to be followed as well
   */
  changedOnDisk(path: string, created = false): readonly string[] {
    if (!this.#files) return [];
    this.#texts?.forget(path);
    if (this.#documents.has(path)) return [];
    this.#recognition.forget(path);
    const known = this.#paths.has(path);
    const kind = this.#files.holds(path, this.#settings.isExcluded);
    if (path.endsWith('.gitignore')) this.refresh();
    if (kind === 'folder') return created ? [...this.#files.list(this.#settings.isExcluded, path)].map((file) => file.path) : [];
    if (kind === undefined) {
      const gone = known ? [path] : this.#paths.below(`${path}/`);
      for (const file of gone) {
        this.#paths.remove(file);
        this.#forget(file);
        this.#affectByName(file);
      }
      if (gone.length === 0) this.#affect(this.#questions.ofFile(path));
      return known ? [] : gone;
    }
    if (this.#paths.add(path, kind === 'link')) this.#affectByName(path, path);
    else this.#affect(this.#questions.ofFile(path), path);
    if (kind === 'file') this.#index(path);
    return [];
  }

  /** The files that asked for what has changed since this was last called; they must be linted again. */
  takeAffected(): ReadonlySet<string> {
    this.#settle();
    this.#shared.settleAll();
    const affected = new Set(this.#affected);
    this.#affected.clear();
    return affected;
  }

  /** The format of a file, or nothing where no format claims it or its content cannot be read. */
  formatOf(path: string): string | undefined {
    this.#settle();
    const document = this.#documents.get(path);
    return document ? document.format : this.#recognition.ofFile(path)?.format;
  }

  /** Whether an open document includes a file no format claims, directly or through others: its findings are shown with the document. */
  isReadThrough = (path: string): boolean => this.#inclusions.isAdopted(path) && this.#inclusions.leadTo(path, this.isOpen);

  /** Whether a file is of its format by itself, and not only because others include it. */
  isOwn = (path: string): boolean => this.#documents.get(path)?.own ?? !this.#inclusions.isAdopted(path);

  /** Lints a document or a file. Nothing where no format claims it. The result for a document is remembered. */
  lint(path: string): Linted | undefined {
    const known = this.#learn(path);
    return known && this.#judge(path, known);
  }

  /** A document or a file as it is now, after others may know what it tells them. */
  #learn(path: string): Analysis | undefined {
    this.#settle();
    const document = this.#documents.get(path);
    return document ? document.analysis : this.#read(path);
  }

  #judge(path: string, known: Analysis): Linted {
    const document = this.#documents.get(path);
    if (document?.linted) this.#shared.settle(path);
    if (document?.linted) return document.linted;
    const linted = this.#ask(known);
    if (document) document.linted = linted;
    return linted;
  }

  /**
   * Reads the workspace: lists it, learns what its files tell each other and, if wanted, lints them. Files that asked for
   * what was not known yet are linted when everything is. Results come in no particular order.
   */
  async scan(scan: Scan): Promise<ScanEnd> {
    const generation = this.#generation;
    const pace = pacemaker(scan);
    const ended = (): ScanEnd | undefined => (scan.cancelled?.() ? 'cancelled' : generation !== this.#generation ? 'superseded' : undefined);
    if (!this.#listed) {
      const passedOver: Unread[] = [];
      const found = await listed(this.#files, this.#settings.isExcluded, passedOver, pace, ended);
      if (typeof found === 'string') return found;
      this.#paths.replace(found);
      this.#passedOver = passedOver;
      for (const path of this.#documents.keys()) if (!this.#paths.has(path)) this.#paths.add(path, false);
      this.#listed = true;
      this.#include(this.#inclusions.all());
    }
    this.#inclusions.takeAdopted();
    const paths = this.#paths.files();
    let done = 0;
    const later: { path: string; known: Analysis | undefined }[] = [];
    const included = new Set<string>();
    let size = 0;
    for (const path of paths) {
      if (this.#files?.distance && done % batch === 0) await this.#bringAll(paths.slice(done, done + batch), scan.lint);
      if (scan.lint) {
        const known = this.#learn(path);
        if (known && this.#inclusions.isAdopted(path)) included.add(path);
        // Who tells others something asks them as well, and is judged when all have been heard.
        const first = known && (this.#indexed || !tells(this.#registry.formats.get(known.format)));
        const linted = first && this.#judge(path, known);
        if (linted && !this.#questions.isWaiting(path)) scan.each?.(linted);
        else if (known) later.push({ path, known: (size += known.text.length) < keptTrees ? known : undefined });
      } else if (!this.#documents.has(path)) this.#index(path);
      done++;
      if (await pace()) {
        scan.progress?.(done, paths.length);
        const end = ended();
        if (end) return end;
      }
    }
    if (!this.#indexed) { this.#indexed = true; this.#affect(this.#questions.waiting()); }
    const adopt = () => {
      this.#settle();
      for (const path of this.#inclusions.takeAdopted()) if (scan.lint && !included.has(path)) included.add(path), later.push({ path, known: undefined });
    };
    adopt();
    for (const { path, known } of later) {
      const again = () => (known && !this.#documents.has(path) ? this.#ask(known) : this.lint(path));
      let now = again();
      // What one included file includes is known only when that has come.
      for (let round = 0; round < deepest && (!now || this.#questions.isWaiting(path)) && await this.#files?.distance?.bring(); round++) now = again();
      if (now) scan.each?.(now);
      // What comes from afar may include more.
      adopt();
      if (await pace()) { const end = ended(); if (end) return end; }
    }
    scan.progress?.(paths.length, paths.length);
    return 'done';
  }

  /** Fetches the files that are to be read next, all at once. */
  async #bringAll(paths: readonly string[], all: boolean): Promise<void> {
    for (const path of paths) this.#recognition.ofFile(path, (format) => all || tells(format));
    await this.#files?.distance?.bring();
  }

  /** Where files are at a distance, to be awaited before {@link changedOnDisk}: learns what is at a path now. */
  catchUp = (path: string): Promise<void> =>
    fetched(this.#files, path, this.#settings.isExcluded, () => this.#recognition.ofFile(path));

  /** Files that were asked for in vain have come: those who asked are linted again. */
  arrived = (paths: readonly string[]): void => paths.forEach((path) => this.#affect(this.#questions.ofFile(path)));

  /** Takes the exports of documents that changed, so that no answer is older than the text on the screen. */
  #settle(): void {
    for (const path of this.#unsettled) {
      this.#unsettled.delete(path);
      const document = this.#documents.get(path);
      if (!document) continue;
      document.linted = undefined;
      const readable = !this.#settings.isExcluded(path) && isReadable(document.text);
      const found = readable ? this.#recognition.ofDocument(path, document.text, document.language, document.format) : undefined;
      document.format = found?.format;
      document.own = found?.own ?? false;
      this.#inclusions.adopt(path, found?.own === false);
      document.analysis = document.format === undefined ? undefined : this.#analyse(document.format, path, document.text, document.analysis);
      if (!document.analysis) this.#questions.forget(path);
      this.#tell(path, document.analysis, document.own);
      this.#affect(this.#questions.ofFile(path), path);
    }
  }

  #analyse(name: string, path: string, text: string, previous?: Analysis): Analysis | undefined {
    const format = this.#registry.formats.get(name);
    if (!format) return undefined;
    try {
      return analyse(name, format, path, text, this.#surroundingsOf(path), previous);
    } catch {
      // A parser never throws; if one did, the file would go unlinted rather than take the editor's server down.
      return undefined;
    }
  }

  #tell(path: string, analysis: Analysis | undefined, own = false): void {
    const format = analysis && this.#registry.formats.get(analysis.format);
    for (const [kind, key] of this.#exports.put(path, (analysis && format) ? exportsOf(format, analysis) : [])) {
      this.#affect(this.#questions.ofExport(kind, key), path);
    }
    this.#include(this.#inclusions.put(path, analysis && format && { format: analysis.format, own, inclusions: inclusionsOf(format, analysis) }));
  }

  /** What includes these files has changed: they are judged anew, as what they are now. */
  #include(files: Iterable<string>): void {
    for (const path of [...files]) {
      this.#affect([path]);
      const document = this.#documents.get(path);
      if (document && !document.own) this.#unsettled.add(path);
      if (!document && this.#inclusions.adopt(path, this.#recognition.isUnclaimed(path))) this.#index(path);
    }
  }

  /**
   * Lints an analysis after forgetting what the file asked before. What is kept is one that was asked nothing: the answers are
   * many times the text, and holding them until the next keystroke costs more than finding those again that a hover needs.
   */
  #ask(analysis: Analysis): Linted {
    this.#questions.forget(analysis.path);
    const unasked = () => reconsider(this.#registry.formats.get(analysis.format)!, analysis, analysis.surroundings);
    const outcome = lint(unasked(), this.#registry, this.#settings.decisions);
    const { path, format, text } = analysis;
    const linted: Linted = { path, format, text, analysis: unasked(), outcome };
    return this.isOwn(path) ? linted : { ...linted, includedBy: this.#inclusions.firstOf(path) };
  }

  /** A file on disk and what it tells others. */
  #read(path: string): Analysis | undefined {
    const found = this.#recognition.ofFile(path);
    const analysis = found && this.#analyse(found.format, path, found.text);
    if (!analysis) {
      this.#forget(path);
      // Who could not be read asks for himself.
      if (this.isPending(path)) this.#questions.opened(path, path);
      return undefined;
    }
    this.#tell(path, analysis, found!.own);
    return analysis;
  }

  /** Learns what a file on disk tells others; files of formats that tell nothing are not even read. */
  #index(path: string): void {
    const found = this.#recognition.ofFile(path, tells);
    this.#tell(path, found && this.#analyse(found.format, path, found.text), found?.own);
    if (!found && this.isPending(path)) this.#questions.opened(path, path);
  }

  #surroundingsOf(asker: string): Surroundings {
    return this.#texts ? surroundingsOf(asker, {
      texts: this.#texts, documents: this.#documents, questions: this.#questions, exports: this.#exports, paths: this.#paths,
      inclusions: this.#inclusions, shared: this.#shared, listed: () => this.#listed, indexed: () => this.#indexed, complete: () => this.complete,
    }) : alone;
  }

  /** A file of this name came or went. */
  #affectByName(path: string, but?: string): void {
    this.#affect(this.#questions.ofName(path), but);
    this.#include(this.#inclusions.around(path));
  }

  #forget(path: string): void {
    this.#questions.forget(path);
    this.#tell(path, undefined);
  }

  #affect(askers: Iterable<string>, but?: string): void {
    for (const asker of askers) {
      if (asker === but) continue;
      if (isShared(asker)) {
        this.#shared.stale(asker);
        continue;
      }
      this.#affected.add(asker);
      const document = this.#documents.get(asker);
      if (document) document.linted = undefined;
    }
  }
}
