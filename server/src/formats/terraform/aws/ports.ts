import type { Ports } from '../resource.js';
import { textOf, type Value } from '../values.js';

/** The ports of a rule, or why nobody can say. `-1` as protocol, or from 0 to 0 with it, means all. */
export function portsOf(get: (name: string) => Value | undefined, from: string, to: string, protocolPath: string): Ports {
  const protocol = get(protocolPath);
  if (protocol?.is === 'unknown') return protocol;
  const name = textOf(protocol)?.toLowerCase();
  if (name === '-1' || name === 'all') return 'any';
  if (name === 'icmp' || name === 'icmpv6' || name === '1' || name === '58') return [];
  const [low, high] = [get(from), get(to)];
  for (const port of [low, high]) if (port?.is === 'unknown') return port;
  const [first, last] = [Number(textOf(low) ?? NaN), Number(textOf(high) ?? textOf(low) ?? NaN)];
  if (first === -1 || (first === 0 && (last === 0 || last === 65_535))) return 'any';
  return Number.isFinite(first) ? [[first, Number.isFinite(last) ? last : first]] : { because: 'the ports are not stated' };
}
