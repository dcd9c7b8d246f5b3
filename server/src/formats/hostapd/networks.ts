import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { sections, slot, type Directives, type Section } from '#notations/directives.js';

/** Where the defaults below are written. */
export const source = documented('hostapd', '2.6 to 2.11', 'its commented hostapd.conf');

/** One Wi-Fi network of the access point: the first interface, or what follows `bss=`. */
export interface Network {
  readonly section: Section;
  readonly label: string;
  readonly span: Span;
  /** The last value of a name here; hostapd takes it as it stands. */
  value(name: string): string | undefined;
  at(name: string): Span | undefined;
  /** Why an absent value may hold all the same. */
  readonly elsewhere?: string | undefined;
}

/** The networks of a file. A wired authenticator, and a fragment that names no network, has none. */
export function networks(file: Directives): readonly Network[] {
  const cut = sections(file, ({ name }) => name === 'bss');
  const [first] = cut;
  if (first!.directives.some(({ name, value }) => name === 'driver' && value === 'wired')) return [];
  const lends = first!.directives.some(({ name }) => name === 'wpa');
  return cut.flatMap((section): readonly Network[] => {
    const last = new Map(section.directives.map((directive) => [directive.name, directive]));
    const ssid = last.get('ssid') ?? last.get('ssid2') ?? last.get('utf8_ssid');
    if (!ssid && !section.head) return [];
    return [{
      section,
      label: ssid ? `The Wi-Fi network ${ssid.value.replace(/^P?"(.*)"$/, '$1')}` : `The Wi-Fi network of ${section.head!.value}`,
      span: ssid?.span ?? section.head!.span,
      value: (name) => last.get(name)?.value,
      at: (name) => last.get(name)?.span,
      elsewhere: section.head && lends ? 'hostapd takes some values of the first network as defaults for the others: state it here' : undefined,
    }];
  });
}

/** hostapd.conf, `wpa`: bit 0 is the first WPA, bit 1 is WPA2 and WPA3; 0, the default, is neither. */
export function wpa(network: Network): Setting<number> {
  const raw = network.value('wpa');
  if (raw === undefined) {
    return network.elsewhere !== undefined ? undetermined(network.span, network.elsewhere) : {
      kind: 'default',
      value: 0,
      span: network.span,
      source,
      write: () => [],
    };
  }
  const at = network.at('wpa')!;
  return /^[0-3]$/.test(raw) ? known(Number(raw), at) : undetermined(at, 'the value is not one hostapd documents');
}

/** The ways a station may prove itself; WPA-PSK where none is named. */
export function keyManagement(network: Network): readonly string[] {
  return (network.value('wpa_key_mgmt') ?? 'WPA-PSK').split(/\s+/).filter(Boolean);
}

/** The edit that states a value in a network. */
export function put(file: Directives, { section }: Network, name: string, value: string) {
  return slot(file, section, name, { wins: 'last' }).write(value);
}

/** Whether a password for all of the network is in the file, or in one that it names. */
export function hasPassword(network: Network): boolean {
  return ['wpa_passphrase', 'wpa_psk', 'wpa_psk_file'].some((name) => network.value(name) !== undefined);
}
