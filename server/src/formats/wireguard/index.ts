import { Secret } from '#concepts/secret.js';
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import type { Dialect } from '#notations/directives.js';
import { parseIni, type Ini } from '#notations/ini.js';
import { secrets, tunnels } from './peers.js';

/** wg(8), CONFIGURATION FILE FORMAT: `#` begins a comment; names in any case. */
const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'equals', separator: ' = ', foldCase: true, headings: true };

const saying = (head: string) => /^[ \t]*\[(?:Interface|Peer)\]/im.test(head) && /^[ \t]*(?:PrivateKey|PublicKey)[ \t]*=|^[ \t]*(?:PostUp|ListenPort)[ \t]*=/im.test(head);

export default format<Ini>({
  title: 'WireGuard',
  files: [{ named: ['**/*.conf'], saying }],
  parse: (text) => parseIni(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Secret, (file) => secrets(file)), lowering(Tunnel, (file) => tunnels(file))],
});
