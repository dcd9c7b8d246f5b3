import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Directives } from '#notations/directives.js';
import { credits } from './composition.js';
import { number } from './reading.js';

/** What only libpwquality says. Nothing is said of a setting that another file decides. */
export interface Checks {
  readonly enforcing?: Setting<number> | undefined;
  readonly usercheck?: Setting<number> | undefined;
  readonly difok?: Setting<number> | undefined;
}

export const checks = query<Directives, Checks>('pwquality', 'checks', (analysis) => [
  { enforcing: number(analysis, 'enforcing', { value: 1 }), usercheck: number(analysis, 'usercheck', { value: 1 }), difok: number(analysis, 'difok', { value: 1, judged: true }) },
]);

/** One kind of character that is counted: its name as the file spells it, and what it counts for. */
export interface Credit {
  readonly name: string;
  readonly kind: string;
  readonly value: Setting<number> | undefined;
}

const kinds: Readonly<Record<string, string>> = table({ dcredit: 'digit', ucredit: 'capital letter', lcredit: 'small letter', ocredit: 'special character' });

export const creditLines = query<Directives, Credit>('pwquality', 'credits', (analysis) => credits.map((name) => ({ name, kind: kinds[name]!, value: number(analysis, name, { value: 0 }) })));

/** A limit on monotony: `maxrepeat` or `maxsequence`; 0 is no limit. */
export interface Run {
  readonly what: string;
  readonly value: Setting<number> | undefined;
}

export const runs = query<Directives, Run>('pwquality', 'runs', (analysis: Analysis<Directives>) => [
  { what: 'the same character in a row, as in aaaa', value: number(analysis, 'maxrepeat', { value: 0, judged: true }) },
  { what: 'characters in sequence, as in 1234', value: number(analysis, 'maxsequence', { value: 0, judged: true }) },
]);
