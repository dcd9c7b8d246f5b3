import { analyse, type Analysis } from '#engine/analysis.js';
import { lint, type Decisions, type Finding, type Outcome } from '#engine/lint.js';
import { apply, difference, type Edit } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { fixed, helps } from './fix-loop.js';
import { soundEdits } from './together.js';

/**
 * The edits that apply every safe fix of a file, until none is left. `wanted` may take others, such as those a person
 * asked to have applied after review. Edits never overlap.
 * @returns the edits, or a clause that says why the text stays as it is
 */
export function fixAll(analysis: Analysis, decisions: Decisions, wanted: (finding: Finding) => boolean = isSafe): readonly Edit[] | string {
  const judge = judgeOf(analysis, decisions);
  const done = fixed(analysis.text, lint(analysis, registry, decisions), wanted, judge);
  if (typeof done === 'string') return done;
  return done.text === analysis.text ? [] : (done.edits ?? [difference(analysis.text, done.text)]);
}

/**
 * The edits of one fix, tried before they are offered: a fix that would leave what it fixes, or break what could be read, is none.
 * @returns the edits, or a clause that says why the text stays as it is
 */
export function fixOne(analysis: Analysis, decisions: Decisions, finding: Finding, outcome: Outcome): readonly Edit[] | string {
  const edits = finding.fix ? soundEdits(finding.fix, analysis.text) : [];
  if (edits.length === 0) return [];
  const after = judgeOf(analysis, decisions)(apply(analysis.text, edits));
  return helps(finding, outcome, after) ? edits : 'the fix would not remove what it fixes; this is a defect of HIPAA Lint';
}

/** What a text would be found to be in the place of the one analysed. */
function judgeOf(analysis: Analysis, decisions: Decisions): (text: string) => Outcome | undefined {
  const format = registry.formats.get(analysis.format);
  return (text) => {
    if (!format) return undefined;
    try {
      return lint(analyse(analysis.format, format, analysis.path, text, analysis.surroundings), registry, decisions);
    } catch {
      return undefined;
    }
  };
}

/** Whether a fix may be applied without asking. */
export function isSafe({ fix }: Finding): boolean {
  return fix?.safety === 'safe';
}
