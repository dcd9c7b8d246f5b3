import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { insertion, type RuleFile } from '#notations/iptables-save.js';
import { filterTables, restOf } from './filters.js';

export interface Say {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

/** The filter for IPv4 has a file beside it for IPv6, under the names that the tools of Debian and of Red Hat load. */
export const counterpart = query<RuleFile, Say>('iptables', 'counterpart', (analysis: Analysis<RuleFile>) => {
  const twin = twinOf(analysis.path);
  if (twin === undefined) return [];
  return filterTables(analysis.tree)
    .filter((table) => restOf(table, 'INPUT')?.does === 'drop')
    .map((table) => {
      const span = { start: table.start, end: table.end };
      const other = analysis.surroundings.open(twin);
      const good = other === 'pending' ? undetermined(span, `whether ${twin} exists is not known yet`) : known(other !== 'absent', span);
      return { label: twin.slice(twin.lastIndexOf('/') + 1), span, good };
    });
});

function twinOf(path: string): string | undefined {
  const match = /^(.*\/)?(rules\.v4|sysconfig\/iptables)$/.exec(path);
  return match ? `${match[1] ?? ''}${match[2] === 'rules.v4' ? 'rules.v6' : 'sysconfig/ip6tables'}` : undefined;
}

/** Filters that drop, and whether any rule writes down what they drop. */
export const dropRecords = query<RuleFile, Say>('iptables', 'dropRecords', ({ tree: file }) =>
  filterTables(file).flatMap((table) => {
    const rest = restOf(table, 'INPUT');
    if (rest?.does !== 'drop') return [];
    const records = table.rules.some(({ words }) => words.includes('LOG') || words.includes('NFLOG') || words.includes('ULOG'));
    const span = { start: rest.by.start, end: rest.by.end };
    const rule = '-A INPUT -m limit --limit 3/min -j LOG --log-prefix "dropped: "';
    return [
      {
        label: 'The chain INPUT',
        span,
        good: known(records, span, () => (rest.rule && rest.rule.chain !== 'INPUT' ? [] : insertion(file, table, rule, rest.rule))),
      },
    ];
  }),
);
