import { tlsVersions, type ChannelEnds, type ChannelFields, type TlsVersion } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import { isStandIn, type SecretFields } from '#concepts/secret.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { removal, slot, valuesOf, type Ldif, type LdifEntry } from '#notations/ldif.js';

/** Whether an entry is of a class; directories compare the names without case. */
export const isA = (entry: LdifEntry, name: string) => valuesOf(entry, 'objectClass').some(({ value }) => value?.toLowerCase() === name.toLowerCase());

/** The value of a name, where the entry has one. */
export const textOf = (entry: LdifEntry, name: string): string | undefined => valuesOf(entry, name).at(-1)?.value;

/** The device an entry belongs to, from its distinguished name. */
export function deviceOf(entry: LdifEntry): string {
  return /dicomDeviceName=([^,]+)/i.exec(entry.dn.value ?? '')?.[1] ?? 'without a name';
}

/** Suites without encryption or authentication, or with a cipher that is broken. */
const weakSuite = /_NULL_|_anon_|_EXPORT_|_RC4_|_3DES_|_DES_|_DES40_|_MD5$/;
const without = /_NULL_/;

/** The ports a device listens on. One without a port only calls others. */
export function ends(file: Ldif): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return file.entries.flatMap((entry) => {
    const port = Number(textOf(entry, 'dicomPort') ?? 0);
    if (entry.isChange || !isA(entry, 'dicomNetworkConnection') || !(port > 0) || textOf(entry, 'dicomInstalled')?.toUpperCase() === 'FALSE') return [];
    const kind = (textOf(entry, 'dcmProtocol') ?? 'DICOM').toUpperCase();
    if (kind !== 'DICOM' && kind !== 'HL7' && kind !== 'HL7_MLLP2') return [];
    const suites = valuesOf(entry, 'dicomTLSCipherSuite');
    const coded = suites.some(({ value }) => value === undefined);
    const host = textOf(entry, 'dicomHostname');
    const span = suites[0]?.span ?? entry.dn.span;
    const weak = suites.filter(({ value }) => weakSuite.test(value ?? ''));
    const protection: Setting<'none' | 'opportunistic' | 'encrypted'> = coded ? undetermined(span, 'a cipher suite stands in another file') : known(
      suites.length > 0 && !suites.every(({ value }) => without.test(value!)) ? 'encrypted' : 'none', span
    );
    const client = slot(file, entry, 'dcmTLSNeedClientAuth');
    return [{
      label: `The ${kind === 'DICOM' ? 'DICOM' : 'HL7'} port ${port} of device ${deviceOf(entry)}`, span, role: 'listens' as const, protocol: kind === 'DICOM'
        ? 'dicom'
        : 'hl7', port, address: host,
      reach: known<'loopback' | 'network'>(host !== undefined && isThisMachine(host) ? 'loopback' : 'network', span),
      protection,
      weakCiphers: suites.length === 0 || coded ? undefined : known<readonly string[]>(
        weak.map(({ value }) => value!), weak[0]?.span ?? span, () => (weak.length < suites.length ? weak.map((one) => removal(file, one)) : [])
      ),
      leastVersion: least(file, entry),
      peerVerified: suites.length > 0 && /^(?:TRUE|FALSE)$/i.test(client.raw ?? '')
        ? known(client.raw!.toUpperCase() === 'TRUE', client.span, (wanted) => client.write(wanted ? 'TRUE' : 'FALSE'))
        : undefined,
    }];
  });
}

/** Only what is stated: which versions hold without it depends on the version of the archive. */
function least(file: Ldif, entry: LdifEntry): Setting<TlsVersion> | undefined {
  const version = (name: string) => (
    table({ SSLv3: 'SSLv3', TLSv1: '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' }) as Readonly<Record<string, TlsVersion>>
  )[name];
  const stated = valuesOf(entry, 'dcmTLSProtocol').flatMap((one) => { const own = version(one.value ?? ''); return own
    ? [{ one, own }]
    : []; }).sort((a, b) => tlsVersions.indexOf(a.own) - tlsVersions.indexOf(b.own));
  const first = stated[0];
  if (!first) return undefined;
  return known(first.own, first.one.span, (wanted) => {
    const old = stated.filter(({ own }) => tlsVersions.indexOf(own) < tlsVersions.indexOf(wanted));
    const kept = stated.length > old.length;
    return old.flatMap(({ one }, i) => (kept || i > 0 ? [removal(file, one)] : [{ ...one.valueSpan, text: `TLSv${wanted}` }]));
  });
}

const pins: readonly (readonly [name: string, what: string])[] = [
  ['dcmKeyStorePin', 'the password of the keystore'], ['dcmKeyStoreKeyPin', 'the password of the key'], ['dcmTrustStorePin', 'the password of the truststore'],
  ['dcmKeycloakClientSecret', 'the secret of the Keycloak client'], ['userPassword', 'the password of a directory user'],
];

/** Credentials in the directory. `secret` is the password of the shipped keystores. */
export function secrets(file: Ldif) {
  return file.entries.flatMap((entry) => pins.flatMap(([name, what]) => valuesOf(entry, name).flatMap(({ value, span }) => {
    if (value === undefined || value === '') return [];
    const kept: SecretFields['kept'] = isStandIn(value)
      ? 'referenced'
      : /^\{(?:SSHA|SSHA256|SSHA512|ARGON2|PBKDF2|CRYPT)/i.test(value)
      ? 'hashed'
      : /^\{(?:MD5|SMD5|SHA)\}/i.test(value)
      ? 'weak hash'
      : value === 'secret' || value === 'changeit'
      ? 'default'
      : 'clear';
    return [{ label: 'This file', span, what, kept: known(kept, span) }];
  })));
}
