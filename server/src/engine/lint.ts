import type { Citation } from '#safeguards/security-rule.js';
import type { Analysis } from './analysis.js';
import { exceptionMarker, exceptionsIn, reachOf, type ExceptionEntry } from './exceptions.js';
import { defaultPolicy, type Policy } from './policy.js';
import type { Registry } from './registry.js';
import type { CannotTell, Family, Severity, Violates } from './rule.js';
import type { Span } from './text.js';

/** A rule is violated at a place. */
export interface Finding extends Violates {
  readonly rule: string;
  readonly severity: Severity;
  readonly family: Family;
  readonly safeguards: readonly Citation[];
  /** The exception in force that covers it: the finding is then listed in reports and shown nowhere else. */
  readonly exception?: ExceptionEntry;
}

/** A rule that could not be decided from the files at hand. */
export interface Unresolved {
  readonly rule: string;
  readonly span: Span;
  readonly because: string;
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

/** Asks every rule that applies. Never throws; no files, no clock, no promises. */
export function lint(analysis: Analysis, registry: Registry, decisions: Decisions = undecided, only?: (rule: string) => boolean): Outcome {
  const recorded = exceptionsOf(analysis, registry, decisions);
  const findings: Finding[] = [];
  const unresolved: Unresolved[] = [];
  const complied = new Map<string, number>();
  const failures: { rule: string; message: string }[] = [];
  const outside = (rule: string) => decisions.exceptions(rule, analysis.path).find((entry) => entry.state === 'in force');

  for (const [id, rule] of registry.rulesFor(analysis.format)) {
    const severity = decisions.severity(id, rule.severity);
    if (severity === 'off' || (only && !only(id))) continue;
    const first = onlyFirst();
    let held = 0;
    try {
      for (const subject of rule.on.select(analysis)) {
        const verdict = rule.check(subject, decisions.policy);
        if (!verdict) continue;
        if (verdict.verdict === 'complies') held++;
        else if (verdict.verdict === 'cannot tell') {
          if (first(verdict)) unresolved.push({ rule: id, span: verdict.span, because: verdict.because });
        } else if (first(verdict)) {
          const exception = recorded.inFile(id, verdict.span) ?? outside(id);
          findings.push(exception ? { ...verdict, rule: id, severity, family: rule.family, safeguards: rule.safeguards, exception }
            : { ...verdict, rule: id, severity, family: rule.family, safeguards: rule.safeguards });
        }
      }
    } catch (error) {
      failures.push({ rule: id, message: error instanceof Error ? error.message : 'unknown failure' });
    }
    if (held > 0) complied.set(id, held);
  }
  const byPlace = (a: { span: Span; rule: string }, b: { span: Span; rule: string }) =>
    a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
  return { findings: findings.sort(byPlace), unresolved: unresolved.sort(byPlace), complied, exceptions: recorded.entries, failures };
}

/** Says whether something was not said before of the same span. Most starts have one saying, which needs no hashing. */
function onlyFirst(): (verdict: Violates | CannotTell) => boolean {
  const said = new Map<number, Violates | CannotTell>();
  let others: Set<string> | undefined;
  let furthest = -1;
  return (verdict) => {
    const { start, end } = verdict.span;
    // Subjects mostly come in the order of the text: what stands behind all others is new.
    const one = start > furthest ? undefined : said.get(start);
    if (start > furthest) furthest = start;
    if (!one) return said.set(start, verdict), true;
    if (one.span.end === end && saying(one) === saying(verdict)) return false;
    others ??= new Set();
    return others.size < others.add(`${start} ${end} ${saying(verdict)}`).size;
  };
}

const saying = (verdict: Violates | CannotTell) => (verdict.verdict === 'violates' ? verdict.message : verdict.because);

function exceptionsOf(analysis: Analysis, registry: Registry, { today }: Decisions) {
  const nothing = { entries: [] as readonly ExceptionEntry[], inFile: (): ExceptionEntry | undefined => undefined };
  if (!analysis.text.includes(exceptionMarker)) return nothing;
  const comments = registry.formats.get(analysis.format)?.comments(analysis.tree) ?? [];
  const entries = exceptionsIn(comments, registry.rules, today);
  const reaching = entries.map((entry) => ({ entry, reach: reachOf(entry.span, analysis.text, comments) }));
  return {
    entries,
    inFile: (rule: string, { start }: Span) =>
      reaching.find(({ entry, reach }) => entry.state === 'in force' && entry.rule === rule && start >= reach.start && start < reach.end)?.entry,
  };
}
