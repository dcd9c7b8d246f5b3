import type { Inclusion } from '#engine/format.js';
import { placesOf } from '#notations/included-files.js';
import { wordsOf, type Ruleset, type Statement } from '#notations/nft.js';

/** One rule of a chain, where it stands. */
export interface Rule {
  readonly statement: Statement;
  readonly words: readonly string[];
}

/** A chain with the rules of all places that add to it. */
export interface Chain {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  /** The heading, with the block where the chain is written as one. */
  readonly statement: Statement;
  readonly tableStatement?: Statement | undefined;
  /** `type filter hook input priority 0`: what calls the chain; a chain without it is called by others only. */
  readonly base?: { readonly statement: Statement; readonly type: string; readonly hook: string } | undefined;
  readonly rules: readonly Rule[];
}

interface Growing extends Chain {
  readonly rules: Rule[];
  /** What `insert rule` puts before all others, the last one first. */
  readonly first: Rule[];
}

/** What a chain is found by from another chain of its table. */
export const keyOf = ({ family, table }: Pick<Chain, 'family' | 'table'>, name: string) => `${family} ${table} ${name}`;

const families: ReadonlySet<string> = new Set(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

/** The chains of a file: from blocks, and from `add chain` and `add rule` lines. */
export function chains(file: Ruleset): readonly Chain[] {
  const found = new Map<string, Growing>();
  const chain = (family: string, table: string, name: string, statement: Statement, tableStatement?: Statement) => {
    const key = `${family} ${table} ${name}`;
    let known = found.get(key);
    if (!known || (!known.base && statement.block))
      found.set(
        key,
        (known = { family, table, name, statement, tableStatement, base: baseOf(statement), rules: known?.rules ?? [], first: known?.first ?? [] }),
      );
    return known;
  };
  for (const statement of file.statements) {
    const all = wordsOf(statement);
    const words = all[0] === 'add' || all[0] === 'create' || all[0] === 'insert' ? all.slice(1) : all;
    const [family, rest] = families.has(words[1] ?? '') ? [words[1]!, words.slice(2)] : ['ip', words.slice(1)];
    if (words[0] === 'table' && statement.block && rest[0]) {
      for (const inner of statement.block) {
        const [kind, name] = wordsOf(inner);
        if (kind !== 'chain' || !name || !inner.block) continue;
        const one = chain(family, rest[0], name, inner, statement);
        for (const line of inner.block) if (isRule(line)) one.rules.push({ statement: line, words: wordsOf(line) });
      }
    } else if (words[0] === 'chain' && rest.length >= 2) {
      const one = chain(family, rest[0]!, rest[1]!, statement);
      for (const line of statement.block ?? []) if (isRule(line)) one.rules.push({ statement: line, words: wordsOf(line) });
    } else if (words[0] === 'rule' && rest.length > 2) {
      const one = chain(family, rest[0]!, rest[1]!, statement);
      const rule = { statement, words: rest.slice(rest[2] === 'position' || rest[2] === 'index' || rest[2] === 'handle' ? 4 : 2) };
      if (all[0] === 'insert') one.first.push(rule);
      else one.rules.push(rule);
    }
  }
  return [...found.values()].map((chain) => (chain.first.length > 0 ? { ...chain, rules: [...chain.first.reverse(), ...chain.rules] } : chain));
}

function baseOf({ block }: Statement): Chain['base'] {
  const statement = block?.find(({ tokens }) => tokens[0]?.text === 'type' && tokens[2]?.text === 'hook');
  return statement && { statement, type: statement.tokens[1]!.text, hook: statement.tokens[3]?.text ?? '' };
}

function isRule({ tokens }: Statement): boolean {
  const first = tokens[0]?.text;
  return first !== 'type' && first !== 'policy' && first !== 'comment' && first !== 'devices' && first !== 'flags' && first !== 'include';
}

/** `define NAME = VALUE`, and the elements of named sets, as words. */
export function definitions(file: Ruleset): {
  readonly variables: ReadonlyMap<string, readonly string[]>;
  readonly sets: ReadonlyMap<string, readonly string[] | undefined>;
} {
  const variables = new Map<string, readonly string[]>();
  const sets = new Map<string, readonly string[] | undefined>();
  for (const statement of file.statements) {
    const words = wordsOf(statement);
    if (words[0] === 'define' && words[1] !== undefined) {
      const glued = /^([^=]+)=(.*)$/.exec(words[1]);
      variables.set(glued ? glued[1]! : words[1], glued ? [glued[2]!, ...words.slice(2)].filter(Boolean) : words.slice(words[2] === '=' ? 3 : 2));
    }
    for (const inner of statement.block ?? []) {
      const [kind, name] = wordsOf(inner);
      if (kind !== 'set' || !name) continue;
      const elements = inner.block?.find(({ tokens }) => tokens[0]?.text === 'elements');
      sets.set(name, elements && wordsOf(elements).slice(2));
    }
  }
  return { variables, sets };
}

/** The files a file takes in; what they add is not known here. */
export function includes(file: Ruleset): string | undefined {
  const include = file.statements.find(({ tokens }) => tokens[0]?.text === 'include')?.tokens[1]?.text;
  return include === undefined ? undefined : `a file in ${include} may add to it`;
}

/** nft(8), INCLUDING FILES: shell wildcards may stand in the name, and a relative one starts from where nft runs. */
export function inclusionsOf(file: Ruleset, path: string): readonly Inclusion[] {
  return file.statements.flatMap(({ tokens }) => (tokens[0]?.text === 'include' ? [placesOf(tokens[1]?.text ?? '', path, ['/etc/nftables/', '/etc/'])] : []));
}

/** Whether the file replaces all there was, and so is all there is. */
export function replacesAll(file: Ruleset): Statement | undefined {
  return file.statements.find(({ tokens }) => tokens[0]?.text === 'flush' && tokens[1]?.text === 'ruleset');
}

const terminal: ReadonlySet<string> = new Set(['accept', 'drop', 'reject']);

/** The words that only count, write down or comment are left out; what is left decides. */
export function deciding(words: readonly string[]): readonly string[] {
  const left: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === 'counter') {
      if (words[i + 1] === 'packets') i += 4;
      else if (words[i + 1] === 'name') i += 2;
    } else if (word === 'comment') i += 1;
    else if (word === 'log') {
      while (['prefix', 'level', 'group', 'flags', 'snaplen', 'queue-threshold'].includes(words[i + 1] ?? ''))
        i += words[i + 1] === 'flags' && words[i + 2] === 'tcp' ? 3 : 2;
    } else left.push(word);
  }
  return left;
}

/** What a rule does to every packet: nothing where it asks for something first, or only counts. */
export function always(words: readonly string[]): 'accept' | 'drop' | { readonly jump: string } | undefined {
  const [verdict, target, ...rest] = deciding(words);
  if (verdict === undefined) return undefined;
  if ((verdict === 'jump' || verdict === 'goto') && target !== undefined && rest.length === 0) return { jump: target };
  if (verdict === 'reject') return target === undefined || target === 'with' ? 'drop' : undefined;
  return terminal.has(verdict) && target === undefined ? (verdict as 'accept' | 'drop') : undefined;
}
