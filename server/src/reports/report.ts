import { exceptionsOf, policyNames, policyOf, type Configuration, type Problem } from '#configuration/configuration.js';
import type { ExceptionKind } from '#engine/exceptions.js';
import { groupedBy } from '#engine/grouping.js';
import type { Family, Severity } from '#engine/rule.js';
import { inWords, policyFields } from '#engine/policy.js';
import { LineIndex } from '#engine/text.js';
import { unreadReasons, type Unread, type UnreadReason } from '#engine/unread.js';
import { table } from '#engine/table.js';
import { edition, type Citation } from '#safeguards/security-rule.js';
import { coverageOf, type Coverage } from './coverage.js';
import type { FileReport, ReportedFinding, ReportedUnresolved } from './file-report.js';

/** The statement every report carries where a reader cannot miss it. */
export const statement = 'Evidence for a technical evaluation under 164.308(a)(8). Not a compliance determination.';

/** What no reader of files can know; every report says so. */
export const limits: readonly string[] = [
  'Files show what is configured, not what runs: a device may run another version, another file, or none.',
  'People, contracts, buildings, training and procedures cannot be read from configuration; their rows are listed as not assessable.',
  'A row with evidence found has settings that were as they should be. It says nothing of what was not among the files.',
  'A default is what the documentation of the named version says; another version may differ.',
  'The report is a map of weaknesses. Treat it as confidential, and keep it six years where it serves as documentation under 164.316(b)(2)(i).',
];

/** Everything a report says, in plain data: the one thing every way of writing it reads. */
export interface Report {
  readonly tool: { readonly name: 'HIPAA Lint'; readonly version: string };
  readonly edition: string;
  /** When the files were read, in UTC, ISO 8601. */
  readonly time: string;
  readonly scope: Scope;
  readonly policy: readonly PolicyLine[];
  /** Rules whose severity somebody changed. */
  readonly changedRules: readonly { readonly rule: string; readonly severity: Severity | 'off'; readonly root: string }[];
  readonly inputs: readonly Input[];
  /** What was met and not read: never the same as clean. */
  readonly unread: UnreadFiles;
  readonly findings: readonly ReportedFinding[];
  readonly unresolved: readonly ReportedUnresolved[];
  readonly exceptions: readonly ReportedException[];
  /** How often each rule found its subject as it should be. */
  readonly complied: readonly { readonly rule: string; readonly count: number }[];
  readonly coverage: readonly Coverage[];
  /** What is wrong with configuration files, and rules that failed: a report with any of these is not whole. */
  readonly failures: readonly Failure[];
}

export interface Scope {
  /** The workspaces, as paths from the base of the report; the base itself is `.`. */
  readonly roots: readonly string[];
  readonly declared: 'complete' | 'partial';
  /** Patterns of files that were not read. */
  readonly excluded: readonly string[];
}

export interface PolicyLine {
  readonly name: string;
  readonly value: string;
  /** Who decided: `default`, a configuration file, the command line. */
  readonly origin: string;
  readonly meaning: string;
  /** Where the default comes from. */
  readonly source: string;
  /** The workspaces it holds in; absent where it holds in all. */
  readonly roots?: readonly string[];
}

/** What was met and not read, in sum and one by one. */
export interface UnreadFiles {
  /** How many files and folders there are of each reason; a folder counts once for all that is in it. */
  readonly counts: Readonly<Record<UnreadReason, number>>;
  /** By path; paths of folders end with a slash. */
  readonly files: readonly Unread[];
}

export type Input = Pick<FileReport, 'path' | 'format' | 'title' | 'size' | 'sha256' | 'unsaved' | 'includedBy' | 'status' | 'because'>;

/** What a report says of a text that is in an editor. */
export const unsavedText = 'as it stands in the editor, not known to be saved';

export interface ReportedException {
  readonly rule?: string;
  readonly kind?: ExceptionKind;
  readonly because?: string;
  readonly by?: string;
  readonly until?: string;
  readonly measure?: string;
  readonly ticket?: string;
  readonly state: 'in force' | 'expired' | 'malformed';
  /** Why it hides nothing. */
  readonly problem?: string;
  readonly path: string;
  readonly line: number;
  /** The patterns of an exception recorded outside the file it speaks of. */
  readonly files?: readonly string[];
  /** How many findings it covers. */
  readonly covers: number;
}

export interface Failure {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** One workspace of a report, with what was decided in it. */
export interface Root {
  /** Path from the base of the report; the base itself is `.`. */
  readonly name: string;
  readonly configuration: Configuration;
  /** The configuration file, if there is one: its path from the base, and its text. */
  readonly file?: { readonly path: string; readonly text: string };
  readonly problems: readonly Problem[];
}

/** What the one who scans knows. Times and hashes are arguments, so that the same inputs give the same report. */
export interface Scan {
  readonly version: string;
  /** UTC, ISO 8601. */
  readonly time: string;
  readonly roots: readonly Root[];
  readonly files: readonly FileReport[];
  /** What was met and not read, with paths from the base of the report. */
  readonly unread?: readonly Unread[];
}

/** Puts a report together. The order of files and roots does not matter. */
export function reportOf({ version, time, roots, files: unsorted, unread = [] }: Scan): Report {
  const files = [...unsorted].sort((a, b) => compare(a.path, b.path));
  const workspaces = [...roots].sort((a, b) => compare(a.name, b.name));
  const findings = saidAcross(files);
  const unresolved = files.flatMap((file) => file.unresolved);
  const counts = new Map<string, number>();
  for (const { complied } of files) for (const [rule, count] of complied) counts.set(rule, (counts.get(rule) ?? 0) + count);
  const complied = [...counts].map(([rule, count]) => ({ rule, count })).sort((a, b) => compare(a.rule, b.rule));
  return {
    tool: { name: 'HIPAA Lint', version },
    edition,
    time,
    scope: {
      roots: workspaces.map(({ name }) => name),
      declared: workspaces.length > 0 && workspaces.every(({ configuration }) => configuration.scope === 'complete') ? 'complete' : 'partial',
      excluded: [...new Set(workspaces.flatMap(({ configuration }) => configuration.exclude))].sort(),
    },
    policy: policyLines(workspaces),
    changedRules: workspaces.flatMap(({ name, configuration }) =>
      [...configuration.rules].map(([rule, severity]) => ({ rule, severity, root: name })).sort((a, b) => compare(a.rule, b.rule)),
    ),
    inputs: files.map(({ path, format, title, size, sha256, unsaved, includedBy, status, because }) =>
      defined({ path, format, title, size, sha256, unsaved, includedBy, status, because })),
    unread: unreadFiles(unread),
    findings,
    unresolved,
    exceptions: [...files.flatMap((file) => file.exceptions), ...workspaces.flatMap((root) => recordedIn(root, files, time.slice(0, 10)))],
    complied,
    coverage: coverageOf(findings, unresolved, complied),
    failures: [
      ...workspaces.flatMap(({ file, problems }) => {
        const lines = new LineIndex(file?.text ?? '');
        return problems.map(({ span, message }) => defined({ path: file?.path ?? '', line: file ? lines.position(span.start).line + 1 : undefined, message }));
      }),
      ...files.flatMap((file) => file.failures),
    ],
  };
}

/** The findings of all files, of which a reader is told once where several files say the same of one thing. */
function saidAcross(files: readonly FileReport[]): readonly ReportedFinding[] {
  const findings = files.flatMap((file) => file.findings);
  const across = new Map(files.flatMap((file) => [...file.across]));
  const groups = groupedBy(findings.filter(({ fingerprint, under }) => under === undefined && across.has(fingerprint)), ({ fingerprint }) => across.get(fingerprint)!);
  const now = new Map<string, Partial<ReportedFinding>>();
  for (const [chief, ...others] of groups.values()) {
    if (others.length === 0) continue;
    now.set(chief!.fingerprint, { beside: [...(chief!.beside ?? []), ...others.map(({ rule, fingerprint, path }) => ({ rule, fingerprint, path }))] });
    for (const { fingerprint } of others) now.set(fingerprint, { under: chief!.fingerprint });
  }
  return now.size === 0 ? findings : findings.map((finding) => ({ ...finding, ...now.get(finding.fingerprint) }));
}

function unreadFiles(unread: readonly Unread[]): UnreadFiles {
  const counts = Object.fromEntries(unreadReasons.map((reason) => [reason, 0])) as Record<UnreadReason, number>;
  for (const { reason } of unread) counts[reason]++;
  return { counts, files: [...unread].sort((a, b) => compare(a.path, b.path)) };
}

function policyLines(roots: readonly Root[]): readonly PolicyLine[] {
  return policyNames.flatMap((name) => {
    const { meaning, source } = policyFields[name];
    const lines = new Map<string, PolicyLine & { readonly roots: string[] }>();
    for (const { name: root, configuration } of roots) {
      const value = inWords(policyOf(configuration), name);
      const origin = configuration.policy.get(name)?.origin ?? 'default';
      const line = lines.get(`${value} ${origin}`);
      if (line) line.roots.push(root);
      else lines.set(`${value} ${origin}`, { name, value, origin, meaning, source, roots: [root] });
    }
    return lines.size === 1 ? [...lines.values()].map(({ roots: _everywhere, ...line }) => line) : [...lines.values()];
  });
}

function recordedIn({ name, configuration, file }: Root, files: readonly FileReport[], today: string): readonly ReportedException[] {
  const lines = new LineIndex(file?.text ?? '');
  return exceptionsOf(configuration, today).map(({ span, ...entry }) => ({
    ...entry,
    path: file?.path ?? '',
    line: lines.position(span.start).line + 1,
    covers: files.filter(({ root }) => root === name).reduce((sum, { coveredBy }) => sum + (coveredBy.get(span.start) ?? 0), 0),
  }));
}

/** By code unit, which no locale changes. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Without the fields that are undefined. */
export function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

/** How many findings of each severity a reader is told of one by one, and how many an exception covers. */
export function tally(findings: readonly ReportedFinding[]): Readonly<Record<Severity | 'excepted', number>> {
  const count = table<Record<Severity | 'excepted', number>>({ error: 0, warning: 0, info: 0, excepted: 0 });
  for (const { severity, exception, under } of findings) if (under === undefined) count[exception ? 'excepted' : severity]++;
  return count;
}

/** The findings a reader is told of one by one: what no exception covers, each of which names what is said under it. */
export function toldOf(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  return findings.filter(({ exception, under }) => !exception && under === undefined);
}

/** A place, and how many more the same is said of. */
export function withMore(said: string, also: readonly unknown[] | undefined): string {
  return also ? `${said} (here and at ${also.length} more ${also.length === 1 ? 'place' : 'places'})` : said;
}

export type { Citation, Coverage, Family, FileReport, ReportedFinding, ReportedUnresolved };
