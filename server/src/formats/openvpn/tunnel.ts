import { atLeast, tlsVersions, type TlsVersion } from '#concepts/channel.js';
import type { TunnelFact } from '#concepts/tunnel.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { strengthened, weakIn } from '#notations/cipher-list.js';
import type { Directive } from '#notations/directives.js';
import { added, has, isStatic, last, manual, type OpenVpn, option, place, role, taken, words } from './file.js';

/** The tunnel by the name a person knows it by. */
export function labelOf(vpn: OpenVpn): string {
  const side = role(vpn);
  return side === 'server' ? 'The OpenVPN server' : side === 'client' ? 'The OpenVPN client' : 'The OpenVPN tunnel';
}

/** Ciphers with 64-bit blocks, without secrecy, or broken; those of OpenVPN 2.6 with `--show-ciphers` that it warns of. */
const weakCipher = /^(?:bf|blowfish|des|desx|des-ede3?|cast5?|rc2|rc2-(?:40|64)|rc4|idea|seed)(?:-|$)/i;
const weakDigest = /^(?:none|md4|md5|ripemd|rsa-md4|rsa-md5|mdc2)$/i;
/** openvpn(8): the default of `data-ciphers`. */
const strong = 'AES-256-GCM:AES-128-GCM';

/** What protects the data: the list both ends choose from, the fallback, and the digest. */
export function tunnels(vpn: OpenVpn): readonly TunnelFact[] {
  const base = { label: labelOf(vpn), kind: 'openvpn' as const, address: words(last(vpn, 'remote') ?? empty)[0] };
  const found: TunnelFact[] = [];
  for (const name of ['data-ciphers', 'ncp-ciphers', 'data-ciphers-fallback', 'cipher']) {
    const directive = last(vpn, name);
    if (!directive || directive.value === '') continue;
    // Version 2.6 ignores `cipher` under TLS, and older versions use it as a fallback.
    const silent = name === 'cipher' && !isStatic(vpn);
    const at = option(vpn, name);
    const all = directive.value.split(':').map((cipher) => cipher.trim());
    const bare = (cipher: string) => cipher.replace(/^\?/, '');
    const open = all.filter((cipher) => /^none$/i.test(bare(cipher)));
    const weak = all.filter((cipher) => weakCipher.test(bare(cipher)));
    const rest = all.filter((cipher) => !open.includes(cipher) && !weak.includes(cipher));
    const single = name === 'cipher' || name === 'data-ciphers-fallback';
    const write = () => at.write(rest.length > 0 ? rest.join(':') : single ? (isStatic(vpn) ? 'AES-256-CBC' : 'AES-256-GCM') : strong);
    const because = 'version 2.6 ignores `cipher` here, and older ones use it when the other end negotiates no cipher: take the line out, or state `data-ciphers`';
    found.push({
      ...base, span: directive.span,
      encrypted: open.length > 0 && silent ? undetermined(directive.span, because) : known(open.length === 0, directive.span, write),
      weakAlgorithms: weak.length > 0 && silent ? undetermined(directive.span, because) : known<readonly string[]>(weak, directive.span, write),
    });
  }
  const digest = last(vpn, 'auth');
  if (digest && digest.value !== '') found.push({ ...base, span: digest.span, weakAlgorithms: digests(vpn, digest) });
  const fixed = last(vpn, 'secret')?.span ?? vpn.inline.find(({ name }) => name === 'secret')?.span;
  if (fixed && isStatic(vpn)) found.push({ ...base, span: fixed, forwardSecrecy: known<boolean>(false, fixed), authentication: known<'shared key'>('shared key', fixed) });
  else if (role(vpn) !== undefined) {
    found.push({ ...base, span: place(vpn), forwardSecrecy: known<boolean>(true, place(vpn)), ...authentication(vpn), ...revocation(vpn) });
  }
  return found;
}

/** openvpn(8), `auth`: a cipher that authenticates by itself, such as AES-GCM, leaves the digest nothing but the packets of `tls-auth`. */
function digests(vpn: OpenVpn, digest: Directive): Setting<readonly string[]> {
  const ciphers = last(vpn, 'data-ciphers', 'ncp-ciphers');
  const used = isStatic(vpn) || has(vpn, 'tls-auth') || (ciphers !== undefined && !ciphers.value.split(':').every((cipher) => /gcm|poly1305/i.test(cipher)));
  if (!weakDigest.test(digest.value) || (!used && ciphers !== undefined)) return known<readonly string[]>([], digest.span);
  return used ? known<readonly string[]>([`auth ${digest.value}`], digest.span, () => option(vpn, 'auth').write('SHA256'))
    : undetermined(digest.span, 'with AES-GCM, which two ends of version 2.4 or later agree on, the digest protects nothing, and with older ones it protects all: state `data-ciphers`');
}

const empty = { name: '', value: '', span: { start: 0, end: 0 }, nameSpan: { start: 0, end: 0 }, valueSpan: { start: 0, end: 0 } };

/** Whether a caller without a certificate comes in, and whether anything else is asked. openvpn(8): `verify-client-cert` is `require`. */
function authentication(vpn: OpenVpn): Pick<TunnelFact, 'authentication'> {
  if (role(vpn) !== 'server') return {};
  const lax = last(vpn, 'verify-client-cert', 'client-cert-not-required');
  const off = lax !== undefined && (lax.name === 'client-cert-not-required' || /^(?:none|optional)$/.test(lax.value));
  if (!off) return !lax && vpn.others !== undefined ? {} : { authentication: known('certificate' as const, lax?.span ?? place(vpn)) };
  const asks = has(vpn, 'auth-user-pass-verify', 'plugin', 'management-client-auth');
  if (asks) return { authentication: known('password' as const, lax.span) };
  return { authentication: known<'none' | 'certificate'>('none', lax.span, () => (lax.name === 'client-cert-not-required' ? taken(vpn, lax) : option(vpn, lax.name).write('require'))) };
}

/** The list of certificates that were withdrawn. openvpn(8): none where it is left out. */
function revocation(vpn: OpenVpn): Pick<TunnelFact, 'withdrawnRefused'> {
  const otherwise = vpn.others !== undefined || has(vpn, 'peer-fingerprint', 'tls-verify', 'client-cert-not-required') || last(vpn, 'verify-client-cert')?.value === 'none';
  if (role(vpn) !== 'server' || otherwise) return {};
  const span = place(vpn);
  if (has(vpn, 'crl-verify')) return { withdrawnRefused: known<boolean>(true, span) };
  return { withdrawnRefused: { kind: 'default', value: false, span, source: manual, write: () => [] } };
}

/** The control channel is TLS, on which the keys of the tunnel are agreed. */
export function channels(vpn: OpenVpn) {
  const side = role(vpn);
  if (side === undefined || isStatic(vpn)) return [];
  const remote = words(last(vpn, 'remote') ?? empty);
  const port = remote[1] ?? last(vpn, 'port', 'lport')?.value;
  const span = place(vpn);
  const least = last(vpn, 'tls-version-min');
  const ciphers = last(vpn, 'tls-cipher');
  const list = option(vpn, 'tls-cipher');
  return [{
    label: labelOf(vpn),
    span,
    role: side === 'server' ? 'listens' as const : 'connects' as const,
    protocol: 'openvpn',
    port: port !== undefined && /^\d{1,5}$/.test(port) ? Number(port) : 1194,
    address: side === 'server' ? last(vpn, 'local')?.value : remote[0],
    protection: known<'encrypted' | 'none' | 'opportunistic'>('encrypted', span),
    reach: known<'loopback' | 'network'>('network', span),
    leastVersion: least && version(vpn, least.value, least.span),
    weakCiphers: ciphers && known<readonly string[]>(tlsWeak(ciphers.value), ciphers.span, () => list.write(strengthened(ciphers.value))),
    peerVerified: side === 'client' ? verified(vpn) : undefined,
  }];
}

/** `TLS-` names of OpenVPN are those of IANA with dashes; without the mark they read like OpenSSL's. */
const tlsWeak = (list: string) => weakIn(list).filter((word) => !/^!/.test(word));

/** openvpn(8): 1.2 where it is left out, from version 2.6 on. */
function version(vpn: OpenVpn, value: string, span: Span): Setting<TlsVersion> {
  const said = value.split(/\s+/)[0]!;
  const found = tlsVersions.find((one) => one === said);
  if (!found || !atLeast(found, '1.0')) return undetermined(span, 'the value is not one this product documents');
  return known<TlsVersion>(found, span, (wanted) => option(vpn, 'tls-version-min').write([wanted, ...value.split(/\s+/).slice(1)].join(' ')));
}

/** openvpn(8), `remote-cert-tls`: without it any certificate of the same authority, a caller's too, passes for the server's. */
function verified(vpn: OpenVpn): Setting<boolean> {
  const check = last(vpn, 'remote-cert-tls', 'verify-x509-name', 'remote-cert-eku', 'peer-fingerprint', 'tls-verify', 'remote-cert-ku', 'tls-remote', 'ns-cert-type');
  const inline = vpn.inline.find(({ name }) => name === 'peer-fingerprint');
  if (check && !(check.name === 'remote-cert-tls' && check.value !== 'server')) return known(true, check.span);
  if (inline) return known(true, inline.span);
  if (check) return known<boolean>(false, check.span, () => option(vpn, 'remote-cert-tls').write('server'));
  if (vpn.others !== undefined) return undetermined(place(vpn), vpn.others);
  return { kind: 'default', value: false, span: place(vpn), source: manual, write: () => added(vpn, 'remote-cert-tls', 'remote-cert-tls server') };
}
