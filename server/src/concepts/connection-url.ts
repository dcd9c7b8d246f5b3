import { table } from '#engine/table.js';
import { isReservedName, isThisMachine } from './network-names.js';

/** What a URL in a configuration says of the connection that will be made with it. */
export interface ConnectionUrl {
  /** `http`, `mqtt`, `websocket`, `coap`, `amqp`. */
  readonly protocol: string;
  /** The other end, without a user name or password. */
  readonly address: string;
  readonly port?: number;
  readonly encrypted: boolean;
  readonly loopback: boolean;
  /** Whether a password stands in it. */
  readonly credential: boolean;
  /** The same URL with the encrypted scheme, and its well-known port where the plain one stood. */
  readonly secured: string;
}

const schemes: Readonly<Record<string, readonly [protocol: string, secure: string, port: string, securePort: string]>> = table({
  http: ['http', 'https', '80', '443'],
  mqtt: ['mqtt', 'mqtts', '1883', '8883'],
  ws: ['websocket', 'wss', '80', '443'],
  coap: ['coap', 'coaps', '5683', '5684'],
  amqp: ['amqp', 'amqps', '5672', '5671'],
});

/**
 * Reads the URL of a connection. Nothing is read of other schemes, of a host left out or to be filled in, and of a host that
 * stands for none in particular.
 */
export function connectionUrl(text: string): ConnectionUrl | undefined {
  const match = /^([a-z]{2,5}):\/\/([^/?#\s]*)/i.exec(text);
  if (!match) return undefined;
  const scheme = match[1]!.toLowerCase();
  const plain = schemes[scheme] ? scheme : scheme.slice(0, -1);
  const known = schemes[plain];
  if (!known || (scheme !== plain && scheme !== known[1])) return undefined;
  const at = match[2]!.lastIndexOf('@');
  const user = at < 0 ? '' : match[2]!.slice(0, at);
  const end = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(match[2]!.slice(at + 1));
  const address = end?.[1] ?? '';
  if (!/^[\w.[\]:-]+$/.test(address) || isReservedName(address)) return undefined;
  const [protocol, secure, port, securePort] = known;
  const number = end![2];
  const rest = text.slice(match[0].length);
  const host = `${user === '' ? '' : `${user}@`}${address}${number === undefined ? '' : `:${number === port ? securePort : number}`}`;
  return {
    protocol,
    address,
    ...(number !== undefined && { port: Number(number) }),
    encrypted: scheme !== plain,
    loopback: isThisMachine(address),
    credential: user.includes(':') && !user.endsWith(':'),
    secured: scheme === plain ? `${secure}://${host}${rest}` : text,
  };
}
