import { reconsider, type Analysis } from '#engine/analysis.js';
import { lint, type Decisions, type Finding } from '#engine/lint.js';
import { apply, type Edit } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { together } from './together.js';

/** A fix may make room for another, so they are applied again and again; a ring of fixes ends here. */
const rounds = 20;

/**
 * The edits that apply every safe fix of a file, until none is left. `wanted` may take others, such as those a person
 * asked to have applied after review. Edits never overlap; of two fixes that would, the first is taken and the other tried
 * in the next round.
 */
export function fixAll(analysis: Analysis, decisions: Decisions, wanted: (finding: Finding) => boolean = isSafe): readonly Edit[] {
  const format = registry.formats.get(analysis.format);
  if (!format) return [];
  let first: readonly Edit[] | undefined;
  let text = analysis.text;
  let now = analysis;
  for (let round = 0; round < rounds; round++) {
    const edits = together(lint(now, registry, decisions).findings.filter((finding) => !finding.exception && wanted(finding)));
    const next = apply(text, edits);
    if (next === text) break;
    first = round === 0 ? edits : undefined;
    text = next;
    now = reconsider(format, { ...analysis, text, tree: format.parse(text) }, analysis.surroundings);
  }
  if (text === analysis.text) return [];
  return first ?? [difference(analysis.text, text)];
}

/** Whether a fix may be applied without asking. */
export function isSafe({ fix }: Finding): boolean {
  return fix?.safety === 'safe';
}

/** One edit that turns a text into another, as short as possible. */
export function difference(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  return { start, end: before.length - end, text: after.slice(start, after.length - end) };
}
