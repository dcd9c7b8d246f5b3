import type { ExceptionEntry } from '#engine/exceptions.js';
import { groupedBy } from '#engine/grouping.js';
import type { Finding, Outcome, Unresolved } from '#engine/lint.js';
import type { Severity } from '#engine/rule.js';
import { inWords, alsoOf } from '#engine/said-once.js';
import type { Span } from '#engine/text.js';

/** What an editor shows at a place of a file. */
export interface Note {
  readonly span: Span;
  readonly message: string;
  /** `quiet` is for what cannot be told: there, but not in the way. */
  readonly severity: Severity | 'quiet';
  /** The rule it is about, whose page explains it. */
  readonly rule?: string;
  /** The text has no effect: an exception that hides nothing. */
  readonly idle?: true;
  /** What else of the file is said with it, each at its place. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
}

/**
 * Everything an editor shows of one file. A finding under an exception in force is not shown; an exception that is not in
 * force is.
 */
export function notesOf({ findings, unresolved, exceptions }: Outcome): readonly Note[] {
  const notes: Note[] = [];
  for (const finding of findings) if (!finding.exception && finding.under === undefined) notes.push(noteOf(finding));
  for (const doubts of groupedBy(unresolved, ({ span, whole, because }) => `${(whole?.span ?? span).start} ${(whole?.span ?? span).end} ${because}`).values()) notes.push(noteOfDoubts(doubts));
  for (const entry of exceptions) {
    const note = noteOfException(entry);
    if (note) notes.push(note);
  }
  return notes;
}

/** A finding with the precautions that are said under it. */
function noteOf(finding: Finding): Note {
  const { span, severity, rule, whole, also = [], beside } = finding;
  const note = { span, message: inWords(finding), severity, rule };
  if (also.length === 0 && !beside) return note;
  const related = [...also, ...(beside ?? []).flatMap((one) => [one, ...(one.also ?? [])])].map((one) => ({ span: one.span, message: one.message }));
  return { ...note, ...(beside && { message: `${note.message}. ${alsoOf(whole?.label, beside)}` }), related };
}

/** What cannot be told of one thing for one reason, whichever rules ask. */
function noteOfDoubts(doubts: readonly Unresolved[]): Note {
  const [{ span, because, rule, also }] = doubts as readonly [Unresolved];
  const rules = [...new Set(doubts.map((one) => one.rule))];
  const message = `Cannot tell: ${because}${rules.length > 1 ? ` (${rules.join(', ')})` : ''}`;
  return { span, message, severity: 'quiet', rule, ...(also && { related: also.map((place) => ({ span: place, message: 'The same is not known here' })) }) };
}

/** What is wrong with an exception; nothing while it is in force. */
export function noteOfException({ span, state, problem, rule }: ExceptionEntry): Note | undefined {
  if (state === 'in force') return undefined;
  const message = `This exception hides nothing: ${problem ?? state}`;
  return { span, message, severity: 'warning', idle: true, ...(rule !== undefined && state === 'expired' && { rule }) };
}

/** The address under which an editor serves the page of a rule. */
export function rulePageAddress(rule: string): string {
  return `${rulePageScheme}:/${rule}.md`;
}

export const rulePageScheme = 'hipaa-lint-rule';

/** The rule whose page an address names. */
export function ruleOfAddress(address: string): string | undefined {
  return /^hipaa-lint-rule:\/{0,3}([a-z0-9][a-z0-9/-]*)\.md$/.exec(address)?.[1];
}
