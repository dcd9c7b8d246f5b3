import { isEveryAddress, isEveryone } from '#concepts/network-names.js';
import { query } from '#engine/query.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { SettingsTree } from '#notations/settings-tree.js';
import { at, connections, secrets, sharesKey } from './connections.js';

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

/** Connections whose shared key opens the door to any address; swanctl.conf(5): `remote_addrs` is `%any` where it is left out. */
export const callers = query<SettingsTree, Matter>('swanctl', 'shared keys for any address', ({ tree }) =>
  connections(tree).filter((connection) => sharesKey(tree, connection)).map((connection) => {
    const { label } = connection;
    const { raw, span, obscured } = at(tree, connection, 'remote_addrs');
    if (obscured !== undefined) return { label, span, good: undetermined(span, obscured) };
    if (connection.remotes.length > 1) return { label, span, good: undetermined(span, 'each caller also signs in by name: whether the shared key is changed when one leaves is not in the file') };
    const anyone = raw === undefined || raw.split(',').some((end) => /^%any[46]?$/.test(end.trim()) || isEveryAddress(end) || isEveryone(end));
    return { label, span, good: known(!anyone, span) };
  }));

/** Keys for IKE that name no end they are for. */
export const unnamedKeys = query<SettingsTree, Matter>('swanctl', 'keys without identities', ({ tree }) =>
  secrets(tree).flatMap(({ label, span, named }) => (named ? [{ label, span, good: named }] : [])));

/** Keys for IKE too short to be strong, however they were made. */
export const shortKeys = query<SettingsTree, Matter>('swanctl', 'short keys', ({ tree }) =>
  secrets(tree).flatMap(({ label, span, long }) => (long ? [{ label, span, good: long }] : [])));

/** Whether a withdrawn certificate of the other end is refused; swanctl.conf(5): `relaxed` where it is left out. */
export const revocations = query<SettingsTree, Matter>('swanctl', 'revocation', ({ tree }) =>
  connections(tree).flatMap(({ label, remotes }) => remotes.flatMap((remote): Matter[] => {
    if (/^(?:psk|eap(?!-tls)|xauth)/.test(at(tree, remote, 'auth').raw ?? 'pubkey')) return [];
    const place = at(tree, remote, 'revocation');
    const { span } = place;
    const write = () => place.write('ifuri');
    if (place.obscured !== undefined) return [{ label, span, good: undetermined(span, place.obscured) }];
    return [{ label, span, good: place.raw === undefined ? { kind: 'default', value: false, span, source: 'strongSwan 5.9, swanctl.conf(5)', write } : known<boolean>(/^(?:strict|ifuri)$/.test(place.raw), span, write) }];
  })));
