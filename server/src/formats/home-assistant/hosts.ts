import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { isThisMachine, leavesMachine } from '#concepts/network-names.js';
import { integer } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { documented } from '#engine/release.js';
import { known, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { onOff, rootOf } from './reading.js';

type Protection = ChannelFields['protection'];
type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;

/** An integration that is told a host and, beside it, whether to encrypt. */
interface Client {
  readonly protocol: string;
  /** The host where none is stated. */
  readonly host?: string;
  /** What holds without a switch, or nothing where that depends on more than the file. */
  readonly absent?: Protection;
  /** Sends in clear whatever is stated. */
  readonly never?: true;
}

/** Schemas of homeassistant/components/NAME and what they hand to their clients: the same in every release that reads these sections. */
const clients: ReadonlyMap<string, Client> = new Map<string, Client>([
  ['influxdb', { protocol: 'influxdb', host: 'localhost', absent: 'none' }],
  ['splunk', { protocol: 'splunk', host: 'localhost', absent: 'none' }],
  ['graphite', { protocol: 'graphite', host: 'localhost', never: true }],
  ['statsd', { protocol: 'statsd', host: 'localhost', never: true }],
  ['datadog', { protocol: 'statsd', host: 'localhost', never: true }],
  ['apache_kafka', { protocol: 'kafka', absent: 'none' }],
  ['mqtt', { protocol: 'mqtt' }],
  ['mqtt_eventstream', { protocol: 'mqtt' }],
  ['notify', { protocol: 'smtp' }],
  ['recorder', { protocol: 'database' }],
  ['sensor', { protocol: 'tcp' }],
  ['binary_sensor', { protocol: 'tcp' }],
  ['rest', { protocol: 'http' }],
]);

/** The switches by which integrations ask for TLS. */
const switches = ['ssl', 'tls', 'use_ssl', 'use_tls', 'secure'];

/** The connections that are written as host, port and switch; those of a URL are told by the URL. */
export function hosts(yaml: Yaml): readonly ChannelFact[] {
  const root = rootOf(yaml);
  return (root?.pairs ?? []).flatMap((section) => {
    const name = section.key.split(' ')[0]!;
    const client = clients.get(name);
    if (!client || section.kind === 'scalar' && section.text === undefined) return [];
    const entries = section.kind === 'list' ? section.items : [section];
    return entries.filter(({ kind }) => kind === 'map' || (kind === 'null' && client.never)).flatMap((entry) => connection(name, client, entry));
  });
}

function connection(name: string, client: Client, entry: Place): readonly ChannelFact[] {
  const host = ['host', 'server', 'broker', 'ip_address'].map((key) => entry.get(key)).find(({ exists }) => exists);
  if (!host && client.host === undefined) return [];
  const address = host ? host.text : client.host;
  if (host && address === undefined && host.kind !== 'scalar') return [];
  const protection = protectionOf(name, client, entry);
  if (!protection || address?.includes('://')) return [];
  const port = stated(entry.get('port').slot, integer);
  const verified = stated(entry.get('verify_ssl').slot, onOff);
  return [{
    label: `The connection of ${name}`,
    span: protection.span,
    role: 'connects',
    protocol: client.protocol,
    port: port?.kind === 'stated' ? port.value : undefined,
    address,
    reach: reachOf(address, host ?? entry),
    protection,
    peerVerified: protection.kind !== 'undetermined' && protection.value === 'encrypted' ? verified : undefined,
  }];
}

function reachOf(address: string | undefined, place: Place): Setting<'loopback' | 'network'> {
  if (address === undefined) return undetermined(place.head, place.obscured ?? 'the host stands in another file');
  return known(isThisMachine(address) || !leavesMachine(address) ? 'loopback' : 'network', place.head);
}

function protectionOf(name: string, client: Client, entry: Place): Setting<Protection> | undefined {
  if (client.never) return known('none', entry.head);
  const asked = switches.map((key) => entry.get(key)).find(({ exists }) => exists);
  if (asked) {
    const on = stated(asked.slot, onOff);
    return on && (on.kind === 'undetermined' ? on : {
      ...translate<boolean, Protection>(on, (yes) => (yes ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted') as Exclude<Setting<Protection>, { kind: 'undetermined' }>,
      caution: 'The other end must speak TLS on the port that is stated.',
    });
  }
  if (name === 'apache_kafka') {
    const how = entry.get('security_protocol');
    if (how.exists) return how.text === undefined ? undetermined(how.head, how.obscured ?? 'it stands elsewhere') : known(/SSL/i.test(how.text) ? 'encrypted' : 'none', how.head);
  }
  if (name === 'notify') {
    // STARTTLS is asked for unless the file says otherwise, and then required.
    const how = entry.get('platform').text === 'smtp' ? entry.get('encryption') : undefined;
    if (how?.text === undefined) return how?.obscured === undefined ? undefined : undetermined(how.head, how.obscured);
    return known(how.text.toLowerCase() === 'none' ? 'none' : 'encrypted', how.head, (wanted) => (wanted === 'encrypted' ? how.put('starttls') : []));
  }
  if (client.absent === undefined) return undefined;
  // The second edition of InfluxDB is reached by TLS unless the file says otherwise.
  if (name === 'influxdb' && entry.get('api_version').text === '2') return known('encrypted', entry.head);
  const open = entry.get('ssl').obscured;
  if (open !== undefined) return undetermined(entry.head, open);
  const write = (wanted: Protection) => (wanted === 'encrypted' && name !== 'apache_kafka' ? entry.get('ssl').slot.write('true') : []);
  return {
    kind: 'default', value: client.absent, source: documented('Home Assistant', '2022.1 to 2026.7', `schema of components/${name}`), span: entry.head, write,
    caution: 'The other end must speak TLS on the port that is stated.',
  };
}
