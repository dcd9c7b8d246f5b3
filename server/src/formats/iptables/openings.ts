import { areEveryone, isInnerInterface, isThisMachine, servicePorts } from '#concepts/network-names.js';
import { guardedAmong, narrowed, reachedFrom, type From } from '#concepts/opening.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { rulesByChain, type RuleFile } from '#notations/iptables-save.js';
import { filterTables } from './filters.js';

type Ports = 'any' | readonly (readonly [number, number])[];
type Source = 'anywhere' | 'restricted';

/** The options of a rule by name; a name behind `!` is kept with it. */
type Options = ReadonlyMap<string, string>;

const short: Readonly<Record<string, string>> = table({
  '--protocol': '-p',
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--jump': '-j',
  '--goto': '-g',
  '--destination-port': '--dport',
  '--destination-ports': '--dports',
});

function optionsOf(words: readonly string[]): Options {
  const options = new Map<string, string>();
  let not = '';
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '!') not = '!';
    else if (word.startsWith('-')) {
      const value = words[i + 1];
      options.set(not + (short[word] ?? word), value === undefined || value === '!' || (value.startsWith('-') && value.length > 1) ? '' : value);
      not = '';
    }
  }
  return options;
}

/** The rules that accept, in INPUT and the chains it jumps to. Docker's own chains serve what passes through and are not reached. */
export function openings(file: RuleFile): readonly { label: string; span: Span; ports: Ports; protocol: string; source: Setting<Source> }[] {
  return filterTables(file).flatMap((table) => {
    const byChain = rulesByChain(table);
    const jumps = (chain: string) => (byChain.get(chain) ?? []).flatMap((rule) => {
      const options = optionsOf(rule.words);
      const to = options.get('-j') || options.get('-g');
      return to !== undefined && byChain.has(to) ? [{ to, from: sourceOf(options, { start: rule.start, end: rule.end }) }] : [];
    });
    return [...reachedFrom(['INPUT'], jumps)].flatMap(([chain, within]) => (byChain.get(chain) ?? []).flatMap((rule) => {
      const options = optionsOf(rule.words);
      const span = { start: rule.start, end: rule.end };
      const ports = (options.get('-j') || options.get('-g')) === 'ACCEPT' && !isNear(options.get('-d')) ? portsOf(options) : undefined;
      if (ports === undefined) return [];
      const source = narrowed(within, sourceOf(options, span));
      return [{
        label: `The rule for ${shown(options)}`,
        span,
        ports,
        protocol: options.get('-p') ?? '',
        // Where it may be anyone, but nothing guarded, there is nothing to resolve.
        source: typeof source !== 'string' && guardedAmong(ports, options.get('-p')).length > 0 ? { ...source, span }
          : known<Source>(source === 'anywhere' ? source : 'restricted', span),
      }];
    }));
  });
}

/** Whether only this machine can be meant. */
const isNear = (destination: string | undefined) => destination !== undefined && isThisMachine(destination.split('/')[0]!);

function shown(options: Options): string {
  const ports = options.get('--dport') ?? options.get('--dports') ?? options.get('--ports');
  return `${options.get('-p')}${ports === undefined ? '' : ` port ${ports}`}`;
}

/** The ports a rule of TCP or UDP accepts. Without a port it accepts all of them, unless it asks for something else. */
function portsOf(options: Options): Ports | undefined {
  const protocol = options.get('-p');
  if (protocol === undefined || !/^(?:tcp|udp|6|17)$/i.test(protocol)) return undefined;
  const state = options.get('--ctstate') ?? options.get('--state');
  if (state !== undefined && !/\bNEW\b/i.test(state)) return undefined;
  const named = options.get('--dport') ?? options.get('--dports') ?? options.get('--ports');
  if (named === undefined) {
    const plain = [...options.keys()].every((name) => ['-p', '-m', '-j', '-s', '-i', '--comment', '--ctstate', '--state'].includes(name));
    return plain ? 'any' : undefined;
  }
  return named.split(',').flatMap((word): readonly (readonly [number, number])[] => {
    const match = /^(\d{0,5}):(\d{0,5})$/.exec(word);
    if (match) return [[Number(match[1] || 0), Number(match[2] || 65_535)]];
    const number = /^\d{1,5}$/.test(word) ? Number(word) : servicePorts.get(word);
    return number === undefined ? [] : [[number, number]];
  });
}

/** Who a rule accepts. An address, a set, a mark or a hardware address restricts; an interface does where it is known to be an inner one. */
function sourceOf(options: Options, span: Span): From {
  const source = options.get('-s');
  if (source !== undefined && !areEveryone(source.split(','))) return 'restricted';
  if (
    [
      '--match-set',
      '--mark',
      '--mac-source',
      '--src-range',
      '--uid-owner',
      '!-s',
      '--src-type',
      '--string',
      '--source-country',
      '--src-cc',
      '--rcheck',
      '--update',
      '--pol',
    ].some((name) => options.has(name))
  )
    return 'restricted';
  const name = options.get('-i');
  if (name === undefined || name === '+') return 'anywhere';
  if (isInnerInterface(name)) return 'restricted';
  return undetermined(span, `the file does not say which network ${name} is on`);
}
