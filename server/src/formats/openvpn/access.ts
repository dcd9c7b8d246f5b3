import { isThisMachine } from '#concepts/network-names.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { has, isStatic, last, manual, type OpenVpn, option, place, role, taken, words } from './file.js';
import { labelOf } from './tunnel.js';

const held: Readonly<Record<string, string>> = table({ key: 'its private key', secret: 'the key both ends share', 'tls-auth': 'the key of the control channel', 'tls-crypt': 'the key of the control channel',
  'tls-crypt-v2': 'the key of the control channel', 'auth-user-pass': 'a password', 'http-proxy-user-pass': 'the password of a proxy', pkcs12: 'its private key', askpass: 'the passphrase of its key' });

/** Keys and passwords whose contents stand in the file. */
export function secrets(vpn: OpenVpn) {
  return vpn.inline.filter(({ name, lines, privateKey }) => lines > 0 && (name in held || privateKey)).map(({ name, span }) =>
    ({ label: `The part <${name}>`, what: held[name] ?? 'a private key', span, kept: known<'clear'>('clear', span) }));
}

/** Whether the program stays root; it does unless told otherwise. A service manager may drop rights for it, so nothing is said where the file says nothing. */
export function privileges(vpn: OpenVpn) {
  const user = last(vpn, 'user');
  return user ? [{ label: labelOf(vpn), span: user.span, root: known<boolean>(user.value === 'root', user.span, (root) => (root ? [] : option(vpn, 'user').write('nobody'))) }] : [];
}

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

/** Compression, which gives away what is beside a guess (VORACLE). Framing without compression, and `migrate`, are as they should be. */
export function compressions(vpn: OpenVpn): readonly Matter[] {
  const label = labelOf(vpn);
  return ['comp-lzo', 'compress', 'allow-compression'].flatMap((name): Matter[] => {
    const directive = last(vpn, name);
    if (!directive) return [];
    const word = directive.value.toLowerCase();
    const bad = name === 'comp-lzo' ? word !== 'no' : name === 'compress' ? /^(?:lzo|lz4|lz4-v2)$/.test(word) : word === 'yes';
    return [{ label, span: directive.span, good: known<boolean>(!bad, directive.span, () => option(vpn, name).write(name === 'compress' ? 'migrate' : 'no')) }];
  });
}

/** A second key in front of TLS. openvpn(8): none where it is left out. A caller has no port that strangers find: it is the server that asks for the key. */
export function controlKeys(vpn: OpenVpn): readonly Matter[] {
  if (role(vpn) !== 'server' || isStatic(vpn) || vpn.others !== undefined) return [];
  const span = place(vpn);
  return [{ label: labelOf(vpn), span, good: has(vpn, 'tls-crypt', 'tls-crypt-v2', 'tls-auth') ? known<boolean>(true, span) : { kind: 'default', value: false, span, source: manual, write: () => [] } }];
}

/** One certificate for several callers. */
export function sharedNames(vpn: OpenVpn): readonly Matter[] {
  const directive = last(vpn, 'duplicate-cn');
  return directive ? [{ label: labelOf(vpn), span: directive.span, good: known<boolean>(false, directive.span, () => taken(vpn, directive)) }] : [];
}

/** The port that controls the program. */
export function management(vpn: OpenVpn): readonly Matter[] {
  const directive = last(vpn, 'management');
  if (!directive) return [];
  const [address = '', port, password] = words(directive);
  if (port === 'unix' || address === 'tunnel' && password) return [{ label: labelOf(vpn), span: directive.span, good: known<boolean>(true, directive.span) }];
  return [{ label: labelOf(vpn), span: directive.span, good: known<boolean>(password !== undefined && isThisMachine(address), directive.span) }];
}

/** Passwords handed to scripts through their surroundings: level 3. */
export function scripts(vpn: OpenVpn): readonly Matter[] {
  const directive = last(vpn, 'script-security');
  return directive && directive.value !== '' ? [{ label: labelOf(vpn), span: directive.span, good: known<boolean>(!/^3\b/.test(directive.value), directive.span, () => option(vpn, 'script-security').write('2')) }] : [];
}

/** Keys for which this end never asks anew. openvpn(8): the end that asks first decides, and callers with one-time passwords leave it to the server. */
export function renewals(vpn: OpenVpn): readonly Matter[] {
  const directive = last(vpn, 'reneg-sec');
  if (!directive || directive.value === '') return [];
  const { span } = directive;
  const asks = !/^0+\b/.test(directive.value);
  const good = !asks && role(vpn) === 'client' ? undetermined(span, 'the server may ask for new keys in its own time: its `reneg-sec` decides')
    : known<boolean>(asks, span, () => option(vpn, 'reneg-sec').write('3600'));
  return [{ label: labelOf(vpn), span, good }];
}

/** Certificates under SHA-1 or with short keys. openvpn(8): `legacy` where it is left out. */
export function profiles(vpn: OpenVpn): readonly Matter[] {
  const directive = last(vpn, 'tls-cert-profile');
  return directive ? [{ label: labelOf(vpn), span: directive.span, good: known<boolean>(!/^(?:insecure|legacy)$/.test(directive.value), directive.span, () => option(vpn, 'tls-cert-profile').write('preferred')) }] : [];
}
