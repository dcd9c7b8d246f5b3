import { isEveryAddress, isEveryone } from '#concepts/network-names.js';
import type { TunnelFact, TunnelFields } from '#concepts/tunnel.js';
import { filledIn } from '#engine/holes.js';
import { documented } from '#engine/release.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { slot, type Directives, type Section } from '#notations/directives.js';
import { readProposals, withGroups, withStrongAlgorithms, withStrongGroups } from '#notations/ipsec-proposals.js';
import { asksXauth, connections, place, product, setup, value, type Connection, type Place } from './connections.js';

type Authentication = TunnelFields['authentication'];

/** What the connections of a file say. Connections that only let packets pass or drop are no tunnels. */
export function tunnels(file: Directives): readonly TunnelFact[] {
  const all = connections(file);
  // What these inherit cannot become IKEv2 without taking away who the callers are, or all of them.
  const old: ReadonlySet<Section> = new Set(all.filter((connection) => asksXauth(connection) || carriesL2tp(connection))
    .flatMap(({ chain }) => chain.map(({ section }) => section)));
  const found = all.filter((connection) => !/^(?:passthrough|passthough|pass|drop|reject)$/.test(value(connection, 'type') ?? ''))
    .flatMap((connection) => [...protection(file, connection), ...exchange(file, connection, old), ...proof(file, connection), ...callers(file, connection)]);
  return [...found, ...revocation(file)];
}

const link = (connection: Connection, { slot, label }: Place, says: Partial<TunnelFact>): TunnelFact => {
  const address = value(connection, 'right');
  return { label, span: slot.span, kind: 'ipsec', ...(address !== undefined && !address.startsWith('%') && { address }), ...says };
};

/** How data is protected: `esp`, `ah`, and the names Libreswan has for them. */
function protection(file: Directives, connection: Connection): readonly TunnelFact[] {
  const found: TunnelFact[] = [];
  const esp = place(file, connection, 'esp', 'phase2alg');
  const ah = place(file, connection, 'ah');
  const phase = place(file, connection, 'phase2');
  if (ah.directive && ah.slot.raw !== undefined && !(esp.directive && esp.slot.raw !== undefined)) {
    const { nameSpan, valueSpan } = ah.directive;
    const raw = ah.slot.raw;
    found.push(link(connection, ah, { encrypted: known(false, ah.slot.span, () => [{ ...nameSpan, text: 'esp' }, { ...valueSpan, text: raw.split(',').map((part) => `aes256-${part.trim()}`).join(',') }]) }));
  } else if (phase.slot.raw?.toLowerCase() === 'ah') {
    found.push(link(connection, phase, { encrypted: known(false, phase.slot.span, () => [...phase.slot.write('esp'),
      ...(esp.slot.raw !== undefined && !readProposals(esp.slot.raw).encrypts ? esp.slot.write(esp.slot.raw.split(',').map((part) => `aes256-${part.trim()}`).join(',')) : [])]) }));
  } else if (esp.slot.raw !== undefined) {
    const raw = esp.slot.raw;
    const read = readProposals(raw);
    const { span } = esp.slot;
    found.push(link(connection, esp, {
      encrypted: known(read.encrypts, span, () => esp.slot.write(withStrongAlgorithms(raw))),
      weakAlgorithms: known(read.weakAlgorithms, span, () => esp.slot.write(withStrongAlgorithms(raw))),
      weakGroups: known(read.weakGroups, span, () => esp.slot.write(withStrongGroups(raw))),
      ...(product(file) !== 'Libreswan' && {
        forwardSecrecy: read.everyGroup ? known(true, span) : product(file) === undefined
          ? undetermined(span, 'strongSwan renews the keys of a proposal without a group from the old ones, and Libreswan does not: nothing in the file tells which it is for')
          : known<boolean>(false, span, () => esp.slot.write(withGroups(raw))),
      }),
    }));
  }
  const pfs = place(file, connection, 'pfs');
  if (pfs.slot.raw !== undefined && product(file) === 'Libreswan') {
    found.push(link(connection, pfs, { forwardSecrecy: known<boolean>(pfs.slot.raw.toLowerCase() !== 'no', pfs.slot.span, (on) => pfs.slot.write(on ? 'yes' : 'no')) }));
  }
  return found;
}

/** How keys are agreed on: `ike`, and the version of IKE. */
function exchange(file: Directives, connection: Connection, old: ReadonlySet<Section>): readonly TunnelFact[] {
  const ike = place(file, connection, 'ike');
  const found: TunnelFact[] = [];
  if (ike.slot.raw !== undefined) {
    const raw = ike.slot.raw;
    const read = readProposals(raw);
    found.push(link(connection, ike, {
      weakAlgorithms: known(read.weakAlgorithms, ike.slot.span, () => ike.slot.write(withStrongAlgorithms(raw))),
      weakGroups: known(read.weakGroups, ike.slot.span, () => ike.slot.write(withStrongGroups(raw))),
    }));
  }
  const at = versionPlace(file, connection);
  const version = ikeVersion(file, at);
  if (version) found.push(link(connection, at, { ikeVersion: carriesL2tp(connection) && version.kind !== 'undetermined' && version.value === 1
    ? undetermined(version.span, 'it carries L2TP, and the L2TP clients of Windows, macOS and Android know no IKEv2: whether these could connect with IKEv2 alone is not in the file')
    : old.has(at.section) && version.kind !== 'undetermined' ? { ...version, write: () => [] } : version }));
  return found;
}

const versionPlace = (file: Directives, connection: Connection) =>
  (product(file) === 'Libreswan' ? place(file, connection, 'ikev2', 'keyexchange') : place(file, connection, 'keyexchange', 'ikev2'));

const ofStrongSwan = documented('strongSwan', '5.6 to 6.0', 'ipsec.conf(5)');
const ofLibreswan = documented('Libreswan', '4.0 to 5.4', 'ipsec.conf(5)');

/** strongSwan 5.9: `ike`, which is the default, initiates IKEv2 and accepts both. Libreswan 4: `ikev2=yes`, which is the default, and `insist` accept IKEv2 alone. */
function ikeVersion(file: Directives, { slot, directive }: Place): Setting<1 | 2> | undefined {
  const { span } = slot;
  if (slot.obscured !== undefined) return undetermined(span, slot.obscured);
  if (slot.raw === undefined) {
    const of = product(file);
    if (of === undefined) return undetermined(span, 'strongSwan accepts IKEv1 unless told otherwise, and Libreswan does not: nothing in the file tells which it is for');
    return of === 'strongSwan' ? { kind: 'default', value: 1, span, source: ofStrongSwan, write: () => slot.write('ikev2') }
      : { kind: 'default', value: 2, span, source: ofLibreswan, write: () => [] };
  }
  const word = slot.raw.toLowerCase();
  if (word === 'ike' && directive?.name === 'keyexchange' && product(file) !== 'strongSwan') {
    return product(file) === undefined ? undetermined(span, 'strongSwan accepts IKEv1 here, and to Libreswan 4 the line means nothing: nothing in the file tells which it is for')
      : { kind: 'default', value: 2, span, source: ofLibreswan, write: () => [] };
  }
  if (directive?.name === 'ikev2') {
    if (/^(?:no|never|permit)$/.test(word)) return known<1 | 2>(1, span, () => slot.write('insist'));
    return /^(?:yes|insist|always)$/.test(word) ? known<1 | 2>(2, span) : undetermined(span, 'the release of Libreswan decides whether IKEv1 is accepted as well');
  }
  return word === 'ikev2' ? known<1 | 2>(2, span) : /^(?:ike|ikev1)$/.test(word) ? known<1 | 2>(1, span, () => slot.write('ikev2')) : undetermined(span, 'the value is not one this product documents');
}

/** L2TP travels over UDP port 1701 inside IPsec. */
function carriesL2tp(connection: Connection): boolean {
  return [value(connection, 'leftprotoport'), value(connection, 'rightprotoport')].some((port) => port !== undefined && /(?:^|\/)(?:1701|l2tp|l2f)$/.test(port));
}

/** How an end proves who it is. `null` is known to Libreswan alone. */
function howProven(connection: Connection): 'none' | 'shared key' | 'certificate' {
  const words = [value(connection, 'authby'), value(connection, 'leftauth'), value(connection, 'rightauth')].flatMap((said) => said?.split(',') ?? []);
  if (words.includes('null')) return 'none';
  return words.some((word) => /^(?:psk|secret|xauthpsk)$/.test(word.trim())) ? 'shared key' : 'certificate';
}

/** Aggressive mode is of IKEv1 alone, ipsec.conf(5) of both: where IKEv2 is spoken the line means nothing. */
function proof(file: Directives, connection: Connection): readonly TunnelFact[] {
  const aggressive = place(file, connection, 'aggressive', 'aggrmode');
  const how = howProven(connection);
  const version = ikeVersion(file, versionPlace(file, connection));
  const open = how === 'shared key' ? filledIn(aggressive.slot.raw, aggressive.slot.span) : undefined;
  if (open && !(version?.kind !== 'undetermined' && version?.value === 2)) return [link(connection, aggressive, { authentication: open })];
  if (how === 'shared key' && /^yes$/i.test(aggressive.slot.raw ?? '') && !(version?.kind !== 'undetermined' && version?.value === 2)) {
    if (version?.kind === 'undetermined') return [link(connection, aggressive, { authentication: version })];
    return [link(connection, aggressive, { authentication: known<Authentication>('aggressive shared key', aggressive.slot.span, () => aggressive.slot.write('no')) })];
  }
  const at = how === 'none' && /null/.test(value(connection, 'rightauth') ?? '') ? place(file, connection, 'rightauth') : place(file, connection, 'authby', 'rightauth', 'leftauth');
  return at.slot.raw === undefined ? [] : [link(connection, at, { authentication: known<Authentication>(how, at.slot.span) })];
}

/** Who may use a shared key. strongSwan: `right` is `%any` where it is left out. */
function callers(file: Directives, connection: Connection): readonly TunnelFact[] {
  if (howProven(connection) !== 'shared key') return [];
  const right = place(file, connection, 'right');
  const { raw, obscured } = right.slot;
  const at = raw === undefined ? place(file, connection, 'authby', 'rightauth', 'leftauth') : right;
  const { span } = at.slot;
  if (obscured !== undefined) return [link(connection, at, { sharedKeyForAnyone: undetermined(span, obscured) })];
  const anyone = raw === undefined ? product(file) === 'strongSwan' : raw.split(',').some((end) => isEveryAddress(end) || isEveryone(end));
  // A second proof for each person takes the worst off a key that all of them share.
  const open = 'each caller also signs in by name (XAUTH): whether the shared key is changed when one leaves is not in the file';
  return [link(connection, at, { sharedKeyForAnyone: anyone && asksXauth(connection) ? undetermined(span, open) : known(anyone, span) })];
}

/** Whether a certificate that was withdrawn is refused, by every connection; asked where some connection names certificates. */
function revocation(file: Directives): readonly TunnelFact[] {
  const section = setup(file);
  const of = product(file);
  const certificates = connections(file).some((connection) =>
    value(connection, 'leftcert', 'rightcert', 'rightca') !== undefined && howProven(connection) === 'certificate');
  if (!section || !of || !certificates || section.directives.length === 0) return [];
  const names = of === 'strongSwan' ? ['strictcrlpolicy'] : ['crl-strict', 'crl_strict'];
  const name = names.find((one) => section.directives.some((directive) => directive.name === one)) ?? names[0]!;
  const at = slot(file, section, name, { wins: 'last' });
  const { span, raw } = at;
  const write = () => at.write(of === 'strongSwan' ? 'ifuri' : 'yes');
  const caution = 'No tunnel comes up while the list cannot be fetched.';
  return [{ label: 'IPsec', span, kind: 'ipsec', withdrawnRefused: raw === undefined
    ? { kind: 'default', value: false, span, source: of === 'strongSwan' ? ofStrongSwan : ofLibreswan, write, caution }
    : { ...known<boolean>(/^(?:yes|ifuri)$/i.test(raw), span, write), caution } }];
}
