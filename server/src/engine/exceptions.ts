import { table } from './table.js';
import { securityRule } from '#safeguards/security-rule.js';
import type { Comment } from './format.js';
import type { Rule } from './rule.js';
import type { Span } from './text.js';

/** Why a finding is left as it is. An alternative measure is the answer 164.306(d)(3) allows for addressable rows. */
export const exceptionKinds = ['accepted-risk', 'false-positive', 'alternative-measure'] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** A recorded decision not to fix. */
export interface Exception {
  readonly rule: string;
  readonly kind: ExceptionKind;
  /** Why, in the words of the one who decided. */
  readonly because: string;
  /** Who decided. */
  readonly by: string;
  /** The last day it holds, `YYYY-MM-DD`. Only a false positive may go without. */
  readonly until?: string;
  /** What protects the data instead; required of an alternative measure. */
  readonly measure?: string;
  /** Where the decision is filed. */
  readonly ticket?: string;
}

/** An exception as found: in force, or with the reason why it hides nothing. */
export interface ExceptionEntry extends Partial<Exception> {
  readonly span: Span;
  /** Absent while the exception is in force. */
  readonly problem?: string;
  readonly state: 'in force' | 'expired' | 'malformed';
}

/**
 * Judges the fields of an exception. A malformed or expired one is an entry all the same, so that every report lists
 * it, but hides nothing. `today` is `YYYY-MM-DD`.
 */
export function judgeException(fields: Readonly<Record<string, string>>, span: Span, rules: ReadonlyMap<string, Rule>, today: string): ExceptionEntry {
  const malformed = (problem: string): ExceptionEntry => ({ ...(fields as Partial<Exception>), span, state: 'malformed', problem });
  const { rule: id, kind, because, by, until, measure } = fields;
  const unknown = Object.keys(fields).find((name) => !exceptionFields.includes(name));
  if (unknown) return malformed(`\`${unknown}\` is not a field of an exception; the fields are ${exceptionFields.join(', ')}`);
  const rule = id ? rules.get(id) : undefined;
  if (!id || !rule) return malformed(id ? `there is no rule \`${id}\`` : 'the exception names no rule');
  if (!kind || !isKind(kind)) return malformed(`kind must be one of ${exceptionKinds.join(', ')}`);
  if (!because) return malformed('`because` is missing: say why the finding is left');
  if (!by) return malformed('`by` is missing: say who decided');
  if (kind !== 'false-positive' && !until) return malformed('`until` is missing: an exception needs a last day, YYYY-MM-DD');
  if (until !== undefined && !isDay(until)) return malformed(`\`until\` is ${until}, which is not a day written YYYY-MM-DD`);
  if (kind === 'alternative-measure') {
    if (!measure) return malformed('`measure` is missing: say what protects the data instead');
    const fixed = rule.safeguards.filter((citation) => securityRule[citation].status === 'required');
    if (fixed.length === rule.safeguards.length) return malformed(`an alternative measure is possible for addressable rows only; ${fixed.join(', ')} is required`);
  }
  const entry = { ...(fields as unknown as Exception), span };
  if (until !== undefined && until < today) return { ...entry, state: 'expired', problem: `the exception expired on ${until}` };
  return { ...entry, state: 'in force' };
}

/** The fields an exception may have. */
export const exceptionFields: readonly string[] = ['rule', 'kind', 'because', 'by', 'until', 'measure', 'ticket'];
const isKind = (word: string): word is ExceptionKind => (exceptionKinds as readonly string[]).includes(word);

/** Whether text is a day of the calendar written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** What every comment that records an exception contains; a file without it has none. */
export const exceptionMarker = 'hipaa-lint allow';

/**
 * Reads the exceptions a file records in its comments:
 * `hipaa-lint allow RULE kind=accepted-risk until=2027-03-31 by="A. Officer" because="replaced in March"`.
 */
export function exceptionsIn(comments: readonly Comment[], rules: ReadonlyMap<string, Rule>, today: string): readonly ExceptionEntry[] {
  return comments.flatMap((comment) => {
    const at = comment.text.indexOf(exceptionMarker);
    if (at < 0) return [];
    const words = comment.text.slice(at + exceptionMarker.length).trim();
    const fields: Record<string, string> = table({});
    const rule = /^[\w/-]+(?=\s|$)/.exec(words)?.[0];
    if (rule) fields['rule'] = rule;
    for (const match of words.slice(rule?.length ?? 0).matchAll(/(?<![a-z])([a-z]{1,40})=(?:"([^"]*)"|([^\s"]\S*))/g)) fields[match[1]!] = match[2] ?? match[3] ?? '';
    return [judgeException(fields, { start: comment.start, end: comment.end }, rules, today)];
  });
}

/**
 * The part of the text each comment speaks of: its own line when something else stands on it, else the next line that is
 * not a comment itself. A comment above the first statement also speaks of what the whole file leaves out.
 */
export function reachesOf(entries: readonly Span[], text: string, comments: readonly Comment[]): readonly Span[] {
  const starts = new Set(comments.map((comment) => comment.start));
  const statements: Span[] = [];
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = lineAfter(text, start);
    const ink = inkIn(text, start, end);
    if (ink >= 0 && !starts.has(ink)) statements.push({ start, end });
  }
  return entries.map((entry) => {
    const lineStart = text.lastIndexOf('\n', entry.start - 1) + 1;
    const own = lineAfter(text, entry.end);
    if (inkIn(text, lineStart, entry.start) >= 0) return { start: lineStart, end: own };
    const isPreamble = statements[0] === undefined || statements[0].start >= lineStart;
    const next = firstFrom(statements, own);
    return { start: isPreamble ? 0 : (next?.start ?? text.length), end: next?.end ?? text.length };
  });
}

/** The same of one comment. */
export function reachOf(entry: Span, text: string, comments: readonly Comment[]): Span {
  return reachesOf([entry], text, comments)[0]!;
}

/** Where the first letter between two offsets is that is no blank; -1 where there is none. */
function inkIn(text: string, start: number, end: number): number {
  const ink = text.slice(start, end).search(/\S/);
  return ink < 0 ? -1 : start + ink;
}

/** The first span that begins at an offset or behind it. */
function firstFrom(spans: readonly Span[], offset: number): Span | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return spans[low];
}

function lineAfter(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop + 1;
}
