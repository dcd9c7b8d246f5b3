import type { TunnelFact, TunnelFields } from '#concepts/tunnel.js';
import { known, type Setting } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { table } from '#engine/table.js';
import { digit, inside, payloadsNamed, place, textAt, type Payload, type Profile } from './payloads.js';

type Authentication = TunnelFields['authentication'];

/** One VPN of the profile with the dictionary of its type. */
export interface Vpn {
  readonly payload: Payload;
  readonly kind: 'L2TP' | 'PPTP' | 'IPSec' | 'IKEv2';
  readonly label: string;
  /** The dictionary named after the type; for L2TP the one of IPSec. */
  readonly own: Payload | undefined;
}

/** The VPNs whose protocol the profile itself describes; those of vendors' apps are not among them. */
export function vpns(file: Profile): readonly Vpn[] {
  return payloadsNamed(file, 'com.apple.vpn.managed').flatMap((payload): readonly Vpn[] => {
    const type = textAt(payload.settings, 'VPNType');
    const kind = (['L2TP', 'PPTP', 'IPSec', 'IKEv2'] as const).find((known) => known === type);
    if (!kind) return [];
    const name = textAt(payload.settings, 'UserDefinedName');
    return [{ payload, kind, label: `The ${kind === 'IPSec' ? 'Cisco IPsec' : kind} VPN${name === undefined ? '' : ` ${name.slice(0, 40)}`}`, own: inside(payload, kind === 'IKEv2' ? 'IKEv2' : kind === 'PPTP' ? 'PPP' : 'IPSec') }];
  });
}

/** The VPNs as tunnels. */
export function tunnels(file: Profile): readonly TunnelFact[] {
  return vpns(file).map((vpn) => (vpn.kind === 'IKEv2' ? modern(file, vpn) : old(vpn)));
}

/** L2TP only carries; what encrypts is the IPsec around it, which the profile describes in its own dictionary. */
function old({ payload, kind, label, own }: Vpn): TunnelFact {
  const span = payload.settings.entries.get('VPNType')!.span;
  const address = own && textAt(own.settings, kind === 'PPTP' ? 'CommRemoteAddress' : 'RemoteAddress');
  if (kind === 'PPTP') {
    const mppe = own !== undefined && ['1', 'true'].includes(textAt(own.settings, 'CCPEnabled') ?? '');
    return { label, span, kind: 'pptp', address, encrypted: known(mppe, span), weakAlgorithms: mppe ? known<readonly string[]>(['MPPE'], span) : undefined };
  }
  const how = own ? textAt(own.settings, 'AuthenticationMethod') : undefined;
  return {
    label,
    span,
    kind: kind === 'L2TP' ? 'l2tp' : 'ipsec',
    address,
    encrypted: known(own !== undefined, span),
    ikeVersion: own ? known<1 | 2>(1, span) : undefined,
    authentication: own ? known<Authentication>(how === 'Certificate' ? 'certificate' : 'shared key', own.head) : undefined,
  };
}

const weakCiphers: ReadonlySet<string> = new Set(['DES', '3DES']);
const weakDigests: ReadonlySet<string> = new Set(['SHA1-96', 'SHA1-160']);
const weakGroups: ReadonlySet<string> = new Set(['1', '2', '5']);

function modern(file: Profile, { payload, label, own }: Vpn): TunnelFact {
  const span = payload.settings.entries.get('VPNType')!.span;
  if (!own) return { label, span, kind: 'ipsec', encrypted: known(true, span), ikeVersion: known<1 | 2>(2, span) };
  const how = textAt(own.settings, 'AuthenticationMethod');
  return {
    label,
    span,
    kind: 'ipsec',
    address: textAt(own.settings, 'RemoteAddress'),
    encrypted: known(true, span),
    ikeVersion: known<1 | 2>(2, span),
    weakAlgorithms: weak(file, own, ['EncryptionAlgorithm', 'IntegrityAlgorithm'], (said) => weakCiphers.has(said) || weakDigests.has(said)),
    weakGroups: weak(file, own, ['DiffieHellmanGroup'], (said) => weakGroups.has(said)),
    forwardSecrecy: digit(file, own, 'EnablePFS', false),
    authentication: how === 'Certificate' ? known<Authentication>('certificate', own.head) : how === 'SharedSecret' ? known<Authentication>('shared key', own.head) : undefined,
    withdrawnRefused: how === 'Certificate' ? digit(file, own, 'EnableCertificateRevocationCheck', false) : undefined,
  };
}

const better: Readonly<Record<string, string>> = table({ EncryptionAlgorithm: 'AES-256', IntegrityAlgorithm: 'SHA2-256', DiffieHellmanGroup: '14' });

/** What the two sets of parameters state and should not. What they leave out is strong: AES-256, SHA2-256, group 14. */
function weak(file: Profile, own: Payload, keys: readonly string[], isWeak: (said: string) => boolean): Setting<readonly string[]> | undefined {
  const found: string[] = [];
  const edits: (() => readonly Edit[])[] = [];
  let span = own.head;
  for (const name of ['IKESecurityAssociationParameters', 'ChildSecurityAssociationParameters']) {
    const parameters = inside(own, name);
    for (const key of parameters ? keys : []) {
      const at = place(file, parameters!, key, key === 'DiffieHellmanGroup' ? 'integer' : 'string');
      if (at.raw === undefined || !isWeak(at.raw)) continue;
      if (found.length === 0) span = at.span;
      if (!found.includes(at.raw)) found.push(at.raw);
      edits.push(() => at.write(better[key]!));
    }
  }
  return known<readonly string[]>(found, span, () => edits.flatMap((edit) => edit()));
}
