import type { Citation } from '#safeguards/security-rule.js';
import type { Analysis } from './analysis.js';
import type { Whole } from './concept.js';
import { gateFor, type Confidential } from './confidential.js';
import { exceptionMarker, exceptionsIn, reachesOf, type ExceptionEntry } from './exceptions.js';
import { judge } from './judge.js';
import { defaultPolicy, type Policy } from './policy.js';
import type { Registry } from './registry.js';
import { saidOnce, reasonsOnce } from './said-once.js';
import { saidOfTemplate } from './template.js';
import type { Family, Severity, Violates } from './rule.js';
import type { Span } from './text.js';

/** A rule is violated at a place. */
export interface Finding extends Violates {
  readonly rule: string;
  readonly severity: Severity;
  readonly family: Family;
  readonly safeguards: readonly Citation[];
  /** What the subject is a part of. */
  readonly whole?: Whole | undefined;
  /** The exception in force that covers it: the finding is then listed in reports and shown nowhere else. */
  readonly exception?: ExceptionEntry;
  /** Where else in the whole the same is so. The fix mends all of it. */
  readonly also?: readonly Also[];
  /** The other precautions that the whole lacks: findings of the outcome, which are said under this one. */
  readonly beside?: readonly Finding[];
  /** It is said under another finding of the outcome, of this rule. */
  readonly under?: string;
}

/** Another place of which the same is said. */
export interface Also {
  readonly span: Span;
  readonly message: string;
}

/** A rule that could not be decided from the files at hand. */
export interface Unresolved {
  readonly rule: string;
  readonly span: Span;
  readonly because: string;
  /** What the subject is a part of. */
  readonly whole?: Whole | undefined;
  /** Where else in the file the rule cannot be decided for the same reason. */
  readonly also?: readonly Span[];
}

/** What linting one file said. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly unresolved: readonly Unresolved[];
  /** How often each rule found its subject as it should be: evidence that something was looked at. */
  readonly complied: ReadonlyMap<string, number>;
  /** The exceptions the comments of the file record, in force or not. */
  readonly exceptions: readonly ExceptionEntry[];
  /** Rules that failed on this file: a defect of this product, never of the file. */
  readonly failures: readonly { readonly rule: string; readonly message: string }[];
  /** The gate for what else is printed of this file. What stands here has passed it, but for what fixes write and exceptions say. */
  readonly confidential: () => Confidential;
}

/** What the one who lints decides: thresholds, severities, recorded exceptions, and which day it is. */
export interface Decisions {
  readonly policy: Policy;
  severity(rule: string, declared: Severity): Severity | 'off';
  /** The exceptions recorded outside the file that cover a rule in it. */
  exceptions(rule: string, path: string): readonly ExceptionEntry[];
  /** `YYYY-MM-DD`; decides which exceptions have expired. */
  readonly today: string;
}

/** The default policy, every rule as declared, no exceptions; the day is before any expiry. */
export const undecided: Decisions = { policy: defaultPolicy, severity: (_rule, declared) => declared, exceptions: () => [], today: '0000-00-00' };

/** Asks every rule that applies, and the exceptions. Never throws; no files, no clock, no promises. */
export function lint(analysis: Analysis, registry: Registry, decisions: Decisions = undecided, only?: (rule: string) => boolean): Outcome {
  const recorded = exceptionsOf(analysis, registry, decisions);
  const { findings, unresolved, complied, failures, credentials } = saidOfTemplate(analysis, judge(analysis, registry, decisions, only));
  const excepted = (rule: string, span: Span) =>
    recorded.inFile(rule, span) ?? decisions.exceptions(rule, analysis.path).find((entry) => entry.state === 'in force');
  const covered = findings.map((finding): Finding => {
    const exception = excepted(finding.rule, finding.span);
    return exception ? { ...finding, exception } : finding;
  });
  const byPlace = (a: { span: Span; rule: string }, b: { span: Span; rule: string }) =>
    a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
  return {
    findings: saidOnce(covered.sort(byPlace), registry.rules), unresolved: reasonsOnce([...unresolved].sort(byPlace)), complied,
    exceptions: recorded.entries, failures, confidential: gateLater(credentials) };
}

/** Made when it is asked for; holds nothing of the analysis, which is many times the text. */
function gateLater(credentials: readonly string[]): () => Confidential {
  let gate: Confidential | undefined;
  return () => (gate ??= gateFor(credentials));
}

function exceptionsOf(analysis: Analysis, registry: Registry, { today }: Decisions) {
  const nothing = { entries: [] as readonly ExceptionEntry[], inFile: (): ExceptionEntry | undefined => undefined };
  if (!analysis.text.includes(exceptionMarker)) return nothing;
  const comments = registry.formats.get(analysis.format)?.comments(analysis.tree) ?? [];
  const entries = exceptionsIn(comments, registry.rules, today);
  const reaches = reachesOf(entries.map(({ span }) => span), analysis.text, comments);
  const reaching = entries.map((entry, i) => ({ entry, reach: reaches[i]! }));
  return {
    entries,
    inFile: (rule: string, { start }: Span) =>
      reaching.find(({ entry, reach }) => entry.state === 'in force' && entry.rule === rule && start >= reach.start && start < reach.end)?.entry,
  };
}
