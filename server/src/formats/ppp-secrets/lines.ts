import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';
import { wordsOf } from '#notations/words.js';

/** `client server secret addresses...`, pppd(8), AUTHENTICATION. */
export interface Line {
  readonly client: string;
  readonly server: string;
  readonly secret: string;
  readonly addresses: readonly string[];
  readonly label: string;
  /** Client and server: never the secret. */
  readonly span: Span;
}

export interface Secrets {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly lines: readonly Line[];
}

/** Reads a file line by line. */
export function parseSecrets(text: string): Secrets {
  const comments: Comment[] = [];
  const lines: Line[] = [];
  for (let start = 0, stop: number; start < text.length; start = stop + 1) {
    stop = text.indexOf('\n', start);
    if (stop < 0) stop = text.length;
    const words = wordsOf(text, start, stop, comments);
    const [client, server, secret, ...addresses] = words;
    if (!client || !server || !secret) continue;
    lines.push({ client: client.value, server: server.value, secret: secret.value, addresses: addresses.map(({ value }) => value),
      label: client.value === '*' ? 'The line for every client' : /^[\w.@\\-]{1,64}$/.test(client.value) ? `The line for the client ${client.value}` : 'The line', span: { start: client.start, end: server.end } });
  }
  return { text, comments, lines };
}
