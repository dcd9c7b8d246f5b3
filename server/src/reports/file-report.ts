import type { ExceptionEntry } from '#engine/exceptions.js';
import type { Finding, Outcome } from '#engine/lint.js';
import type { Family, Severity } from '#engine/rule.js';
import { inWords } from '#engine/said-once.js';
import type { Confidential } from '#engine/confidential.js';
import { apart, LineIndex, refined, type Edit, type Span } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import type { Citation } from '#safeguards/security-rule.js';
import { fingerprint } from './fingerprint.js';
import type { Failure, ReportedException } from './report.js';

/** A place as people and SARIF count: lines and columns from one, columns in UTF-16 units, the end exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedFinding {
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly family: Family;
  readonly safeguards: readonly Citation[];
  readonly path: string;
  readonly place: Place;
  readonly message: string;
  readonly found?: string;
  readonly wanted?: string;
  readonly policy?: string;
  readonly fix?: ReportedFix;
  /** The exception in force that covers it. */
  readonly exception?: ExceptionSummary;
  /** The same for the same finding of the same file, wherever in the file it stands. */
  readonly fingerprint: string;
  /** What is run as one and lacks this precaution: `the Deployment api`. */
  readonly whole?: string;
  /** Where else in the whole the same is so; the fix mends all of it. */
  readonly also?: readonly ReportedPlace[];
  /** The other precautions that the whole lacks, which a reader is told of under this finding. */
  readonly beside?: readonly Beside[];
  /** The fingerprint of the finding under which a reader is told of this one. */
  readonly under?: string;
}

/** A finding that is said under another; `path` where it is one of another file. */
export interface Beside {
  readonly rule: string;
  readonly fingerprint: string;
  readonly path?: string;
}

export interface ReportedPlace {
  readonly place: Place;
  readonly message: string;
}

export interface ReportedFix {
  readonly title: string;
  readonly safety: 'safe' | 'review';
  readonly risk?: string;
  readonly edits: readonly (Place & { readonly text: string })[];
  /** Why `edits` is empty though there is a fix: what it writes holds a credential, which has no place in a report. */
  readonly withheld?: string;
}

/** What a report says instead of edits that hold a credential. */
export const withheldBecause = 'its text holds a credential; the editor and `hipaa-lint scan --fix` make this fix';

/** What a reader must know of the exception that covers a finding. */
export interface ExceptionSummary {
  readonly kind: NonNullable<ExceptionEntry['kind']>;
  readonly because: string;
  readonly by: string;
  readonly until?: string;
  readonly measure?: string;
  readonly ticket?: string;
  /** Whether it stands in the file itself or in the configuration. */
  readonly recorded: 'in the file' | 'in the configuration';
}

export interface ReportedUnresolved {
  readonly rule: string;
  readonly title: string;
  readonly safeguards: readonly Citation[];
  readonly path: string;
  readonly place: Place;
  readonly because: string;
  /** Where else in the file the same would resolve it. */
  readonly also?: readonly Place[];
}

/** One file of a report, without its text. */
export interface FileReport {
  /** The workspace it belongs to, as {@link Root} names it. */
  readonly root: string;
  /** Path from the base of the report, with forward slashes. */
  readonly path: string;
  readonly format?: string;
  /** The product of the format. */
  readonly title?: string;
  /** In bytes. */
  readonly size: number;
  readonly sha256?: string;
  /** What is said is of the text in an editor, which is not known to be that of the file: there is no hash then. */
  readonly unsaved?: true;
  /** The first of the files that include it, where these alone say of what format it is. */
  readonly includedBy?: readonly string[];
  readonly status: 'read' | 'skipped' | 'unreadable';
  /** Why it was not read. */
  readonly because?: string;
  readonly findings: readonly ReportedFinding[];
  readonly unresolved: readonly ReportedUnresolved[];
  readonly exceptions: readonly ReportedException[];
  readonly complied: ReadonlyMap<string, number>;
  /** What findings are about that other files speak of as well, by fingerprint. */
  readonly across: ReadonlyMap<string, string>;
  /** How many findings each exception of the configuration covers, by where it begins. */
  readonly coveredBy: ReadonlyMap<number, number>;
  readonly failures: readonly Failure[];
}

/** What a host knows of a file that was read and linted. */
export interface LintedFile {
  readonly root: string;
  readonly path: string;
  readonly format: string;
  readonly text: string;
  readonly size: number;
  readonly sha256?: string;
  /** Whether the text is that of an editor, not known to be on the disk. */
  readonly unsaved?: boolean;
  readonly includedBy?: readonly string[] | undefined;
  readonly outcome: Outcome;
}

/** What a host knows of a file that some format claims and that could not be linted. */
export type SkippedFile = Pick<FileReport, 'root' | 'path' | 'size' | 'status'> & { readonly because: string; readonly format?: string };

/** Turns what linting said into what a report says; the text is not needed afterwards. */
export function fileReport({ root, path, format, text, size, sha256, unsaved, includedBy, outcome }: LintedFile): FileReport {
  const lines = new LineIndex(text);
  const place = placeOf(lines);
  const confidential = outcome.confidential();
  const coveredBy = new Map<number, number>();
  const inFile = new Map<ExceptionEntry, number>();
  const seen = new Map<string, number>();
  const prints = new Map<Finding, string>();
  const told = outcome.findings.map((finding) => {
    const { exception } = finding;
    const here = exception !== undefined && outcome.exceptions.includes(exception);
    if (exception && here) inFile.set(exception, (inFile.get(exception) ?? 0) + 1);
    else if (exception) coveredBy.set(exception.span.start, (coveredBy.get(exception.span.start) ?? 0) + 1);
    const identity = `${finding.rule}\n${path}\n${finding.message}`;
    const nth = seen.get(identity) ?? 0;
    seen.set(identity, nth + 1);
    prints.set(finding, fingerprint(`${identity}\n${nth}`));
    return { ...reportedFinding(finding, path, text, place, here, confidential), fingerprint: prints.get(finding)! };
  });
  const above = new Map(outcome.findings.flatMap((finding) => (finding.beside ?? []).map((one) => [one, finding] as const)));
  const findings = outcome.findings.map((finding, i): ReportedFinding => {
    const [under, { beside }] = [above.get(finding), finding];
    return {
      ...told[i]!,
      ...(beside && { beside: beside.map((one) => ({ rule: one.rule, fingerprint: prints.get(one)! })) }),
      ...(under && { under: prints.get(under)! }),
    };
  });
  return {
    root,
    path,
    format,
    title: registry.formats.get(format)?.title ?? format,
    size,
    ...(sha256 !== undefined && { sha256 }),
    ...(unsaved && { unsaved }),
    ...(includedBy && { includedBy }),
    status: 'read',
    findings,
    unresolved: outcome.unresolved.map(({ rule, span, because, also }) => ({
      rule, ...textOf(rule), path, place: place(span), because, ...(also && { also: also.map(place) }),
    })),
    exceptions: outcome.exceptions.map((entry) => {
      const { span, ...said } = entry;
      const fields = mapped(said, confidential.mask);
      return { ...fields, path, line: place(span).line, covers: inFile.get(entry) ?? 0 };
    }),
    complied: outcome.complied,
    across: new Map(outcome.findings.flatMap((finding) => (finding.whole?.across === undefined || finding.exception ? [] : [[prints.get(finding)!, `${root} ${finding.rule} ${finding.whole.across}`] as const]))),
    coveredBy,
    failures: outcome.failures.map(({ rule, message }) => ({ path, message: `The rule ${rule} failed, which is a defect of HIPAA Lint: ${message}` })),
  };
}

/** A file that is listed in the report because it was not linted. */
export function skippedReport({ format, ...file }: SkippedFile): FileReport {
  const title = format === undefined ? undefined : registry.formats.get(format)?.title;
  return {
    ...file,
    ...(format !== undefined && { format }),
    ...(title !== undefined && { title }),
    findings: [],
    unresolved: [],
    exceptions: [],
    complied: new Map(),
    across: new Map(),
    coveredBy: new Map(),
    failures: [],
  };
}

function reportedFinding(finding: Finding, path: string, text: string, place: (span: Span) => Place, inFile: boolean, confidential: Confidential): Omit<ReportedFinding, 'fingerprint'> {
  const { rule, severity, family, safeguards, span, found, wanted, policy, fix, exception, also, beside, under, whole } = finding;
  const edits = fix ? safeEdits(fix.edits, text).flatMap((edit) => refined(text, edit)) : [];
  const withheld = edits.some((edit) => confidential.holds(around(edit, text)));
  return {
    rule,
    title: textOf(rule).title,
    severity,
    family,
    safeguards,
    path,
    place: place(span),
    message: inWords(finding),
    ...(found !== undefined && { found }),
    ...(wanted !== undefined && { wanted }),
    ...(policy !== undefined && { policy }),
    ...(fix &&
      edits.length > 0 && {
        fix: {
          title: fix.title,
          safety: fix.safety,
          ...(fix.risk !== undefined && { risk: fix.risk }),
          edits: withheld ? [] : edits.map((edit) => trimmed(edit, text)).map((edit) => ({ ...place(edit), text: edit.text })),
          ...(withheld && { withheld: withheldBecause }),
        },
      }),
    ...(exception && { exception: mapped(summaryOf(exception, inFile), confidential.mask) }),
    ...(whole && (also || beside || under) && { whole: whole.label }),
    ...(also && { also: also.map((one) => ({ place: place(one.span), message: one.message })) }),
  };
}

function summaryOf({ kind, because, by, until, measure, ticket }: ExceptionEntry, inFile: boolean): ExceptionSummary {
  return {
    kind: kind!,
    because: because ?? '',
    by: by ?? '',
    ...(until !== undefined && { until }),
    ...(measure !== undefined && { measure }),
    ...(ticket !== undefined && { ticket }),
    recorded: inFile ? 'in the file' : 'in the configuration',
  };
}

/** An edit that cannot be made is no fix; the report goes on. */
function safeEdits(edits: () => readonly Edit[], text: string): readonly Edit[] {
  try {
    return apart(text, edits());
  } catch {
    return [];
  }
}

/** What an edit writes, joined to the words it stands between. */
function around({ start, end, text }: Edit, whole: string): string {
  const head = text === '' || !/^\w/.test(text) ? '' : /(?<!\w)\w*$/.exec(whole.slice(Math.max(0, start - 100), start))?.[0] ?? '';
  const tail = text === '' || !/\w$/.test(text) ? '' : /^\w*/.exec(whole.slice(end, end + 100))![0];
  return head + text + tail;
}

/** Without the letters at both ends of a changed word that stay. */
function trimmed({ start, end, text }: Edit, whole: string): Edit {
  let [from, to, head, tail] = [start, end, 0, text.length];
  while (from < to && head < tail && whole[from] === text[head]) (from++, head++);
  while (from < to && head < tail && whole[to - 1] === text[tail - 1]) (to--, tail--);
  return { start: from, end: to, text: text.slice(head, tail) };
}

/** The same with every text as `mask` leaves it. */
function mapped<T extends object>(fields: T, mask: (text: string) => string): T {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? mask(value) : value])) as T;
}

function textOf(rule: string): { readonly title: string; readonly safeguards: readonly Citation[] } {
  const { title, safeguards } = registry.rules.get(rule) ?? { title: rule, safeguards: [] };
  return { title, safeguards };
}

function placeOf(lines: LineIndex): (span: Span) => Place {
  return ({ start, end }) => {
    const from = lines.position(start);
    const to = lines.position(Math.max(start, end));
    return { line: from.line + 1, column: from.character + 1, endLine: to.line + 1, endColumn: to.character + 1 };
  };
}
