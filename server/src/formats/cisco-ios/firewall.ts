import { documented } from '#engine/release.js';
import { known, type Setting } from '#engine/setting.js';
import { all, replacement, type IosConfig } from '#notations/ios.js';
import { accessLists, outsides, type Entry } from './access-lists.js';
import { whole } from './device.js';

/**
 * What no rule names: an interface without an access list lets everything in, an applied list ends in an unwritten deny (Cisco IOS
 * Security Command Reference, "ip access-group"); a zone policy passes what its last class says.
 */
export function firewalls(file: IosConfig) {
  const guarded = outsides(file).flatMap(({ statement, name, list, zoned }) => {
    const input: Setting<'drop' | 'accept'> | undefined =
      list !== undefined || zoned
        ? known<'drop' | 'accept'>('drop', statement.span)
        : whole(file)
          ? { kind: 'default', value: 'accept', span: statement.span, source: documented('Cisco IOS', '12.2 to 17.15', 'ip access-group'), write: () => [] }
          : undefined;
    return input ? [{ label: `The outside interface ${name}`, span: statement.span, input }] : [];
  });
  const zones = all(file, 'policy-map type inspect').flatMap((policy) =>
    all(policy, 'class class-default').flatMap((rest) => {
      const does = rest.children.filter(({ words, negated }) => !negated && (words[0] === 'pass' || words[0] === 'drop')).at(-1);
      if (!does) return [];
      const forward = known<'drop' | 'accept'>(does.words[0] === 'pass' ? 'accept' : 'drop', does.span, (wanted) =>
        wanted === 'drop' ? [replacement(does, 'drop log')] : [],
      );
      return [{ label: `The zone policy ${policy.words[3]}`, span: policy.span, forward }];
    }),
  );
  return [...guarded, ...zones];
}

/** The lines that let any address through an outside interface, in order, up to one that stops all others. */
export function openings(file: IosConfig) {
  const lists = accessLists(file);
  const applied = new Map(outsides(file).flatMap(({ list, name }) => (list === undefined ? [] : [[list, name] as const])));
  return [...applied].flatMap(([list, name]) => {
    const entries = lists.get(list)?.entries ?? [];
    const stop = entries.findIndex((entry) => entry.protocol === 'ip' && entry.fromAny && entry.toAny);
    const denied = new Set<number>();
    return entries.slice(0, stop < 0 ? entries.length : stop + 1).flatMap((entry) => {
      const ports = portsOf(entry);
      if (!entry.permits) {
        if (entry.fromAny && entry.toAny && Array.isArray(ports)) for (const [from, to] of ports) if (from === to) denied.add(from);
        return [];
      }
      if (ports === undefined || entry.answers) return [];
      const left = Array.isArray(ports) ? ports.filter(([from, to]) => !(from === to && denied.has(from))) : ports;
      return [
        {
          label: `Line \`${shown(entry)}\` of the access list ${list} on ${name}`,
          span: entry.statement.span,
          ports: left as 'any' | readonly (readonly [number, number])[],
          protocol: entry.protocol,
          source: known<'anywhere' | 'restricted'>(entry.fromAny ? 'anywhere' : 'restricted', entry.statement.span),
        },
      ];
    });
  });
}

function portsOf({ protocol, ports }: Entry): Entry['ports'] {
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'ip' ? ports : undefined;
}

function shown({ permits, protocol }: Entry): string {
  return `${permits ? 'permit' : 'deny'} ${protocol}`;
}
