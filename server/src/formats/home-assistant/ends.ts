import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import { isThisMachine, leavesMachine } from '#concepts/network-names.js';
import type { Analysis } from '#engine/analysis.js';
import { integer } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import { connectionOf } from '#notations/containers.js';
import { madeElsewhere, type Place, type Yaml } from '#notations/yaml.js';
import { hosts } from './hosts.js';
import { isInPackage, onOff, rootOf, secretOf, webServer, wordsOf } from './reading.js';

type Protection = ChannelFields['protection'];
type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;

/** The web server, and the integrations that send or fetch over addresses the file writes out. */
export function channels(yaml: Yaml, analysis: Analysis<Yaml>): readonly ChannelFact[] {
  return [...server(yaml, analysis), ...connections(yaml, analysis), ...hosts(yaml)];
}

function server(yaml: Yaml, analysis: Analysis<Yaml>): readonly ChannelFact[] {
  const http = webServer(yaml, analysis);
  if (!http) return [];
  const port = stated(http.get('server_port').slot, integer);
  return [
    {
      label: 'The Home Assistant web server',
      span: http.head,
      role: 'listens' as const,
      protocol: 'http',
      port: port?.kind === 'stated' ? port.value : 8123,
      reach: reachOf(http),
      protection: protectionOf(http),
    },
  ];
}

function reachOf(http: Place): Setting<'loopback' | 'network'> {
  const host = http.get('server_host');
  const words = wordsOf(host);
  if (host.exists && (words.length === 0 || words.some(({ text }) => text === undefined))) return undetermined(host.head, 'the address stands in another file');
  return known(words.length > 0 && words.every(({ text }) => isThisMachine(text!)) ? 'loopback' : 'network', host.head);
}

function protectionOf(http: Place): Setting<Protection> {
  const certificate = http.get('ssl_certificate');
  if (certificate.exists) return known('encrypted', certificate.head);
  if (certificate.obscured !== undefined) return undetermined(http.head, certificate.obscured);
  if (http.get('trusted_proxies').exists || http.get('use_x_forwarded_for').exists)
    return undetermined(http.head, 'a proxy is in front: check that it encrypts, and that the port of Home Assistant is reached through it alone');
  return known('none', http.head);
}

/** Every part of the file that switches the check of a certificate, or names an address with its scheme. */
function connections(yaml: Yaml, analysis: Analysis<Yaml>): readonly ChannelFact[] {
  const root = rootOf(yaml);
  if (!root) return [];
  return [...root.descend()].flatMap((place): readonly ChannelFact[] => {
    const key = place.key;
    if (isInPackage(place)) return [];
    if (/^(verify_ssl|ssl_verify)$/.test(key)) {
      const verified = setting(place.slot, onOff, { because: '' });
      return [{ label: `The connection of ${integrationOf(place)}`, span: place.head, role: 'connects' as const, protocol: 'https', peerVerified: verified }];
    }
    if (!/^(resource|url|endpoint|webhook_url|db_url)$/.test(key)) return [];
    const secret = secretOf(place, analysis);
    const said = place.text ?? secret;
    const connection = said === undefined ? undefined : connectionOf(said);
    const open = connection || secret !== undefined || !sends.test(integrationOf(place)) ? undefined : madeElsewhere(place);
    if (open) {
      const label = `The connection of ${integrationOf(place)}`;
      return [{ label, span: place.head, role: 'connects' as const, protocol: 'http', reach: open, protection: open }];
    }
    if (!connection || !leavesMachine(connection.host) || !sends.test(integrationOf(place))) return [];
    const { protocol, host, protection } = connection;
    const write = (wanted: Protection) => (wanted === 'encrypted' && protocol === 'http' && place.text !== undefined ? place.put(place.text.replace(/^http:/i, 'https:')) : []);
    return [
      {
        label: `The connection of ${integrationOf(place)}`,
        span: place.head,
        role: 'connects' as const,
        protocol,
        address: host,
        protection: { ...known<Protection>(protection, place.head, write), ...(secret !== undefined && { through: 'as secrets.yaml states' }) },
      },
    ];
  });
}

/** The integrations that carry readings or commands; a picture or a news feed fetched in clear is no finding. */
const sends = /^(rest|rest_command|notify|recorder|influxdb|sensor|binary_sensor|switch|logbook|prometheus|webhook|splunk)$/;

/** The section of the file a place is in. */
function integrationOf(place: Place): string {
  let at = place;
  while (at.parent?.parent) at = at.parent;
  return at.key.split(' ')[0] || 'this file';
}
