import { oncePer } from '#engine/attached.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { insertion, removal, slot, type Ruleset, type Statement } from '#notations/nft.js';
import { always, chains, definitions, includes, keyOf, replacesAll, type Chain } from './chains.js';

/** What becomes of a packet that no rule of a chain names, and the statement that decides it. */
export interface Rest {
  readonly does: 'accept' | 'drop' | 'unknown';
  readonly by: Statement;
  readonly because?: string;
}

/** What holds for the whole file: the files it takes in, and its variables. */
interface Elsewhere {
  readonly include: string | undefined;
  readonly variables: ReadonlyMap<string, readonly string[]>;
}

/** Follows a chain to its end. A jump without a condition is followed, one deep at a time, each chain once. */
function restOf(file: Ruleset, chain: Chain, all: ReadonlyMap<string, Chain>, { include, variables }: Elsewhere, without: readonly unknown[] = []): Rest {
  const seen = new Set<Chain>();
  const follow = (at: Chain): Rest | undefined => {
    // Real rules are a few chains deep; a longer way is not followed.
    if (seen.has(at) || seen.size > 64) return undefined;
    seen.add(at);
    for (const { statement, words } of at.rules) {
      if (without.includes(statement)) continue;
      const verdict = always(words);
      if (verdict === undefined) continue;
      if (typeof verdict === 'string') return { does: verdict, by: statement };
      const target = all.get(keyOf(at, verdict.jump));
      const rest = target ? follow(target) : { does: 'unknown' as const, by: statement, because: `the chain ${verdict.jump} is not in this file` };
      if (rest) return rest;
    }
    return undefined;
  };
  const ended = follow(chain);
  if (ended) return ended;
  const { raw: written, span } = policy(file, chain);
  const raw = written?.startsWith('$') ? (variables.get(written.slice(1))?.[0] ?? written) : written;
  const by = chain.base?.statement ?? chain.statement;
  if (raw === undefined || raw === 'accept') {
    return include ? { does: 'unknown', by: { ...by, span }, because: include } : { does: 'accept', by: { ...by, span } };
  }
  return raw === 'drop' ? { does: 'drop', by: { ...by, span } } : { does: 'unknown', by: { ...by, span }, because: `${raw} is defined elsewhere` };
}

/** nft(8): a base chain without `policy` accepts. */
function policy(file: Ruleset, chain: Chain) {
  return slot(file, chain.statement, 'policy', chain.base?.statement ?? chain.statement);
}

/** The chains of the filter that see what comes in, or what passes through. */
export function filterChains(file: Ruleset, hook: 'input' | 'forward'): readonly Filter[] {
  return filtersOf(file).filter(({ chain }) => chain.base!.hook === hook);
}

interface Filter {
  readonly chain: Chain;
  readonly rest: Rest;
  /** The rules of the chain itself that accept whatever comes so far, and what becomes of the rest without them. */
  readonly ends: readonly Chain['statement'][];
  left(): Rest;
}

/** Asked for by every concept and rule, so worked out once for a file. */
const filtersOf = oncePer((file: Ruleset): readonly Filter[] => {
  const elsewhere = { include: includes(file), variables: definitions(file).variables };
  const all = chains(file);
  const byKey = new Map(all.map((chain) => [keyOf(chain, chain.name), chain]));
  return all
    .filter(({ base, family }) => base?.type === 'filter' && (family === 'inet' || family === 'ip' || family === 'ip6'))
    .map((chain) => {
      const ends = chain.rules.filter(({ words }) => always(words) === 'accept').map(({ statement }) => statement);
      return { chain, ends, rest: restOf(file, chain, byKey, elsewhere), left: () => restOf(file, chain, byKey, elsewhere, ends) };
    });
});

/**
 * The filters of a file. A packet must pass every chain of its hook, so one chain that drops is enough; a chain that only
 * blocks a list of addresses is no filter of its own where the file does not replace everything.
 */
export function filters(file: Ruleset) {
  const whole = replacesAll(file);
  const facts = (['input', 'forward'] as const).flatMap((hook) => {
    const found = filterChains(file, hook);
    const dropped = new Set(found.filter(({ rest }) => rest.does === 'drop').map(({ chain }) => chain.family));
    return found.flatMap((filter) => {
      const { chain, rest } = filter;
      if (rest.does !== 'drop' && (dropped.has('inet') || dropped.has(chain.family))) return [];
      const lists = chain.rules.length > 0 && !chain.rules.some(({ words }) => words.includes('accept') || words.includes('jump') || words.includes('vmap'));
      if (rest.does === 'accept' && lists && !whole) return [];
      return [
        {
          label: `The chain ${chain.name} of table ${chain.family} ${chain.table}`,
          span: chain.statement.span,
          [hook]: settingOf(file, filter) as Setting<'drop' | 'accept'>,
        },
      ];
    });
  });
  return [...facts, ...missing(file, whole)];
}

function settingOf(file: Ruleset, { chain, rest, ends, left }: Filter): Setting<'drop' | 'accept'> {
  const { span } = rest.by;
  if (rest.does === 'unknown') return undetermined(span, rest.because ?? 'it is defined elsewhere');
  if (rest.does === 'accept' && chain.rules.some(({ words }) => words.some((word) => /^DOCKER(?:-|$)/.test(word))))
    return undetermined(span, 'Docker sets the policy of this chain when it starts');
  const own = policy(file, chain);
  const lines = rest.does === 'accept' && chain.base?.hook === 'input' ? wayBack(file, chain) : [];
  const first = chain.rules[0]?.statement;
  // Only where a line can be put before the first rule.
  const canAdd = lines.length > 0 && (first ? chain.statement.block?.includes(first) === true && isAlone(file, first.span.start) : chain.statement.close !== undefined && isAlone(file, chain.statement.close));
  const linesOf = () => (canAdd ? lines.flatMap((line) => insertion(file, chain.statement, line, first)) : []);
  const caution = canAdd ? { caution: `${lines.join(' and ')} ${lines.length > 1 ? 'are' : 'is'} written with it.` } : {};
  const write = (wanted: 'drop' | 'accept'): readonly Edit[] => {
    if (wanted !== 'drop') return [];
    const then = left();
    // Another chain lets the rest in.
    if (then.does === 'accept' && then.by.span.start !== policy(file, chain).span.start) return [];
    return [...linesOf(), ...ends.flatMap((statement) => removal(file, statement)), ...(own.raw === 'drop' || !chain.base ? [] : own.write('drop'))];
  };
  if (rest.does === 'accept' && own.raw === undefined && !chain.rules.some(({ statement }) => statement === rest.by)) {
    return { kind: 'default', value: 'accept', span, source: documented('nftables', '0.9 to 1.1', 'nft(8)'), write, ...caution };
  }
  return { ...known(rest.does, span, write), ...caution };
}

/** What a filter that drops needs to let a machine talk to itself and hear the answers it asked for, as far as no rule of its table has it. */
function wayBack(file: Ruleset, { family, table }: Chain): readonly string[] {
  const { loopback, established } = accepted(file).get(`${family} ${table}`) ?? { loopback: false, established: false };
  return [...(loopback ? [] : ['iif "lo" accept']), ...(established ? [] : ['ct state established,related accept'])];
}

/** Of each table, whether a rule accepts what comes over loopback, and answers. */
const accepted = oncePer((file: Ruleset): ReadonlyMap<string, { readonly loopback: boolean; readonly established: boolean }> => {
  const found = new Map<string, { loopback: boolean; established: boolean }>();
  for (const { family, table, rules } of chains(file)) {
    const here = found.get(`${family} ${table}`) ?? { loopback: false, established: false };
    found.set(`${family} ${table}`, here);
    for (const { words } of rules) {
      if (!words.some((word) => /\baccept\b/.test(word))) continue;
      here.loopback ||= words.some((word) => word === 'iif' || word === 'iifname') && words.some((word) => /^"?lo"?$/.test(word));
      here.established ||= words.some((word) => /\bestablished\b/.test(word));
    }
  }
  return found;
});

/** Whether nothing but blanks stands before a place on its line. */
function isAlone({ text }: Ruleset, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

/** A file that replaces everything and never looks at what comes in leaves the machine open. */
function missing(file: Ruleset, whole: Statement | undefined) {
  const found = chains(file);
  if (
    !whole ||
    includes(file) ||
    found.length === 0 ||
    found.some(({ base }) => base?.hook === 'input' || base?.hook === 'ingress' || (base?.hook === 'prerouting' && base.type === 'filter'))
  )
    return [];
  return [{ label: 'The packet filter for incoming traffic', span: whole.span, enabled: known(false, whole.span) }];
}
