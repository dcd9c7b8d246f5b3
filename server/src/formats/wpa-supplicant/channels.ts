import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import type { Fact, Fields } from '#engine/concept.js';
import { filledIn, isFilledIn } from '#engine/holes.js';
import { known, type Setting, undetermined } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { removal, type Directives } from '#notations/directives.js';
import { isPersonal, keyManagement, networks, put, source, type Network } from './networks.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

export function channels(file: Directives): readonly ChannelFact[] {
  const { list, globals } = networks(file);
  const facts = list.map((network): ChannelFact => ({
    label: network.wired ? 'The wired connection' : network.label,
    span: network.span,
    role: network.find('mode')?.value === '2' ? 'listens' : 'connects',
    protocol: network.wired ? 'ethernet' : 'wi-fi',
    ...(!network.wired && { protection: protection(network), weakCiphers: weakCiphers(file, network) }),
    peerVerified: peerVerified(network),
    leastVersion: leastVersion(file, network),
  }));
  const ciphers = globals.get('openssl_ciphers');
  if (ciphers && /@SECLEVEL=[01]\b/.test(ciphers.value)) {
    facts.push({
      label: 'The log-in to Wi-Fi networks (EAP)',
      span: ciphers.span,
      role: 'connects',
      protocol: 'eap',
      weakCiphers: known<readonly string[]>(
        [ciphers.value.match(/@SECLEVEL=[01]/)![0]],
        ciphers.span,
        () => [{ ...ciphers.valueSpan, text: file.text.slice(ciphers.valueSpan.start, ciphers.valueSpan.end).replace(/@SECLEVEL=[01]/g, '@SECLEVEL=2') }],
      ),
    });
  }
  const open = ciphers && filledIn(ciphers.value, ciphers.span);
  if (open) facts.push({ label: 'The log-in to Wi-Fi networks (EAP)', span: open.span, role: 'connects', protocol: 'eap', weakCiphers: open });
  return facts;
}

/** key_mgmt=NONE is an open network, or static WEP where there are keys for it. */
function protection(network: Network): Setting<Protection> {
  const stated = network.find('key_mgmt');
  const ways = keyManagement(network);
  const open = ways.includes('NONE') && !network.section.directives.some(({ name }) => /^wep_key[0-3]$/.test(name));
  return known<Protection>(!open ? 'encrypted' : ways.length > 1 ? 'opportunistic' : 'none', stated?.span ?? network.span);
}

/** A way of encrypting that should not be accepted, and where it is accepted. */
interface Weakness {
  readonly name: string;
  readonly span: Span;
  edits(): readonly Edit[];
}

const weak: Readonly<Record<string, readonly [weak: readonly string[], strong: string]>> = {
  proto: [['WPA'], 'RSN'], pairwise: [['TKIP', 'NONE'], 'CCMP'], group: [['TKIP', 'WEP104', 'WEP40'], 'CCMP'],
};

/** Only what is stated: the defaults accept old ciphers as well, and which network offers them is not in this file. */
function weakCiphers(file: Directives, network: Network): Setting<readonly string[]> | undefined {
  const found: Weakness[] = [];
  for (const [name, [bad, strong]] of Object.entries(weak)) {
    const words = network.words(name) ?? [];
    const left = words.filter((word) => !bad.includes(word));
    for (const word of words.filter((one) => bad.includes(one))) {
      const edits = () => put(file, network, name, left.join(' ') || strong);
      found.push({
        name: name === 'proto' ? 'WPA (version 1)' : name === 'group' ? `${word} for groups` : word === 'NONE' ? 'no pairwise cipher' : word,
        span: network.find(name)!.span,
        edits,
      });
    }
  }
  for (const { name, span } of network.section.directives) if (/^wep_key[0-3]$/.test(name)) found.push({
    name: 'WEP',
    span,
    edits: () => (keyManagement(network).includes('NONE') ? [] : [removal(file.text, span)]),
  });
  const names = [...new Set(found.map((one) => one.name))];
  const place = found[0]?.span ?? network.find('pairwise')?.span ?? network.find('proto')?.span;
  return place && known<readonly string[]>(names, place, (wanted) => (wanted.length === 0 ? distinct(found.flatMap((one) => one.edits())) : []));
}

function distinct(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit, i) => edits.findIndex((other) => other.start === edit.start && other.end === edit.end) === i);
}

/** Methods in which a certificate proves the server. PWD proves both ends by the password, SIM and AKA by the card. */
const byCertificate = ['PEAP', 'TTLS', 'TLS', 'FAST', 'TEAP'];

/** wpa_supplicant.conf, `ca_cert`: without it and without `ca_path` the certificate of the server is not checked; `ca_cert_id` names one that an engine holds. */
function peerVerified(network: Network): Setting<boolean> | undefined {
  if (!isPersonal(network)) return undefined;
  const methods = network.words('eap');
  if (methods && !methods.some((method) => byCertificate.includes(method))) return undefined;
  const trusted = ['ca_cert', 'ca_path', ...(network.find('engine')?.value === '1' ? ['ca_cert_id'] : [])].map(network.find).find((one) => one !== undefined && one.value !== '');
  const span = network.find('eap')?.span ?? network.find('key_mgmt')?.span ?? network.span;
  return trusted ? known(true, trusted.span) : { kind: 'default', value: false, span, source, write: () => [] };
}

const old: readonly (readonly [flag: string, version: TlsVersion])[] = [['tls_disable_tlsv1_0=0', '1.0'], ['tls_disable_tlsv1_1=0', '1.1']];

/** wpa_supplicant.conf, `phase1`: a zero lets in what the policy of the system leaves out. */
function leastVersion(file: Directives, network: Network): Setting<TlsVersion> | undefined {
  const phase = network.find('phase1');
  const words = network.words('phase1');
  const least = old.find(([flag]) => words?.includes(flag));
  if (phase && isFilledIn(phase.value)) return undetermined(phase.span, 'what it is filled in with decides');
  if (!phase || !words || !least) return undefined;
  return known<TlsVersion>(
    least[1],
    phase.span,
    () => put(file, network, 'phase1', words.map((word) => (old.some(([flag]) => flag === word) ? word.replace(/0$/, '1') : word)).join(' ')),
  );
}
