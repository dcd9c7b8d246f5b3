import type { ChannelEnds, ChannelFields, TlsVersion } from '#concepts/channel.js';
import type { Fact, Fields } from '#engine/concept.js';
import { filledIn, isFilledIn } from '#engine/holes.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { removal, type Directives } from '#notations/directives.js';
import { hasPassword, networks, put, source, wpa, type Network } from './networks.js';

type ChannelFact = Fact & ChannelEnds & Fields<ChannelFields>;
type Protection = ChannelFields['protection'];

export function channels(file: Directives): readonly ChannelFact[] {
  return networks(file).flatMap((network) => [radio(file, network), ...authenticator(file, network)]);
}

function radio(file: Directives, network: Network): ChannelFact {
  return {
    label: network.label,
    span: network.span,
    role: 'listens',
    protocol: 'wi-fi',
    protection: protection(file, network),
    weakCiphers: weakCiphers(file, network),
  };
}

/** Open unless WPA is on; static WEP and dynamic WEP encrypt, badly; a transition to OWE serves open and encrypted stations. */
function protection(file: Directives, network: Network): Setting<Protection> {
  const on = wpa(network);
  if (on.kind === 'undetermined') return on;
  if (on.value > 0 || network.value('osen') === '1') return known<Protection>('encrypted', on.span);
  const wep = [...network.section.directives].find(({ name }) => /^wep_(?:key[0-3]|key_len_)/.test(name));
  if (wep) return known<Protection>('encrypted', wep.span);
  const moving = ['owe_transition_ssid', 'owe_transition_ifname'].some((name) => network.value(name) !== undefined);
  const value: Protection = moving ? 'opportunistic' : 'none';
  const prepared = hasPassword(network);
  const write = (wanted: Protection): readonly Edit[] => (wanted === 'encrypted' && prepared ? [
    ...put(file, network, 'wpa', '2'),
    ...put(file, network, 'rsn_pairwise', 'CCMP'),
    ...put(file, network, 'ieee80211w', '1'),
  ] : []);
  const caution = 'Devices that join without a password today need it.';
  return on.kind === 'default' ? { kind: 'default', value, span: on.span, source, write, caution } : { ...known(value, on.span, write), caution };
}

/** A way of encrypting that should not be accepted, and where it is accepted. */
interface Weakness {
  readonly name: string;
  readonly span: Span;
  edits(): readonly Edit[];
}

function weakCiphers(file: Directives, network: Network): Setting<readonly string[]> | undefined {
  const on = wpa(network);
  if (on.kind === 'undetermined') return network.at('wpa') ? undefined : on;
  const open = ciphers.map((name) => network.at(name) && filledIn(network.value(name), network.at(name)!)).find(Boolean);
  const found = [...broken(file, network, on.value), ...(on.value > 0 ? tkip(file, network, on.value) : []), ...groups(file, network)];
  if (found.length === 0) return open ? open : on.value > 0 ? known<readonly string[]>([], on.span) : undefined;
  if (on.value > 0 && network.elsewhere !== undefined && found.every(({ span }) => span === on.span)) return undetermined(on.span, network.elsewhere);
  const names = [...new Set(found.map(({ name }) => name))];
  return known<readonly string[]>(names, found[0]!.span, (wanted) => (wanted.length === 0 ? once(found.flatMap((one) => one.edits())) : []));
}

function broken(file: Directives, network: Network, on: number): readonly Weakness[] {
  const found: Weakness[] = [];
  if (on & 1) found.push({ name: 'WPA (version 1)', span: network.at('wpa')!, edits: () => put(file, network, 'wpa', '2') });
  for (const { name, span } of network.section.directives) {
    // Without WPA the keys are all the network has, and taking them away would open it.
    if (/^wep_(?:key[0-3]|key_len_)/.test(name)) found.push({ name: 'WEP', span, edits: () => (on > 0 ? [removal(file.text, span)] : []) });
  }
  return found;
}

const ciphers = ['wpa_pairwise', 'rsn_pairwise', 'group_cipher', 'sae_groups'];

/** hostapd.conf: `wpa_pairwise` is TKIP unless stated, and `rsn_pairwise` is `wpa_pairwise` unless stated. */
function tkip(file: Directives, network: Network, on: number): readonly Weakness[] {
  const found: Weakness[] = [];
  const first = network.value('wpa_pairwise');
  const second = network.value('rsn_pairwise') ?? first;
  const strong = (words: string | undefined) => (words ?? '').split(/\s+/).filter((word) => word !== '' && word !== 'TKIP').join(' ') || 'CCMP';
  const has = (words: string | undefined) => words === undefined || words.split(/\s+/).includes('TKIP');
  if (on & 2 && has(second)) {
    const span = network.at('rsn_pairwise') ?? network.at('wpa_pairwise') ?? network.at('wpa')!;
    found.push({
      name: second === undefined ? 'TKIP (the default of wpa_pairwise)' : 'TKIP',
      span,
      edits: () => [...put(file, network, 'rsn_pairwise', strong(second)), ...(first === undefined ? [] : put(file, network, 'wpa_pairwise', strong(first)))],
    });
  } else if (on & 1 && has(first)) {
    found.push({
      name: first === undefined ? 'TKIP (the default of wpa_pairwise)' : 'TKIP',
      span: network.at('wpa_pairwise') ?? network.at('wpa')!,
      edits: () => (on & 2 ? put(file, network, 'wpa_pairwise', strong(first)) : [
        ...put(file, network, 'rsn_pairwise', 'CCMP'),
        ...(first === undefined ? [] : put(file, network, 'wpa_pairwise', strong(first))),
      ]),
    });
  }
  const group = network.value('group_cipher');
  if (group === 'TKIP') found.push({ name: 'TKIP', span: network.at('group_cipher')!, edits: () => put(file, network, 'group_cipher', 'CCMP') });
  return found;
}

/** hostapd.conf, `sae_groups`: 1, 2, 5, 22, 23 and 24 are not for production. */
function groups(file: Directives, network: Network): readonly Weakness[] {
  const words = network.value('sae_groups')?.split(/\s+/).filter(Boolean) ?? [];
  const weak = words.filter((word) => ['1', '2', '5', '22', '23', '24'].includes(word));
  const strong = words.filter((word) => !weak.includes(word)).join(' ') || '19 20 21';
  return weak.map((word) => ({ name: `SAE group ${word}`, span: network.at('sae_groups')!, edits: () => put(file, network, 'sae_groups', strong) }));
}

function once(edits: readonly Edit[]): readonly Edit[] {
  return edits.filter((edit, i) => edits.findIndex((other) => other.start === edit.start && other.end === edit.end && other.text === edit.text) === i);
}

/** The EAP server in hostapd, where its flags let an old TLS in. */
function authenticator(file: Directives, network: Network): readonly ChannelFact[] {
  const flags = network.value('tls_flags');
  if (flags === undefined) return [];
  const span = network.at('tls_flags')!;
  const label = 'The log-in server (EAP) of the access point';
  if (isFilledIn(flags)) return [{ label, span, role: 'listens', protocol: 'eap', leastVersion: undetermined(span, 'what it is filled in with decides') }];
  const least: TlsVersion | undefined = flags.includes('[ENABLE-TLSv1.0]') ? '1.0' : flags.includes('[ENABLE-TLSv1.1]') ? '1.1' : undefined;
  if (least === undefined) return [];
  const cleaned = flags.replaceAll('[ENABLE-TLSv1.0]', '').replaceAll('[ENABLE-TLSv1.1]', '');
  const leastVersion = known<TlsVersion>(least, span, () => (cleaned !== '' ? put(file, network, 'tls_flags', cleaned)
    // Without the line one above it would count.
    : file.directives.filter(({ name }) => name === 'tls_flags').length > 1 ? put(file, network, 'tls_flags', '[DISABLE-TLSv1.0][DISABLE-TLSv1.1]')
    : [removal(file.text, span)]));
  return [{ label, span, role: 'listens', protocol: 'eap', leastVersion }];
}
