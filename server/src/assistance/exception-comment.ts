import { reconsider, type Analysis } from '#engine/analysis.js';
import { exceptionMarker, type ExceptionKind } from '#engine/exceptions.js';
import { lint, type Decisions, type Finding } from '#engine/lint.js';
import { apply, lineEnd, type Edit } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

/**
 * The edit that inserts a comment in which a person records why a finding is left. It hides nothing until they have
 * written who decided and why. Nothing where the notation has no comments, or where no place for one reaches the finding.
 */
export function exceptionComment(analysis: Analysis, finding: Finding, kind: ExceptionKind, decisions: Decisions): Edit | undefined {
  const format = registry.formats.get(analysis.format);
  if (!format?.comment) return undefined;
  const { text } = analysis;
  const until = yearAfter(decisions.today);
  const words = (by: string) =>
    `${exceptionMarker} ${finding.rule} kind=${kind} until=${until} by="${by}" because="${by}"${kind === 'alternative-measure' ? ` measure="${by}"` : ''}`;
  const only = (id: string) => id === finding.rule;
  const before = lint(analysis, registry, decisions, only).findings;
  for (const start of new Set([lineStart(text, finding.span.start), 0])) {
    const indent = /^[ \t]*/.exec(text.slice(start, start + 200))![0];
    const edit = (by: string): Edit => ({ start, end: start, text: `${indent}${format.comment!(words(by))}${lineEnd(text)}` });
    const filled = apply(text, [edit('x')]);
    const trial = reconsider(format, { ...analysis, text: filled, tree: format.parse(filled) }, analysis.surroundings);
    if (isCovered(lint(trial, registry, decisions, only).findings, before, finding, filled.length - text.length)) return edit('');
  }
  return undefined;
}

/** Whether the comment covers the finding and changed nothing else: one that broke the file would make findings vanish too. */
function isCovered(after: readonly Finding[], before: readonly Finding[], { message, span }: Finding, shift: number): boolean {
  const isIt = (other: Finding) => other.message === message && (other.span.start === span.start + shift || other.span.start === span.start);
  return placesIn(after) === placesIn(before) && after.some((other) => other.exception && isIt(other));
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The same day a year later; the last day of February stays the last. */
function yearAfter(today: string): string {
  const [year, rest] = [today.slice(0, 4), today.slice(4)];
  return `${String(Number(year) + 1).padStart(4, '0')}${rest === '-02-29' ? '-02-28' : rest}`;
}

/** What an exception covers is said by itself, and no longer with the same of other places. */
function placesIn(findings: readonly Finding[]): number {
  return findings.reduce((sum, { also }) => sum + 1 + (also?.length ?? 0), 0);
}
