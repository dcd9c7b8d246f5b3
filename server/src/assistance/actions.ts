import { securityRule } from '#safeguards/security-rule.js';
import type { Analysis } from '#engine/analysis.js';
import type { Decisions, Finding, Outcome } from '#engine/lint.js';
import type { Edit, Span } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { exceptionComment } from './exception-comment.js';
import { fixAll, fixOne, isSafe } from './fix-all.js';
import { soundEdits } from './together.js';

/** What a person may do about one finding or about a whole file. */
export interface Action {
  readonly title: string;
  readonly does: Doing;
  /** What it is about; none for an action on the whole file. */
  readonly finding?: Finding;
  /** Safe, and therefore what an editor may offer first. */
  readonly preferred: boolean;
}

/** An action by name, so that its edits can be made later, from the text as it is then. Plain data. */
export type Doing =
  | { readonly do: 'fix'; readonly rule: string; readonly message: string; readonly nth: number }
  | { readonly do: 'fix-whole'; readonly rule: string; readonly message: string; readonly nth: number }
  | { readonly do: 'fix-rule'; readonly rule: string }
  | { readonly do: 'fix-all' }
  | { readonly do: 'except'; readonly rule: string; readonly message: string; readonly nth: number; readonly kind: 'accepted-risk' | 'alternative-measure' }
  | { readonly do: 'open-page'; readonly rule: string };

/** The actions for what was found in a span: per finding its fix, an exception to fill in, and its page. */
export function actionsAt(analysis: Analysis, outcome: Outcome, span: Span): readonly Action[] {
  const shown = outcome.findings.filter(({ exception }) => !exception);
  const touched = shown.filter((finding) => touches(finding.span, span));
  // What is said under a finding is mended where that is shown.
  const here = [...new Set(touched.flatMap((finding) => [finding, ...(finding.beside ?? [])]))];
  const fixes = here.flatMap((finding): Action[] => {
    const { fix, rule, message } = finding;
    if (!fix || soundEdits(fix, analysis.text).length === 0) return [];
    const title = fix.safety === 'safe' ? fix.title : `${fix.title} (review: ${shortened(fix.risk ?? 'check the effect first')})`;
    return [{ title, does: { do: 'fix', rule, message, nth: nth(shown, finding) }, finding, preferred: fix.safety === 'safe' }];
  });
  const together = here.flatMap((finding): Action[] => {
    const mended = [finding, ...(finding.beside ?? [])].filter(({ fix }) => fix !== undefined);
    if (!finding.beside || mended.length < 2) return [];
    const { rule, message, whole } = finding;
    return [{ title: `Take all ${mended.length} precautions for ${whole!.label} (review: each has its own risk)`, does: { do: 'fix-whole', rule, message, nth: nth(shown, finding) }, finding, preferred: false }];
  });
  const rules = [...new Set(here.map(({ rule }) => rule))];
  const several = rules.flatMap((rule): Action[] => {
    const alike = shown.filter((finding) => finding.rule === rule && isSafe(finding));
    const finding = here.find((found) => found.rule === rule && isSafe(found));
    return finding && alike.length > 1 ? [{ title: `Fix all ${alike.length} of ${rule} in this file`, does: { do: 'fix-rule', rule }, finding, preferred: false }] : [];
  });
  const canComment = registry.formats.get(analysis.format)?.comment !== undefined;
  const exceptions = !canComment ? [] : here.flatMap((finding): Action[] => {
    const { rule, message, safeguards } = finding;
    const of = { rule, message, nth: nth(shown, finding) };
    const record: Action = { title: `Record an accepted risk for ${rule}`, does: { do: 'except', ...of, kind: 'accepted-risk' }, finding, preferred: false };
    const measure: Action = { title: `Record an alternative measure for ${rule}`, does: { do: 'except', ...of, kind: 'alternative-measure' }, finding, preferred: false };
    // An alternative measure is an answer to addressable rows only, 164.306(d)(3).
    return safeguards.every((citation) => securityRule[citation].status === 'required') ? [record] : [record, measure];
  });
  const cannotTell = outcome.unresolved.filter((entry) => touches(entry.span, span)).map(({ rule }) => rule);
  const explained = [...new Set([...rules, ...cannotTell])].map((rule): Action => {
    const finding = here.find((found) => found.rule === rule);
    return { title: `Open the page of ${rule}`, does: { do: 'open-page', rule }, ...(finding && { finding }), preferred: false };
  });
  return [...fixes, ...together, ...several, ...exceptions, ...explained];
}

/** Whether the file has anything that may be fixed unasked. */
export function hasSafeFix({ findings }: Outcome): boolean {
  return findings.some((finding) => !finding.exception && isSafe(finding));
}

/** The edits of an action on the text as it is now; `undefined` when there is nothing left to do, a clause where a fix cannot be made. */
export function editsOf(does: Doing, analysis: Analysis, outcome: Outcome, decisions: Decisions): readonly Edit[] | string | undefined {
  const shown = outcome.findings.filter(({ exception }) => !exception);
  switch (does.do) {
    case 'fix': {
      const finding = found(shown, does);
      return finding && fixOne(analysis, decisions, finding, outcome);
    }
    case 'fix-whole': {
      const finding = found(shown, does);
      const rules = new Set([finding, ...(finding?.beside ?? [])].map((one) => one?.rule));
      return finding && fixAll(analysis, decisions, (one) => rules.has(one.rule) && one.unstated === true && one.whole?.label === finding.whole!.label);
    }
    case 'fix-rule': return fixAll(analysis, decisions, (finding) => finding.rule === does.rule && isSafe(finding));
    case 'fix-all': return fixAll(analysis, decisions);
    case 'except': {
      const finding = found(shown, does);
      const edit = finding && exceptionComment(analysis, finding, does.kind, decisions);
      return edit && [edit];
    }
    case 'open-page': return undefined;
  }
}

/** Findings are known by rule, message and order among those alike: offsets move while people type. */
function nth(all: readonly Finding[], finding: Finding): number {
  return all.filter(({ rule, message }) => rule === finding.rule && message === finding.message).indexOf(finding);
}

function found(all: readonly Finding[], { rule, message, nth: which }: { readonly rule: string; readonly message: string; readonly nth: number }): Finding | undefined {
  return all.filter((finding) => finding.rule === rule && finding.message === message)[which];
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** As much of a risk as a menu has room for, ending with a word; hovering shows it whole. */
function shortened(risk: string): string {
  const room = 80;
  return risk.length <= room ? risk.replace(/\.$/, '') : `${risk.slice(0, risk.lastIndexOf(' ', room)).replace(/[,;:.]$/, '')} …`;
}
