import { documented } from '#engine/release.js';
import type { Span } from '#engine/text.js';
import { slot, type Directive, type Directives, type Section } from '#notations/directives.js';

/** Where the defaults below are written. */
export const source = documented('wpa_supplicant', '2.6 to 2.11', 'its commented wpa_supplicant.conf');

/** One `network={ … }`: a network this device joins. */
export interface Network {
  readonly section: Section;
  readonly label: string;
  readonly span: Span;
  readonly wired: boolean;
  find(name: string): Directive | undefined;
  /** The words of a list, or nothing where it is not stated. */
  words(name: string): readonly string[] | undefined;
}

/** The networks of a file that are not disabled, and what stands outside of every block. */
export function networks(file: Directives): { readonly list: readonly Network[]; readonly globals: ReadonlyMap<string, Directive> } {
  const globals = new Map<string, Directive>();
  const list: Network[] = [];
  let block: { head: Directive; directives: Directive[] } | undefined;
  for (const directive of file.directives) {
    if (directive.value === '{') block = { head: directive, directives: [] };
    else if (!block) globals.set(directive.name, directive);
    else if (directive.name !== '}') block.directives.push(directive);
    else {
      if (block.head.name === 'network') list.push(networkOf({ ...block, end: lineStart(file.text, directive.span.start) }));
      block = undefined;
    }
  }
  const wired = globals.get('ap_scan')?.value === '0';
  return { list: list.filter((network) => network.find('disabled')?.value !== '1').map((network) => ({ ...network, wired: network.wired || wired })), globals };
}

function networkOf(section: Section & { readonly head: Directive }): Network {
  const last = new Map(section.directives.map((directive) => [directive.name, directive]));
  const ssid = last.get('ssid');
  return {
    section,
    label: ssid ? `The Wi-Fi network ${ssid.value}` : 'The connection to any Wi-Fi network',
    span: ssid?.span ?? section.head.span,
    // IEEE8021X with eapol_flags=0 asks for no WEP keys: a wired port.
    wired: last.get('eapol_flags')?.value === '0' && !ssid,
    find: (name) => last.get(name),
    words: (name) => last.get(name)?.value.split(/\s+/).filter(Boolean),
  };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** wpa_supplicant.conf, `key_mgmt`: WPA-PSK and WPA-EAP unless stated. */
export function keyManagement(network: Network): readonly string[] {
  return network.words('key_mgmt') ?? ['WPA-PSK', 'WPA-EAP'];
}

/** Whether the network asks for a personal log-in (EAP). The default allows it, and `eap` or `identity` says that it is meant. */
export function isPersonal(network: Network): boolean {
  const ways = network.words('key_mgmt');
  return ways ? ways.some((way) => way.includes('EAP') || way === 'IEEE8021X') : network.find('eap') !== undefined || network.find('identity') !== undefined;
}

export function put(file: Directives, { section }: Network, name: string, value: string) {
  return slot(file, section, name, { wins: 'last' }).write(value);
}
