import { isEveryone, isInnerInterface, servicePorts } from '#concepts/network-names.js';
import { guardedAmong } from '#concepts/opening.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Ruleset } from '#notations/nft.js';
import { chains, deciding, definitions, keyOf, type Chain } from './chains.js';
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
  const found: Found[] = [];
  const seen = new Set<Chain>();
  const named = definitions(file);
  const waiting: { chain: Chain; within: Source }[] = filterChains(file, 'input').map(({ chain }) => ({
    chain: all.get(keyOf(chain, chain.name)) ?? chain,
    within: 'anywhere',
  }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { chain, within } = next;
    if (seen.has(chain)) continue;
    seen.add(chain);
    for (const { statement, words } of chain.rules) {
      const asked = deciding(words);
      const jump = asked.findIndex((word) => word === 'jump' || word === 'goto');
      if (jump >= 0) {
        const target = all.get(keyOf(chain, asked[jump + 1] ?? ''));
        if (target) waiting.push({ chain: target, within: jump > 0 && sourceOf(asked, named, statement.span, within) !== 'anywhere' ? 'restricted' : within });
        continue;
      }
      const opened = portsOf(asked, named);
      if (!opened) continue;
      const source = sourceOf(asked, named, statement.span, within);
      found.push({
        label: `The rule for ${opened.protocol} port ${shown(opened.ports)}`,
        span: statement.span,
        ports: opened.ports,
        protocol: opened.protocol,
        // Where it may be anyone, but nothing guarded, there is nothing to resolve.
        source:
          typeof source === 'string' || guardedAmong(opened.ports).length === 0
            ? known<Source>(source === 'anywhere' ? source : 'restricted', statement.span)
            : source,
      });
    }
  }
  return found;
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
function sourceOf(asked: readonly string[], named: ReturnType<typeof definitions>, span: Span, within: Source): Source | Setting<Source> {
  if (within === 'restricted') return within;
  const at = asked.findIndex((word) => word === 'saddr');
  if (at >= 0) {
    const held = resolve(asked[at + 1] ?? '', named);
    return held.length > 0 && held.every(isEveryone) ? 'anywhere' : 'restricted';
  }
  if (asked.includes('mark') || asked.includes('skuid') || asked.includes('pkttype')) return 'restricted';
  const by = asked.findIndex((word) => word === 'iif' || word === 'iifname');
  if (by < 0) return 'anywhere';
  const names = (asked[by + 1] === '{' ? asked.slice(by + 2, asked.indexOf('}', by)) : [asked[by + 1] ?? ''])
    .flatMap((word) => resolve(word, named))
    .filter((word) => word !== ',');
  if (names.every((name) => isInnerInterface(name))) return 'restricted';
  return undetermined(span, `the file does not say which network ${names.join(', ')} is on`);
}

/** nft resolves these two beside the names both packet filters of Linux know. */
const services: ReadonlyMap<string, number> = new Map([...servicePorts, ['acr-nema', 104], ['ms-wbt-server', 3389]]);
