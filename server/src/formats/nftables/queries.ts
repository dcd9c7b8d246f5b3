import { query } from '#engine/query.js';
import { known, type Known } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { insertion, wordsOf, type Ruleset } from '#notations/nft.js';
import { always, includes } from './chains.js';
import { filterChains } from './filters.js';

export interface Say {
  readonly label: string;
  readonly span: Span;
  readonly good: Known<boolean>;
}

/** Tables for IPv4 whose filter drops, while nothing drops IPv6. */
export const addressFamilies = query<Ruleset, Say>('nftables', 'addressFamilies', ({ tree: file }) => {
  const dropping = filterChains(file, 'input').filter(({ rest }) => rest.does === 'drop');
  if (includes(file)) return [];
  const covered = dropping.some(({ chain }) => chain.family === 'inet' || chain.family === 'ip6');
  return dropping
    .filter(({ chain }) => chain.family === 'ip')
    .slice(0, 1)
    .map(({ chain }) => {
      const heading = chain.tableStatement;
      const family = heading?.tokens.find(({ text }) => text === 'ip');
      const flat = file.statements.some((statement) => statement !== heading && wordsOf(statement).includes(chain.table));
      const bound = heading?.block?.some(({ block }) => block?.some((line) => line.tokens[0]?.text === 'type' && line.tokens[1]?.text === 'nat')) ?? true;
      return {
        label: `Table ${chain.table}`,
        span: (heading ?? chain.statement).span,
        good: known(covered, (heading ?? chain.statement).span, () =>
          family && !flat && !bound ? [{ start: family.start, end: family.end, text: 'inet' }] : [],
        ),
      };
    });
});

/** Filters that drop, and whether any rule of theirs writes down what they drop. */
export const dropRecords = query<Ruleset, Say>('nftables', 'dropRecords', ({ tree: file }) =>
  filterChains(file, 'input')
    .filter(({ rest, chain }) => rest.does === 'drop' && chain.statement.block !== undefined)
    .map(({ chain }) => {
      const records = chain.rules.some(({ words }) => words.includes('log'));
      const jumps = chain.rules.some(({ words }) => words.includes('jump') || words.includes('goto'));
      const last = chain.rules.find(({ words }) => always(words) === 'drop');
      return {
        label: `The chain ${chain.name} of table ${chain.family} ${chain.table}`,
        span: chain.statement.span,
        good: known(records || jumps, chain.statement.span, () =>
          insertion(file, chain.statement, 'limit rate 3/minute log prefix "dropped: "', last?.statement),
        ),
      };
    }),
);
