import { Tunnel, type TunnelEnds, type TunnelFields } from '#concepts/tunnel.js';
import { entry, reading, says, word, type Field, type FieldsOf, type Says, type Table } from '../says.js';

/** What RFC 8247 and RFC 8221 rule out, as Azure spells it, and groups below 2048 bits. */
const weakNames = ['DES', 'DES3', 'MD5'];
const weakGroups = ['DHGroup1', 'DHGroup2', 'PFS1', 'PFS2'];

const weak = (path: string, bad: readonly string[], strong: string): Field<readonly string[]> =>
  reading(word<string>(path, [[strong, ''], ...bad.map((name) => [name, name] as const)], undefined, ''), (name) => (name === '' ? [] : [name]), (kept) => kept[0] ?? '');

const policy = (each: string, fields: FieldsOf<TunnelFields>): Says => says<TunnelFields, TunnelEnds>(Tunnel, { kind: 'ipsec' }, fields, { each });

/** The policy of a connection replaces what Azure offers by itself; its names differ between the two kinds of gateway. */
const policies = (each: string, names: { readonly [K in 'ike' | 'ikeHash' | 'ipsec' | 'hash']: string }): readonly Says[] => [
  policy(each, { weakAlgorithms: weak(names.ike, weakNames, 'AES256'), weakGroups: weak('dh_group', weakGroups, 'DHGroup14') }),
  policy(each, { weakAlgorithms: weak(names.ikeHash, weakNames, 'SHA256') }),
  policy(each, { weakAlgorithms: weak(names.ipsec, weakNames, 'GCMAES256'), encrypted: word<boolean>(names.ipsec, [['GCMAES256', true], ['None', false]], undefined, true) }),
  policy(each, { weakAlgorithms: weak(names.hash, weakNames, 'GCMAES256') }),
  policy(each, { weakGroups: weak('pfs_group', weakGroups, 'ECP256'), forwardSecrecy: word<boolean>('pfs_group', [['ECP256', true], ['None', false]], undefined, true) }),
];

const ike: Field<1 | 2> = word<1 | 2>('connection_protocol', [['IKEv2', 2], ['IKEv1', 1]], undefined);
const linkIke: Field<1 | 2> = word<1 | 2>('protocol', [['IKEv2', 2], ['IKEv1', 1]], undefined);

export const vpn: Table = {
  azurerm_virtual_network_gateway_connection: entry('VPN connection', says<TunnelFields, TunnelEnds>(Tunnel, { kind: 'ipsec' }, { ikeVersion: ike }),
    ...policies('ipsec_policy', { ike: 'ike_encryption', ikeHash: 'ike_integrity', ipsec: 'ipsec_encryption', hash: 'ipsec_integrity' })),
  azurerm_vpn_gateway_connection: entry('VPN connection', says<TunnelFields, TunnelEnds>(Tunnel, { kind: 'ipsec' }, { ikeVersion: linkIke }, { each: 'vpn_link' }),
    ...policies('vpn_link.ipsec_policy', { ike: 'ike_encryption_algorithm', ikeHash: 'ike_integrity_algorithm', ipsec: 'encryption_algorithm', hash: 'integrity_algorithm' })),
};
