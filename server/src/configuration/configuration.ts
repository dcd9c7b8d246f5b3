import { judgeException, type ExceptionEntry } from '#engine/exceptions.js';
import type { Decisions } from '#engine/lint.js';
import { defaultPolicy, policyFields, type Policy, type PolicyName } from '#engine/policy.js';
import type { Severity } from '#engine/rule.js';
import type { Span } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { matcherOf } from './globs.js';

/** What an organisation decided, from one place: a file, the settings of an editor, the command line. */
export interface Configuration {
  /** The thresholds that are stated, each with the place that states it, in words. */
  readonly policy: ReadonlyMap<PolicyName, { readonly value: string | number; readonly origin: string }>;
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** Files that are not read, as patterns from the root of the workspace. */
  readonly exclude: readonly string[];
  /** Formats decided for paths, first match wins; `none` leaves a file alone. What a recogniser takes. */
  readonly files: readonly (readonly [glob: string, format: string])[];
  readonly exceptions: readonly RecordedException[];
  /** Whether somebody says that the workspace holds all configuration of the system in question. */
  readonly scope: 'complete' | 'partial';
}

/** An exception as a file outside the linted one records it, not judged yet: whether it expired depends on the day. */
export interface RecordedException {
  readonly fields: Readonly<Record<string, string>>;
  /** The files it speaks of, as patterns from the root. */
  readonly files: readonly string[];
  readonly span: Span;
  /** Why it hides nothing, where that can be said without knowing the day. */
  readonly problem?: string;
}

/** Something wrong at a place of a configuration file, as a sentence without a full stop that says what to do. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
}

/** The name of the file at the root of a workspace. */
export const configurationFile = '.hipaa-lint.yaml';

/** Nothing decided: every default holds. */
export const unconfigured: Configuration = { policy: new Map(), rules: new Map(), exclude: [], files: [], exceptions: [], scope: 'partial' };

/** Two configurations as one. The stronger decides where both speak; exclusions and exceptions of both hold. */
export function combine(stronger: Configuration, weaker: Configuration): Configuration {
  return {
    policy: new Map([...weaker.policy, ...stronger.policy]),
    rules: new Map([...weaker.rules, ...stronger.rules]),
    exclude: [...new Set([...stronger.exclude, ...weaker.exclude])],
    files: [...stronger.files, ...weaker.files],
    exceptions: [...stronger.exceptions, ...weaker.exceptions],
    scope: stronger.scope === 'complete' ? 'complete' : weaker.scope,
  };
}

/** The thresholds in force: what is stated, else the defaults. */
export function policyOf(configuration: Configuration): Policy {
  return { ...defaultPolicy, ...Object.fromEntries([...configuration.policy].map(([name, { value }]) => [name, value])) } as Policy;
}

/** A recorded exception after it was judged, with the files it speaks of. */
export interface JudgedException extends ExceptionEntry {
  readonly files: readonly string[];
}

/** Every recorded exception as of a day (`YYYY-MM-DD`): in force, expired or malformed. */
export function exceptionsOf(configuration: Configuration, today: string): readonly JudgedException[] {
  return configuration.exceptions.map(({ fields, files, span, problem }) => {
    const judged = judgeException(fields, span, registry.rules, today);
    return { ...judged, ...(problem !== undefined && { state: 'malformed' as const, problem }), files };
  });
}

/**
 * What the engine asks of the one who lints. A configuration file is shared by everyone who works on the files, so it
 * is stronger than the settings of one editor. `today` is `YYYY-MM-DD`.
 */
export function decisionsOf(configuration: Configuration, editor: Configuration | undefined, today: string): Decisions {
  const whole = editor ? combine(configuration, editor) : configuration;
  const exceptions = new Map<string | undefined, { readonly entry: JudgedException; covers(path: string): boolean }[]>();
  for (const entry of exceptionsOf(whole, today)) {
    exceptions.set(entry.rule, [...(exceptions.get(entry.rule) ?? []), { entry, covers: matcherOf(entry.files) }]);
  }
  return {
    policy: policyOf(whole),
    severity: (rule, declared) => whole.rules.get(rule) ?? declared,
    exceptions: (rule, path) => (exceptions.get(rule) ?? []).filter(({ covers }) => covers(path)).map(({ entry }) => entry),
    today,
  };
}

/** Whether a path from the root is excluded from linting. */
export function exclusionOf(configuration: Configuration): (path: string) => boolean {
  return matcherOf(configuration.exclude);
}

/** Why a value is not one a threshold may have; `undefined` for a good one. */
export function problemOfPolicy(name: PolicyName, value: string | number): string | undefined {
  const { options, minimum, maximum, unit }: { options?: readonly string[]; minimum?: number; maximum?: number; unit: string } = policyFields[name];
  if (options) return options.includes(String(value)) ? undefined : `${name} must be ${options.join(' or ')}`;
  if (typeof value !== 'number' || !Number.isInteger(value)) return `${name} must be a whole number of ${unit}`;
  if (minimum !== undefined && value < minimum) return `${name} must be at least ${minimum} (${unit})`;
  return maximum !== undefined && value > maximum ? `${name} must be at most ${maximum} (${unit})` : undefined;
}

export const policyNames = Object.keys(policyFields) as readonly PolicyName[];
