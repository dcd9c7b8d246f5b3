import { areEveryone } from '#concepts/network-names.js';
import { must, rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { objectsOf } from '../objects.js';

interface Entrance {
  readonly label: string;
  readonly open: Setting<boolean>;
}

/** Each rule by which a NetworkPolicy lets traffic in. */
const Entrances = query<Yaml, Entrance>('kubernetes', 'ingress rules of network policies', ({ tree }) => objectsOf(tree).flatMap(({ kind, group, label, root }) => {
  if (kind !== 'NetworkPolicy' || group !== 'networking.k8s.io') return [];
  return root.get('spec', 'ingress').items.map((entrance): Entrance => {
    const from = entrance.get('from');
    const why = entrance.incomplete ?? from.incomplete ?? from.obscured;
    if (why !== undefined) return { label, open: { kind: 'undetermined', span: entrance.head, because: why } };
    const whole = from.items.filter((peer) => peer.get('ipBlock', 'except').items.length === 0);
    const cidr = (peer: (typeof whole)[number]) => peer.get('ipBlock', 'cidr').text ?? '';
    const world = whole.find((peer) => areEveryone([cidr(peer)])) ?? (areEveryone(whole.map(cidr)) ? whole.find((peer) => cidr(peer) !== '') : undefined);
    const everyPort = entrance.get('ports').items.length === 0;
    const unlimited = from.items.length === 0 && everyPort;
    return { label, open: known(unlimited || (world !== undefined && everyPort), world ? world.get('ipBlock', 'cidr').head : entrance.head) };
  });
}));

export default rule(Entrances, {
  title: 'Network policies name who may come in',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, open }) => must(open, {
    be: (everyone) => !everyone,
    or: () => `${label} lets everyone in on every port`,
    want: 'named peers or ports',
    show: (everyone) => (everyone ? 'everyone' : 'named'),
  }),
});
