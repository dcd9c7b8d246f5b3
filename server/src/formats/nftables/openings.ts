import { areEveryone, isInnerInterface, servicePorts } from '#concepts/network-names.js';
import { guardedAmong, narrowed, reachedFrom, type From } from '#concepts/opening.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Ruleset } from '#notations/nft.js';
import { chains, deciding, definitions, keyOf, type Chain, type Rule } from './chains.js';
import { filterChains } from './filters.js';

type Ports = readonly (readonly [number, number])[];
type Source = 'anywhere' | 'restricted';

interface Found {
  readonly label: string;
  readonly span: Span;
  readonly ports: Ports;
  readonly protocol: string;
  readonly source: Setting<Source>;
}

/** The rules that accept ports, in the chains of the input hook and in those they jump to. */
export function openings(file: Ruleset): readonly Found[] {
  const all = new Map(chains(file).map((chain) => [keyOf(chain, chain.name), chain]));
  const named = definitions(file);
  const roots = filterChains(file, 'input').map(({ chain }) => all.get(keyOf(chain, chain.name)) ?? chain);
  const jumps = (chain: Chain) => chain.rules.flatMap((rule) => jumpsOf(rule, named).flatMap(({ name, from }) => {
    const to = all.get(keyOf(chain, name));
    return to ? [{ to, from }] : [];
  }));
  return [...reachedFrom(roots, jumps)].flatMap(([chain, within]) => chain.rules.flatMap(({ statement: { span }, words }): readonly Found[] => {
    const asked = deciding(words);
    const opened = asked.includes('jump') || asked.includes('goto') ? undefined : portsOf(asked, named);
    if (!opened) return [];
    const source = narrowed(within, sourceOf(asked, named, span));
    return [{
      label: `The rule for ${opened.protocol} port ${shown(opened.ports)}`,
      span,
      ports: opened.ports,
      protocol: opened.protocol,
      // Where it may be anyone, but nothing guarded, there is nothing to resolve.
      source: typeof source !== 'string' && guardedAmong(opened.ports, opened.protocol).length > 0 ? { ...source, span }
        : known<Source>(source === 'anywhere' ? source : 'restricted', span),
    }];
  }));
}

/** The chains a rule hands packets on to: by itself, or by a map from interfaces or anything else. */
function jumpsOf({ statement: { span }, words }: Rule, named: ReturnType<typeof definitions>): readonly { readonly name: string; readonly from: From }[] {
  const asked = deciding(words);
  const byInterface = asked.some((word, i) => word === 'vmap' && (asked[i - 1] === 'iif' || asked[i - 1] === 'iifname'));
  return asked.flatMap((word, i) => {
    const name = word === 'jump' || word === 'goto' ? asked[i + 1] : undefined;
    if (name === undefined) return [];
    const mapped = byInterface && asked[i - 1] === ':';
    return [{ name, from: mapped ? throughInterfaces(resolve(asked[i - 2] ?? '', named), span) : sourceOf(asked.slice(0, i), named, span) }];
  });
}

/** The first few ports, as a person writes them. */
function shown(ports: Ports): string {
  const words = ports.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
  return words.length > 5 ? `${words.slice(0, 5).join(', ')} and more` : words.join(', ');
}

/** The destination ports a rule accepts: a port, a range, a list, a named set, a variable, or the accepting half of a verdict map. */
function portsOf(asked: readonly string[], named: ReturnType<typeof definitions>): { ports: Ports; protocol: string } | undefined {
  const at = asked.indexOf('dport');
  if (at < 1 || asked[at + 1] === '!=') return undefined;
  const mapped = asked[at + 1] === 'vmap';
  if (!mapped && asked.at(-1) !== 'accept') return undefined;
  if (asked.includes('state') && !asked.includes('new')) return undefined;
  const from = at + (mapped || asked[at + 1] === '==' ? 2 : 1);
  const words = asked[from] === '{' ? asked.slice(from + 1, asked.indexOf('}', from)) : [asked[from] ?? ''];
  const accepted = mapped ? words.filter((_, i) => words[i + 1] === ':' && words[i + 2] === 'accept') : words;
  const ports = accepted
    .flatMap((word) => resolve(word, named))
    .flatMap((word): Ports => {
      const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(word);
      const number = services.get(word);
      return match ? [[Number(match[1]), Number(match[2] ?? match[1])]] : number === undefined ? [] : [[number, number]];
    });
  const protocol = asked[at - 1]!;
  // `th` is whatever carries the ports.
  return { ports, protocol: protocol === 'th' ? 'tcp or udp' : protocol };
}

/** A word as it stands, or what a variable or a named set of this file holds. */
function resolve(word: string, { variables, sets }: ReturnType<typeof definitions>): readonly string[] {
  const held = word.startsWith('$') ? variables.get(word.slice(1)) : word.startsWith('@') ? sets.get(word.slice(1)) : undefined;
  return held ? held.filter((each) => each !== '{' && each !== '}' && each !== ',') : [word];
}

/** Who a rule accepts. An address, a mark or an owner restricts; an interface does where it is known to be an inner one. */
function sourceOf(asked: readonly string[], named: ReturnType<typeof definitions>, span: Span): From {
  const at = asked.findIndex((word) => word === 'saddr');
  if (at >= 0) {
    const words = asked[at + 1] === '{' ? asked.slice(at + 2, asked.indexOf('}', at)).filter((word) => word !== ',') : [asked[at + 1] ?? ''];
    return areEveryone(words.flatMap((word) => resolve(word, named))) ? 'anywhere' : 'restricted';
  }
  if (asked.includes('mark') || asked.includes('skuid') || asked.includes('pkttype')) return 'restricted';
  const by = asked.findIndex((word) => word === 'iif' || word === 'iifname');
  if (by < 0 || asked[by + 1] === 'vmap') return 'anywhere';
  const names = (asked[by + 1] === '{' ? asked.slice(by + 2, asked.indexOf('}', by)) : [asked[by + 1] ?? ''])
    .flatMap((word) => resolve(word, named))
    .filter((word) => word !== ',');
  return throughInterfaces(names, span);
}

function throughInterfaces(names: readonly string[], span: Span): From {
  if (names.every((name) => isInnerInterface(name))) return 'restricted';
  return undetermined(span, `the file does not say which network ${names.join(', ')} is on`);
}

/** nft resolves these two beside the names both packet filters of Linux know. */
const services: ReadonlyMap<string, number> = new Map([...servicePorts, ['acr-nema', 104], ['ms-wbt-server', 3389]]);
