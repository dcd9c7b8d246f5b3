import type { ExceptionEntry } from '#engine/exceptions.js';
import type { Outcome } from '#engine/lint.js';
import type { Severity } from '#engine/rule.js';
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
}

/**
 * Everything an editor shows of one file. A finding under an exception in force is not shown; an exception that is not in
 * force is.
 */
export function notesOf({ findings, unresolved, exceptions }: Outcome): readonly Note[] {
  const notes: Note[] = [];
  for (const { span, message, severity, rule, exception } of findings) if (!exception) notes.push({ span, message, severity, rule });
  for (const { span, because, rule } of unresolved) notes.push({ span, message: `Cannot tell: ${because}`, severity: 'quiet', rule });
  for (const entry of exceptions) {
    const note = noteOfException(entry);
    if (note) notes.push(note);
  }
  return notes;
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
