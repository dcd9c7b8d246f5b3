import type { Analysis } from '#engine/analysis.js';
import { known, translate, type Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { number } from './reading.js';

/** What each kind of character counts for, or how many of it are asked for when negative. */
export const credits = ['dcredit', 'ucredit', 'lcredit', 'ocredit'];

/** The library never accepts fewer characters, whatever `minlen` says (pwquality.conf(5), observed with pwscore 1.4.5). */
const floor = 6;

/**
 * The least number of characters that can pass. A positive credit makes each such character count twice, up to the
 * credit: `minlen = 14` with `dcredit = 1` accepts 13 characters (observed with pwscore 1.4.5).
 */
export function length(analysis: Analysis<Directives>): Setting<number> | undefined {
  const least = number(analysis, 'minlen', { value: 8, judged: true });
  const given = creditsOf(analysis).reduce((sum, credit) => sum + Math.max(0, credit), 0);
  return least && translate(least, (characters) => Math.max(floor, characters - given), (characters) => characters + given);
}

/** The kinds of character asked for: `minclass`, or one for each negative credit if that is more. */
export function classes(analysis: Analysis<Directives>): Setting<number> | undefined {
  const least = number(analysis, 'minclass', { value: 0, judged: true });
  const asked = credits.flatMap((name) => number(analysis, name, { value: 0 }) ?? []).filter((credit) => credit.kind === 'stated' && credit.value < 0);
  if (asked.length === credits.length) return known(asked.length, asked[0]!.span);
  if (!least || least.kind === 'undetermined' || asked.length === 0) return least;
  return known(Math.max(least.value, asked.length), least.kind === 'stated' ? least.span : asked[0]!.span, least.write);
}

function creditsOf(analysis: Analysis<Directives>): readonly number[] {
  return credits.map((name) => number(analysis, name, { value: 0 })).map((credit) => (credit && credit.kind !== 'undetermined' ? credit.value : 0));
}
