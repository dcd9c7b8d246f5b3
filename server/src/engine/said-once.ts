import { oncePer } from './attached.js';
import { groupedBy } from './grouping.js';
import type { Finding, Unresolved } from './lint.js';
import { severities, type Fix, type Rule } from './rule.js';

/**
 * Findings of which those that say the same are said once: a precaution that several parts of one whole leave out is one finding, and all
 * precautions that a whole lacks are said under the gravest; so is what a rule says beside a graver one. Each keeps its rule, so that reports
 * and exceptions know it. What an exception covers is said by itself.
 */
export function saidOnce(findings: readonly Finding[], rules: ReadonlyMap<string, Rule>): readonly Finding[] {
  const group = (finding: Finding) => groupOf(finding, rules);
  if (!findings.some((finding) => group(finding) !== undefined)) return findings;
  const merged = [...groupedBy(findings, (one) => (isSaidUnder(one, rules) ? `${one.rule} ${group(one)}` : one)).values()].map(joined);
  const now = new Map<Finding, Finding>();
  for (const [name, members] of groupedBy(merged, group)) {
    const lesser = members.filter((one) => isSaidUnder(one, rules));
    const chief = name === undefined ? undefined : (members.find((one) => !isSaidUnder(one, rules)) ?? gravest(lesser));
    const beside = lesser.filter((one) => one !== chief).map((one) => ({ ...one, under: chief!.rule, was: one }));
    if (!chief || beside.length === 0) continue;
    now.set(chief, { ...chief, beside: beside.map(({ was, ...one }) => (now.set(was, one), one)) });
  }
  return merged.map((one) => now.get(one) ?? one);
}

/** Which findings may be said with one: those of one whole and one kind. What nothing states is said once of a whole by every rule. */
function groupOf({ rule, whole, unstated, exception }: Finding, rules: ReadonlyMap<string, Rule>): string | undefined {
  if (!whole || exception) return undefined;
  const { precaution, once } = rules.get(rule) ?? {};
  const kind = precaution && unstated ? 'precautions' : (once?.under ?? (unstated || once || chiefRules(rules).has(rule) ? rule : undefined));
  return kind && `${kind} ${whole.span.start} ${whole.span.end}`;
}

/** Whether a finding that is in a group becomes one with others of its rule, and may be said under another. */
function isSaidUnder(finding: Finding, rules: ReadonlyMap<string, Rule>): boolean {
  return groupOf(finding, rules) !== undefined && (finding.unstated === true || rules.get(finding.rule)?.once !== undefined);
}

/** The rules under which others are said. */
const chiefRules = oncePer((rules: ReadonlyMap<string, Rule>) => new Set([...rules.values()].map(({ once }) => once?.under)));

function gravest(findings: readonly Finding[]): Finding | undefined {
  return findings.length === 0 ? undefined : findings.reduce((a, b) => (severities.indexOf(b.severity) < severities.indexOf(a.severity) ? b : a));
}

/** Doubts of which those of one rule that the same would resolve are said once. */
export function reasonsOnce(unresolved: readonly Unresolved[]): readonly Unresolved[] {
  return [...groupedBy(unresolved, ({ rule, because }) => `${rule} ${because}`).values()].map(([first, ...others]) =>
    (others.length === 0 ? first! : { ...first!, also: others.map(({ span }) => span) }));
}

/** A finding in words, with how many places more it is about. */
export function inWords({ message, also, whole }: Finding): string {
  if (!also || !whole) return message;
  return `${message}; the same is so at ${also.length} more ${also.length === 1 ? 'place' : 'places'} of ${whole.label}`;
}

/** What is said under a finding, in words; `path` where it is said of another file. */
export function alsoOf(whole: string | undefined, beside: readonly { readonly rule: string; readonly path?: string }[]): string {
  const here = beside.filter(({ path }) => path === undefined).map(({ rule }) => rule);
  const files = beside.flatMap(({ path }) => path ?? []);
  const more = `${files.slice(0, mostNamed).join(', ')}${files.length > mostNamed ? ` and ${files.length - mostNamed} more` : ''}`;
  return [...(here.length > 0 ? [`Also of ${whole}: ${here.join(', ')}`] : []), ...(files.length > 0 ? [`The same in ${more}`] : [])].join('. ');
}

/** How many files are named where the same is so in many. */
const mostNamed = 5;

/** One finding for several that say the same of parts of one whole. */
function joined(same: readonly Finding[]): Finding {
  const [first, ...others] = same;
  if (others.length === 0) return first!;
  return { ...first!, fix: joinedFix(same.flatMap(({ fix }) => fix ?? [])), also: others.map(({ span, message }) => ({ span, message })) };
}

/** One fix that makes the edits of all; parts that share their text share its edits. */
function joinedFix(fixes: readonly Fix[]): Fix | undefined {
  const [first] = fixes;
  if (!first) return undefined;
  const edits = () => {
    const all = fixes.flatMap((fix) => fix.edits());
    return [...new Map(all.map((edit) => [`${edit.start} ${edit.end} ${edit.text}`, edit])).values()];
  };
  return { ...first, safety: fixes.every(({ safety }) => safety === 'safe') ? 'safe' : 'review', edits };
}
