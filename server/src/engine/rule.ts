import type { Citation } from '#safeguards/security-rule.js';
import { inWords, type Policy, type PolicyName } from './policy.js';
import type { Query } from './query.js';
import type { Setting } from './setting.js';
import type { Edit, Span } from './text.js';

/** The kind of harm a rule guards against; reports group by it. */
export const families = ['transmission', 'at-rest', 'password', 'firewall', 'access', 'audit', 'backup', 'malware', 'secrets'] as const;
export type Family = (typeof families)[number];

export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What a rule says of one subject. Nothing at all means that the rule does not apply to it. */
export type Verdict = Violates | Complies | CannotTell;

export interface Violates {
  readonly verdict: 'violates';
  readonly span: Span;
  /** The present fact as a sentence without a full stop. Never holds a secret. */
  readonly message: string;
  /** The value found, in words, where it is not a secret. */
  readonly found?: string | undefined;
  /** The value wanted, in words. */
  readonly wanted?: string | undefined;
  /** The policy field that decided it. */
  readonly policy?: PolicyName | undefined;
  /** Whether the file says nothing of it, so that a default decides. */
  readonly unstated?: boolean | undefined;
  readonly fix?: Fix | undefined;
}

export interface Complies {
  readonly verdict: 'complies';
  readonly span: Span;
  /** It rests on what stands there, and not on a default. */
  readonly stated?: true;
}

export interface CannotTell {
  readonly verdict: 'cannot tell';
  readonly span: Span;
  /** A clause that says what would resolve it. */
  readonly because: string;
}

/** An edit of the tree that removes the finding and adds none. */
export interface Fix {
  /** An imperative: `Require TLS`. */
  readonly title: string;
  /** `safe` cannot lock anyone out, break clients, restart or replace anything; only such fixes are applied unasked. */
  readonly safety: 'safe' | 'review';
  /** What a person must check before a `review` fix is used. */
  readonly risk?: string;
  edits(): readonly Edit[];
}

export interface RuleText {
  /** The compliant state: `Health data travels encrypted`. */
  readonly title: string;
  readonly family: Family;
  readonly safeguards: readonly [Citation, ...Citation[]];
  readonly severity: Severity;
  /** What the rule asks for is that a value comes from elsewhere: a secret that is not written down. */
  readonly byReference?: true;
  /**
   * The rule asks for a precaution: what limits the harm once something else has gone wrong. Where nothing is stated, all precautions that a
   * {@link Whole} lacks are said once, and as a note unless something is at stake.
   */
  readonly precaution?: true;
  /** It is said once of each {@link Whole}, also where the file states it; `under` a graver rule where that speaks of the same. */
  readonly once?: { readonly under?: string };
}

export interface Rule<T = any> extends RuleText {
  readonly on: Query<T>;
  check(subject: T, policy: Policy): Verdict | undefined;
}

/** A rule is one file; its id is the path of that file and is added by the registry. */
export function rule<T>(on: Query<T>, text: Omit<Rule<T>, 'on'>): Rule<T> {
  return { on, ...text };
}

type FixText<T> =
  | { readonly title: string; readonly value: NoInfer<T>; readonly safety: 'safe' }
  | { readonly title: string; readonly value: NoInfer<T>; readonly safety: 'review'; readonly risk: string };

/** What {@link must} asks of a setting. */
export interface Demand<T> {
  be(value: NoInfer<T>): boolean;
  /** The message when it is not so: the present fact. The source of a default and the policy are added to it. */
  or(value: NoInfer<T>): string;
  /** The value wanted, in words, where no policy field says it. */
  readonly want?: string;
  /** The field that decided it; the message names it. */
  readonly policy?: PolicyName;
  /** How to show the value found; by default as text. Return `undefined` for what must not be shown. */
  readonly show?: (value: NoInfer<T>) => string | undefined;
  readonly fix?: FixText<T> | undefined;
}

/**
 * Judges one setting: violates when a known value fails the test, complies when it passes, cannot tell when it is
 * undetermined. A field that the format does not model is no subject at all.
 */
export function must<T>(setting: Setting<T> | undefined, demand: Demand<T>, policy?: Policy): Verdict | undefined {
  if (!setting) return undefined;
  const { span } = setting;
  if (setting.kind === 'undetermined') return { verdict: 'cannot tell', span, because: setting.because };
  if (demand.be(setting.value)) return setting.kind === 'stated' ? { verdict: 'complies', span, stated: true } : { verdict: 'complies', span };
  const wanted = demand.policy && policy ? inWords(policy, demand.policy) : demand.want;
  const found = demand.show ? demand.show(setting.value) : String(setting.value);
  const origin = setting.kind === 'default' ? ` (not stated; default of ${setting.source})` : setting.through === undefined ? '' : ` (${setting.through})`;
  const stance = demand.policy ? ` [policy ${demand.policy}: ${wanted}]` : '';
  // Set one by one: a file may have a thousand findings, and spreading optional fields costs more than the judgement.
  const verdict: { -readonly [K in keyof Violates]: Violates[K] } = { verdict: 'violates', span, message: demand.or(setting.value) + origin + stance };
  if (found !== undefined) verdict.found = setting.kind === 'default' ? `${found} (default)` : found;
  if (wanted !== undefined) verdict.wanted = wanted;
  if (demand.policy) verdict.policy = demand.policy;
  if (setting.kind === 'default') verdict.unstated = true;
  if (demand.fix) verdict.fix = fixOf(setting, demand.fix);
  return verdict;
}

/**
 * Judges only where a condition holds. An undetermined condition turns a violation into "cannot tell"; a condition
 * the format does not model holds.
 */
export function given<T>(condition: Setting<T> | undefined, holds: (value: T) => boolean, judge: () => Verdict | undefined): Verdict | undefined {
  if (!condition) return judge();
  if (condition.kind !== 'undetermined') return holds(condition.value) ? judge() : undefined;
  const verdict = judge();
  return verdict?.verdict === 'violates' ? { verdict: 'cannot tell', span: condition.span, because: condition.because } : verdict;
}

function fixOf<T>(setting: Extract<Setting<T>, { value: T }>, fix: FixText<T>): Fix {
  const edits = () => setting.write(fix.value);
  const own = fix.safety === 'review' ? fix.risk : '';
  const title = setting.remedy ?? fix.title;
  // What the rule warns of belongs to what it asks for.
  const risk = setting.remedy && setting.caution ? setting.caution : own && setting.caution ? `${own} ${setting.caution}` : own || setting.caution;
  return risk ? { title, safety: 'review', risk, edits } : { title, safety: fix.safety, edits };
}
