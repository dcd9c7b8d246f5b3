import { createHash } from 'node:crypto';
import { headLength, recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport, skippedReport, type FileReport } from '#reports/file-report.js';
import { encode, largestFile, type Content, type Encoding, type Files, type Listed } from './workspace-files.js';
import type { Settings } from './workspace-settings.js';
import { Workspace, type Linted } from './workspace.js';

/** What scanning one workspace gave. */
export interface Scanned {
  readonly files: readonly FileReport[];
  /** The files with fixes, to be fixed and written by the one who scans. */
  readonly fixable: readonly { readonly linted: Linted; readonly encoding: Encoding }[];
  readonly workspace: Workspace;
}

export interface ScanFilesOptions {
  /** How reports name the workspace, `.` for the base. */
  readonly root: string;
  readonly settings: Settings;
  wanted(path: string): boolean;
  readonly keepFixable: boolean;
  progress?(done: number, total: number): void;
}

/** Lints the files of one workspace. Texts are let go as soon as their report is made, except where they have fixes. */
export async function scanFiles(source: Files, { root, settings, wanted, keepFixable, progress }: ScanFilesOptions): Promise<Scanned> {
  const watched = new WatchedFiles(source);
  const workspace = new Workspace(registry, watched, settings);
  const files: FileReport[] = [];
  const fixable: { linted: Linted; encoding: Encoding }[] = [];
  const prefix = root === '.' ? '' : `${root}/`;
  await workspace.scan({
    lint: true,
    ...(progress && { progress }),
    each: (linted) => {
      if (!wanted(linted.path)) return;
      const encoding = watched.encodings.get(linted.path) ?? 'utf-8';
      files.push(reportOfFile(root, prefix + linted.path, linted, encoding));
      if (keepFixable && linted.outcome.findings.some(({ fix, exception }) => fix && !exception)) fixable.push({ linted, encoding });
    },
  });
  const byName = recogniser(registry.formats, settings.overrides);
  for (const [path, trouble] of watched.troubles) {
    const format = wanted(path) ? byName(path, () => '') : undefined;
    if (format === undefined) continue;
    files.push(
      skippedReport({
        root,
        path: prefix + path,
        format,
        size: 0,
        ...(trouble === 'missing'
          ? { status: 'unreadable', because: 'it may not be read' }
          : { status: 'skipped', because: trouble === 'binary' ? 'it is not text' : `it is larger than ${largestFile / 1_048_576} MiB` }),
      }),
    );
  }
  return { files, fixable, workspace };
}

/** The report of a file as it was linted, with the hash of its bytes. */
export function reportOfFile(
  root: string,
  path: string,
  { format, text, outcome }: Pick<Linted, 'format' | 'text' | 'outcome'>,
  encoding: Encoding,
): FileReport {
  const bytes = encode(text, encoding);
  return fileReport({ root, path, format, text, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), outcome });
}

/** Files that remember what reading them was like: how they are spelled, and which could not be read. */
class WatchedFiles implements Files {
  readonly encodings = new Map<string, Encoding>();
  readonly #listed = new Set<string>();
  readonly #troubles = new Map<string, Exclude<Content, object>>();
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  /** Files of the workspace that are there and could not be read as text. */
  get troubles(): readonly (readonly [string, Exclude<Content, object>])[] {
    return [...this.#troubles].filter(([path]) => this.#listed.has(path));
  }

  *list(excluded: (path: string) => boolean): Iterable<Listed> {
    for (const file of this.#files.list(excluded)) {
      this.#listed.add(file.path);
      yield file;
    }
  }

  read(path: string): Content {
    const content = this.#files.read(path);
    if (typeof content === 'object') this.encodings.set(path, content.encoding);
    else this.#troubles.set(path, content);
    return content;
  }

  holds(path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined {
    return this.#files.holds(path, excluded);
  }
}

/** The format of a text that has no file, by the name it would have. */
export function formatOfText(path: string, text: string, settings: Settings): string | undefined {
  return recogniser(registry.formats, settings.overrides)(path, () => text.slice(0, headLength));
}
