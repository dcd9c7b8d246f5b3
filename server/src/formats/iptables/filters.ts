import { known, undetermined, type Setting } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { insertion, policySlot, removal, rulesByChain, type Rule, type RuleFile, type Table } from '#notations/iptables-save.js';

/** What becomes of a packet that no rule of a chain names, and the line that decides it. */
export interface Rest {
  readonly does: 'accept' | 'drop' | 'unknown';
  readonly by: Span;
  readonly rule?: Rule;
  readonly because?: string;
}

/** The tables that filter. */
export function filterTables(file: RuleFile): readonly Table[] {
  return file.tables.filter(({ name }) => name === 'filter');
}

/** The target of a rule that asks for nothing first: a comment is no condition. */
function always(words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '-m' && words[i + 1] === 'comment') i++;
    else if (words[i] === '--comment') i++;
    else if (words[i] === '-j' || words[i] === '-g')
      return words[i + 2] === undefined || words[i + 2] === '--reject-with' || (words[i + 2] === '-m' && words[i + 3] === 'comment') ? words[i + 1] : undefined;
    else return undefined;
  }
  return undefined;
}

/** Follows a chain to its end: an unconditional target decides, else the policy. */
export function restOf(table: Table, name: string, without: readonly Rule[] = []): Rest | undefined {
  const seen = new Set<string>();
  const byChain = rulesByChain(table);
  const follow = (chain: string): Rest | undefined => {
    // Real rules are a few chains deep; a longer way is not followed.
    if (seen.has(chain) || seen.size > 64) return undefined;
    seen.add(chain);
    for (const rule of byChain.get(chain) ?? []) {
      if (without.includes(rule)) continue;
      const target = always(rule.words);
      if (target === 'ACCEPT' || target === 'DROP' || target === 'REJECT') return { does: target === 'ACCEPT' ? 'accept' : 'drop', by: rule, rule };
      if (target === undefined || target === 'LOG' || target === 'NFLOG' || target === 'RETURN' || target === 'ULOG') continue;
      const rest = follow(target);
      if (rest) return rest;
    }
    return undefined;
  };
  const ended = follow(name);
  if (ended) return ended;
  const chain = table.chains.filter((each) => each.name === name).at(-1);
  if (!chain) return undefined;
  if (chain.policy === 'ACCEPT') return { does: 'accept', by: chain };
  return chain.policy === 'DROP' ? { does: 'drop', by: chain } : { does: 'unknown', by: chain, because: 'the policy is filled in elsewhere' };
}

/** What the filter does with the rest of what comes in and of what passes through. */
export function filters(file: RuleFile) {
  return filterTables(file).flatMap((table) =>
    (['INPUT', 'FORWARD'] as const).flatMap((name) => {
      const rest = restOf(table, name);
      if (!rest) return [];
      return [{ label: `The chain ${name}`, span: rest.by, [name === 'INPUT' ? 'input' : 'forward']: settingOf(file, table, name, rest) }];
    }),
  );
}

function settingOf(file: RuleFile, table: Table, name: string, rest: Rest): Setting<'drop' | 'accept'> {
  const span = { start: rest.by.start, end: rest.by.end };
  if (rest.does === 'unknown') return undetermined(span, rest.because ?? 'it is filled in elsewhere');
  const docker =
    name === 'FORWARD' && !rest.rule && table.rules.some(({ chain, words }) => chain === name && words.some((word) => /^DOCKER(?:-|$)/.test(word)));
  if (rest.does === 'accept' && docker) return undetermined(span, 'Docker sets the policy of this chain when it starts');
  const denied = rest.rule === undefined || rest.rule.chain === name;
  const lines = name === 'INPUT' && denied ? wayBack(table) : [];
  const first = table.rules.find(({ chain }) => chain === name);
  const ends = (rulesByChain(table).get(name) ?? []).filter(({ words }) => always(words) === 'ACCEPT');
  const setting = known(rest.does, span, (wanted): readonly Edit[] =>
    // Another chain may let the rest in.
    wanted !== 'drop' || (denied && restOf(table, name, ends)?.rule)
      ? []
      : [
          ...(lines.length > 0 ? insertion(file, table, lines.join(lineEnd(file.text)), first) : []),
          ...(denied ? ends.flatMap((rule) => removal(file, table, rule)) : []),
          ...(denied ? policySlot(file, table, name).write('DROP') : []),
        ],
  );
  return rest.does === 'accept' && lines.length > 0 ? { ...setting, caution: `${lines.join(' and ')} ${lines.length > 1 ? 'are' : 'is'} written with it.` } : setting;
}

/** What a filter that drops needs to let a machine talk to itself and hear the answers it asked for, as far as no rule has it. */
function wayBack({ rules }: Table): readonly string[] {
  const accepted = rules.filter(({ words }) => words.includes('ACCEPT'));
  const loopback = accepted.some(({ words }) => words.some((word, i) => (word === '-i' || word === '--in-interface') && words[i + 1] === 'lo'));
  const established = accepted.some(({ words }) => words.some((word, i) => /^--(?:ct)?state$/.test(word) && /\bESTABLISHED\b/.test(words[i + 1] ?? '')));
  return [...(loopback ? [] : ['-A INPUT -i lo -j ACCEPT']), ...(established ? [] : ['-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'])];
}
