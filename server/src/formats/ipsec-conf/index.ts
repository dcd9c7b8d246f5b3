import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import { placesOf } from '#notations/included-files.js';
import { parseDirectives, type Dialect, type Directives } from '#notations/directives.js';
import { tunnels } from './tunnels.js';

/** ipsec.conf(5): white space or nothing in front of `#` begins a comment; a value with spaces may stand in double quotes. */
const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'either', separator: '=', quotes: '"', bare: /^[^"#]+$/, foldCase: true };

export default format<Directives>({
  title: 'IPsec (ipsec.conf of strongSwan and Libreswan)',
  files: ['**/ipsec.conf', { named: ['**/ipsec.d/*.conf', '**/*ipsec*.conf'], saying: /^conn[ \t]+\S|^config[ \t]+setup/m }],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: (file, path) => file.directives.filter(({ name }) => name === 'include').map(({ value }) => placesOf(value, path, ['/etc/'])),
  facts: [lowering(Tunnel, (file) => tunnels(file))],
});
