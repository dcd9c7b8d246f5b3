import { concept } from '#engine/concept.js';

/** A way in or out over which health data may travel: a listener, a connection to another system, a radio link. */
export const Channel = concept<ChannelFields, ChannelEnds>('Channel');

export interface ChannelFields {
  /** `opportunistic`: encrypts when the other end asks for it, and speaks in clear when not. */
  protection: 'none' | 'opportunistic' | 'encrypted';
  /** `redirect`: answers every request by sending the client to the encrypted address. */
  serves: 'data' | 'redirect';
  /** Who can reach the listener: this machine alone, or others. For a connection, where its other end is. */
  reach: 'loopback' | 'network';
  /** The least protocol version the channel accepts. */
  leastVersion: TlsVersion;
  /** Cipher or algorithm names the channel accepts and should not, as the file spells them. Writing an empty list leaves the strong ones. */
  weakCiphers: readonly string[];
  /** Whether this end checks who the other end is: the server's certificate, the client's certificate. */
  peerVerified: boolean;
  /** Whether messages are signed, so that nobody on the way can change them or pass them on. */
  signed: boolean;
  /** Whether it shares files by the first version of SMB, which has no encryption and is broken. */
  oldFileSharing: boolean;
  /** Whether names are asked of every computer nearby, any of which may answer. */
  anyoneAnswers: boolean;
  /** Whether a web server tells browsers never to come back unencrypted (HTTP Strict Transport Security). */
  strictTransport: boolean;
}

/** The ends of a channel, as the file states them. A map of where data moves is drawn from these. */
export interface ChannelEnds {
  readonly role: 'listens' | 'connects';
  /** The application protocol: `http`, `mqtt`, `dicom`, `hl7`, `postgresql`, `syslog`, `wi-fi`. */
  readonly protocol: string;
  readonly port?: number | undefined;
  /** The other end of a connection, or the address listened on. */
  readonly address?: string | undefined;
}

/** From oldest to newest; a later one is stronger. */
export const tlsVersions = ['SSLv2', 'SSLv3', '1.0', '1.1', '1.2', '1.3'] as const;
export type TlsVersion = (typeof tlsVersions)[number];

/** Whether a version is at least another. */
export function atLeast(version: TlsVersion, least: TlsVersion): boolean {
  return tlsVersions.indexOf(version) >= tlsVersions.indexOf(least);
}
