import { isThisMachine } from '#concepts/network-names.js';
import type { Analysis } from '#engine/analysis.js';
import { integer } from '#engine/codec.js';
import { inReleases, type Changed } from '#engine/release.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { madeElsewhere, type Place, type Yaml } from '#notations/yaml.js';
import { isReference, reachOf, releasesFor, referred, rootOf, source, trueFalse } from './reading.js';

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** The broker, the web page, the radio where it is on the network, and the index of firmware. */
export function channels(yaml: Yaml, analysis: Analysis<Yaml>) {
  const root = rootOf(yaml);
  return root ? [...broker(root, analysis), ...frontend(root, analysis), ...adapter(root), ...firmwareIndex(root)] : [];
}

const caution = 'The broker must listen with TLS, on 8883 as a rule, and mqtt.ca must name its authority where it is not a public one.';

function broker(root: Place, analysis: Analysis<Yaml>) {
  const place = root.get('mqtt', 'server');
  if (!place.exists) return [];
  const head = { label: 'The connection to the MQTT broker', span: place.head, role: 'connects' as const, protocol: 'mqtt' };
  const referredTo = referred(place, analysis)?.text;
  const said = referredTo ?? (isReference(place) ? undefined : place.text);
  if (said === undefined) return [{ ...head, protection: undetermined(place.head, 'the address stands in another file') }];
  const match = /^(mqtts?|wss?|tcp|ssl|tls):\/\/(?:[^/\s@]{0,300}@)?(\[[^\]]{1,60}\]|[^/\s:]{1,255})(?::(\d{1,5}))?/i.exec(said);
  const open = match ? undefined : madeElsewhere(place);
  if (open) return [{ ...head, protection: open }];
  if (!match) return [];
  const [, scheme, host, port] = match as unknown as [string, string, string, string | undefined];
  const encrypted = /^(mqtts|wss|ssl|tls)$/i.test(scheme);
  const write = (wanted: Protection) =>
    wanted === 'encrypted' && referredTo === undefined ? place.put(said.replace(/^[a-z]+/i, /^ws/i.test(scheme) ? 'wss' : 'mqtts').replace(/:1883(?!\d)/, ':8883')) : [];
  const verified = setting(root.get('mqtt', 'reject_unauthorized').slot, trueFalse, { value: true, source });
  return [
    {
      ...head,
      port: port === undefined ? undefined : Number(port),
      address: host,
      reach: reachOf(host, place.head),
      protection: { ...known<Protection>(encrypted ? 'encrypted' : 'none', place.head, write), caution, ...(referredTo !== undefined && { through: 'as the file it names states' }) },
      peerVerified: encrypted ? verified : undefined,
    },
  ];
}

/** Whether the page is served where its section is there and `enabled` is not. */
const served: Changed<boolean> = { product: 'Zigbee2MQTT', page: 'settings.schema.json', values: [['1.18', true], ['2.0', false]], to: '2.14' };

/** The web page, where the file says that it is on; the second edition needs `enabled`, the first only the section. */
export function frontendOn(root: Place, analysis: Analysis<Yaml>): Setting<boolean> | undefined {
  const section = root.get('frontend');
  if (!section.exists) return undefined;
  if (section.kind === 'scalar' && section.text !== undefined) return known(section.text === 'true', section.head);
  const enabled = stated(section.get('enabled').slot, trueFalse);
  return enabled ?? setting({ span: section.head, write: () => [] }, trueFalse, inReleases(served, releasesFor(root, analysis), 'state enabled'));
}

/** From where the web page can be reached: an address, or a socket in the file system. */
export function frontendReach(root: Place): Setting<'loopback' | 'network'> {
  const host = root.get('frontend', 'host');
  if (!host.exists) return known('network', root.get('frontend').head);
  if (host.text === undefined) return host.kind === 'null' ? known('network', host.head) : undetermined(host.head, 'the address stands in another file');
  return known(isThisMachine(host.text) || host.text.startsWith('/') ? 'loopback' : 'network', host.head);
}

function frontend(root: Place, analysis: Analysis<Yaml>) {
  const on = frontendOn(root, analysis);
  if (!on || (on.kind !== 'undetermined' && !on.value)) return [];
  const section = root.get('frontend');
  const port = stated(section.get('port').slot, integer);
  const both = [section.get('ssl_cert'), section.get('ssl_key')].every(({ kind }) => kind === 'scalar');
  return [
    {
      label: 'The Zigbee2MQTT web page',
      span: section.head,
      role: 'listens' as const,
      protocol: 'http',
      port: port?.kind === 'stated' ? port.value : 8080,
      reach: frontendReach(root),
      protection: on.kind === 'undetermined' && !both ? undetermined(on.span, on.because) : known<Protection>(both ? 'encrypted' : 'none', section.head),
    },
  ];
}

function adapter(root: Place) {
  const place = root.get('serial', 'port');
  const host = /^(?:tcp|socket):\/\/(\[[^\]]{1,60}\]|[^/\s:]{1,255})/i.exec(place.text ?? '')?.[1];
  if (host === undefined) return [];
  return [
    {
      label: 'The connection to the Zigbee adapter',
      span: place.head,
      role: 'connects' as const,
      protocol: 'zigbee',
      address: host,
      reach: reachOf(host, place.head),
      protection: known<Protection>('none', place.head),
    },
  ];
}

function firmwareIndex(root: Place) {
  const place = root.get('ota', 'zigbee_ota_override_index_location');
  const match = /^(https?):\/\/([^/\s:]{1,255})/i.exec(place.text ?? '');
  if (!match) return [];
  const plain = match[1]!.toLowerCase() === 'http';
  return [
    {
      label: 'The download of device firmware',
      span: place.head,
      role: 'connects' as const,
      protocol: 'http',
      address: match[2],
      reach: reachOf(match[2]!, place.head),
      protection: known<Protection>(plain ? 'none' : 'encrypted', place.head, (wanted) =>
        wanted === 'encrypted' ? place.put(place.text!.replace(/^http:/i, 'https:')) : [],
      ),
    },
  ];
}

/** The web page: whoever holds the token may do everything, and without a token whoever reaches it. */
export function logins(yaml: Yaml, analysis: Analysis<Yaml>) {
  const root = rootOf(yaml);
  const on = root && frontendOn(root, analysis);
  if (!root || !on || (on.kind !== 'undetermined' && !on.value)) return [];
  const reach = frontendReach(root);
  if (reach.kind !== 'undetermined' && reach.value === 'loopback') return [];
  const token = root.get('frontend', 'auth_token');
  const open: Setting<boolean> = isReference(token)
    ? known(false, token.head)
    : translate(
        setting(
          token.kind === 'null' ? { span: token.head, write: () => [] } : token.slot,
          { read: (raw) => raw === '', print: () => '' },
          { value: true, source },
        ),
        (none) => none,
        (none) => none,
      );
  const anonymous = open.kind !== 'undetermined' && open.value && on.kind === 'undetermined' ? undetermined(on.span, on.because) : open;
  return [
    { label: 'The Zigbee2MQTT web page', span: token.head, anonymous: anonymous.kind === 'undetermined' ? anonymous : { ...anonymous, write: () => [] } },
  ];
}
