import { createHash } from 'node:crypto';
import { configurationFile } from '#configuration/configuration.js';
import { recogniser } from '#engine/recognise.js';
import type { Unread } from '#engine/unread.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport, skippedReport, type FileReport } from '#reports/file-report.js';
import { encode, type Content, type Encoding, type Files, type Listed } from './workspace-files.js';
import type { Settings } from './workspace-settings.js';
import type { Linted } from './workspace-linted.js';
import { Workspace } from './workspace.js';

/** What scanning one workspace gave. */
export interface Scanned {
  readonly files: readonly FileReport[];
  /** What was asked for and not read; paths are from the base of the report. */
  readonly unread: readonly Unread[];
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
  const read = new Set(files.map(({ path }) => path));
  const unread = workspace
    .unread((path) => read.has(prefix + path) || path === configurationFile)
    .filter(({ path }) => wanted(path.replace(/\/$/, '')))
    .map((one) => ({ ...one, path: prefix + one.path }));
  const byName = recogniser(registry.formats, settings.overrides);
  for (const { path, reason, because } of unread) {
    if (reason === 'excluded' || path.endsWith('/')) continue;
    const format = byName(path.slice(prefix.length), () => '');
    if (format === undefined) continue;
    const status = reason === 'not allowed' ? 'unreadable' : 'skipped';
    files.push(skippedReport({ root, path, format, size: 0, status, because }));
  }
  return { files, unread, fixable, workspace };
}

/** The report of a file as it was linted, with the hash of its bytes. */
export function reportOfFile(
  root: string,
  path: string,
  { format, text, outcome, includedBy: by }: Pick<Linted, 'format' | 'text' | 'outcome' | 'includedBy'>,
  encoding: Encoding,
): FileReport {
  const bytes = encode(text, encoding);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const includedBy = by?.map((one) => (root === '.' ? one : `${root}/${one}`));
  return fileReport({ root, path, format, text, size: bytes.length, sha256, outcome, includedBy });
}

/** Files that remember how the bytes of each text were spelled. */
class WatchedFiles implements Files {
  readonly encodings = new Map<string, Encoding>();
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  list(...asked: Parameters<Files['list']>): Iterable<Listed> {
    return this.#files.list(...asked);
  }

  read(path: string): Content {
    const content = this.#files.read(path);
    if (typeof content === 'object') this.encodings.set(path, content.encoding);
    return content;
  }

  holds(path: string, excluded: (path: string) => boolean): 'file' | 'link' | 'folder' | undefined {
    return this.#files.holds(path, excluded);
  }
}
