import { concept, type Fact, type Fields } from '#engine/concept.js';

/** A virtual private network link: IPsec with IKE, L2TP, OpenVPN, WireGuard, PPTP. */
export const Tunnel = concept<TunnelFields, TunnelEnds>('Tunnel');

export interface TunnelFields {
  /** Whether the tunnel encrypts at all. L2TP and GRE do not by themselves. */
  encrypted: boolean;
  ikeVersion: 1 | 2;
  /** Encryption and integrity algorithms that are accepted and should not be, as the file spells them. */
  weakAlgorithms: readonly string[];
  /** Diffie-Hellman groups below 2048 bits that are accepted, as the file spells them. */
  weakGroups: readonly string[];
  forwardSecrecy: boolean;
  authentication: 'none' | 'shared key' | 'aggressive shared key' | 'password' | 'certificate';
  /** Whether the other end's certificate or identity is checked. */
  peerVerified: boolean;
  /** Whether one shared key opens it from any address. */
  sharedKeyForAnyone: boolean;
  /** Whether a certificate of the other end is refused when it was withdrawn, or when nobody can tell whether it was. */
  withdrawnRefused: boolean;
}

export interface TunnelEnds {
  readonly kind: 'ipsec' | 'l2tp' | 'openvpn' | 'wireguard' | 'pptp' | 'sstp' | 'other';
  readonly address?: string | undefined;
}

/** One fact of the concept, for formats that build it in several places. */
export type TunnelFact = Fact & TunnelEnds & Fields<TunnelFields>;
