import { yesNo } from '#engine/codec.js';
import { known, setting, stated, undetermined, type Setting } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { table } from '#engine/table.js';
import { childrenOf, descend, everyElement, localName, textOf, textSlot, type Element, type Xml } from '#notations/xml.js';

/** The pair of authentication and encryption the profile joins its network with; the schema knows one for each profile. */
export interface Network {
  readonly profile: Element;
  readonly security: Element;
  readonly pair: Element;
  readonly label: string;
  /** As the schema spells them: `open`, `shared`, `WPA2`, `WPA2PSK`, `WPA3SAE`, `OWE`; `none`, `WEP`, `TKIP`, `AES`, `GCMP256`. */
  readonly authentication: string;
  readonly encryption: string;
  /** Whether people or computers prove themselves one by one, IEEE 802.1X. */
  readonly personal: boolean;
}

export function networks(file: Xml): readonly Network[] {
  return childrenOf(file.root, 'WLANProfile').flatMap((profile) => childrenOf(descend(profile, 'MSM'), 'security').flatMap((security) => childrenOf(security, 'authEncryption').slice(0, 1).map((pair) => {
    const said = (name: string) => {
      const element = descend(pair, name);
      return element ? textOf(file, element) : '';
    };
    const name = descend(profile, 'name');
    return {
      profile, security, pair, label: `The Wi-Fi network ${name ? textOf(file, name).slice(0, 40) : ''}`.trim(),
      authentication: said('authentication').toUpperCase(), encryption: said('encryption').toUpperCase(), personal: said('useOneX').toLowerCase() === 'true',
    };
  })));
}

type Protection = 'none' | 'opportunistic' | 'encrypted';

/** A network without encryption gets none by an edit of the profile: the access point decides, so nothing is written. */
export function protection(_file: Xml, { encryption, pair }: Network): Setting<Protection> | undefined {
  if (encryption === '') return undefined;
  return known<Protection>(encryption === 'NONE' ? 'none' : 'encrypted', (descend(pair, 'encryption') ?? pair).span);
}

const newer: Readonly<Record<string, string>> = table({ WPA: 'WPA2', WPAPSK: 'WPA2PSK', TKIP: 'AES' });

/** WEP is broken for good and needs another key; WPA and TKIP have a successor with the same key. */
export function weakCiphers(file: Xml, { authentication, encryption, pair }: Network): Setting<readonly string[]> | undefined {
  if (encryption === 'NONE' || encryption === '') return undefined;
  const places = [descend(pair, 'authentication'), descend(pair, 'encryption')].filter((place) => place !== undefined);
  const weak = [...(/^WPA(PSK)?$/.test(authentication) ? [authentication] : []), ...(/^(WEP|TKIP)$/.test(encryption) ? [encryption] : [])];
  const write = (): readonly Edit[] => (encryption === 'WEP' ? [] : places.flatMap((place) => {
    const wanted = newer[textOf(file, place).toUpperCase()];
    return wanted ? textSlot(file, place).write(wanted) : [];
  }));
  return { ...known<readonly string[]>(weak, (places.at(-1) ?? pair).span, write), caution: 'The access point must offer WPA2 with AES to this network.' };
}

/** What the profile says of the server it proves itself to. EAP keeps it in several schemas; the names of the elements are the same. */
function validations(network: Network): { readonly perform: readonly Element[]; readonly server: readonly Element[]; readonly blob: boolean } {
  const all = [...everyElement(network.security)];
  const named = (name: string) => all.filter((element) => localName(element) === name);
  return { perform: named('PerformServerValidation'), server: named('ServerValidation'), blob: named('ConfigBlob').length > 0 };
}

/** The certificate authorities the profile trusts for its servers, without empty ones. */
function authorities(file: Xml, server: Element): readonly Element[] {
  return childrenOf(server, 'TrustedRootCA').filter((authority) => textOf(file, authority) !== '');
}

/** Microsoft, EAP-TLS and PEAP connection properties: validation that is switched off takes any server; without an authority the person is asked. */
export function peerVerified(file: Xml, network: Network): Setting<boolean> | undefined {
  if (!network.personal) return undefined;
  const { perform, server, blob } = validations(network);
  const trusted = server.some((one) => authorities(file, one).length > 0);
  const off = perform.find((element) => /^(false|0)$/i.test(textOf(file, element)));
  if (off) {
    const switched = setting(textSlot(file, off), yesNo(['true', '1'], ['false', '0']), { because: '' });
    return switched.kind === 'undetermined' || trusted ? switched : { ...switched, write: () => [] };
  }
  if (trusted) return known(true, server[0]!.tag);
  if (blob) return undetermined(network.pair.tag, 'the EAP settings stand in binary form: export the profile on a computer that has them');
  return server.length > 0 ? undetermined(server[0]!.tag, 'the profile names no certificate authority, so Windows asks the person whether the server is right') : undefined;
}

/** EAP methods without a protected tunnel around the password, by their number: MD5 (4) and LEAP (17). */
export function weakInner(file: Xml, network: Network): Setting<'weak' | 'password' | 'strong' | 'none'> | undefined {
  if (!network.personal) return network.authentication === 'SHARED' ? known('weak' as const, (descend(network.pair, 'authentication') ?? network.pair).span) : undefined;
  const method = [...everyElement(network.security)].find((element) => localName(element) === 'EapMethod');
  const type = descend(method, 'Type');
  if (!type) return undefined;
  return known(/^(4|17)$/.test(textOf(file, type)) ? 'weak' as const : 'strong' as const, type.span);
}

/** A server validation that names an authority: whether it also names the servers. */
export function serverNames(file: Xml): readonly { readonly label: string; readonly named: Setting<boolean> }[] {
  return networks(file).filter(({ personal }) => personal).flatMap((network) => validations(network).server.filter((server) => authorities(file, server).length > 0).map((server) => {
    const names = descend(server, 'ServerNames');
    return { label: network.label, named: known(names !== undefined && textOf(file, names) !== '', (names ?? server).tag) };
  }));
}

/** How a profile joins: by itself or by hand, an access point or another computer. */
export function joining(file: Xml): readonly { readonly label: string; readonly byItself: Setting<boolean> | undefined; readonly open: boolean; readonly peers: Setting<boolean> | undefined }[] {
  return networks(file).map(({ profile, label, encryption }) => {
    const mode = descend(profile, 'connectionMode');
    const type = descend(profile, 'connectionType');
    return {
      label, open: encryption === 'NONE',
      byItself: mode && stated(textSlot(file, mode), yesNo(['auto'], ['manual'])),
      peers: type && stated(textSlot(file, type), yesNo(['ibss'], ['ess'])),
    };
  });
}
