import { Login } from '#concepts/login.js';
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import type { Dialect } from '#notations/directives.js';
import { parseIni, type Ini } from '#notations/ini.js';
import { logins, tunnels } from './sections.js';

/** As xl2tpd 1.3.18 reads it: `;` begins a comment, `#` does not; names hold spaces, in any case. */
const dialect: Dialect = { comment: ';', trailingComments: true, assignment: 'equals', separator: ' = ', foldCase: true, headings: true };

export default format<Ini>({
  title: 'xl2tpd (L2TP)',
  files: ['**/xl2tpd.conf', '**/l2tpd.conf', { named: ['**/xl2tpd/*.conf', '**/*l2tp*.conf'], saying: /^[ \t]*\[(?:lns|lac)\b/m }],
  parse: (text) => parseIni(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `; ${text}`,
  facts: [lowering(Tunnel, (file, { path, surroundings }) => tunnels(file, path, surroundings)), lowering(Login, (file, { path, surroundings }) => logins(file, path, surroundings))],
});
