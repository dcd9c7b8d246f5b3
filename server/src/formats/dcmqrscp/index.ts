import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Privilege } from '#concepts/privilege.js';
import { text } from '#engine/codec.js';
import { format, lowering } from '#engine/format.js';
import { known, setting, translate, undetermined } from '#engine/setting.js';
import { parseDirectives, slot, type Dialect, type Directives } from '#notations/directives.js';
import { globals, storageAreas } from './tables.js';

const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'either', separator: ' = ' };

export default format<Directives>({
  title: 'DCMTK image archive (dcmqrscp)',
  files: [
    '**/dcmqrscp.cfg', '**/dcmqrscp*.cfg',
    { named: ['**/*.cfg', '**/*.conf'], saying: (head) => /^[ \t]*AETable[ \t]+BEGIN\b/m.test(head) && /^[ \t]*HostTable[ \t]+BEGIN\b/m.test(head) },
  ],
  parse: (source) => parseDirectives(source, dialect),
  comments: (file) => file.comments,
  comment: (words) => `# ${words}`,
  facts: [
    lowering(Channel, (file) => {
      const own = { directives: globals(file), end: file.end };
      const port = slot(file, own, 'NetworkTCPPort', { wins: 'last' });
      if (port.raw === undefined) return [];
      return [{
        label: 'The DICOM archive', span: port.span, role: 'listens' as const, protocol: 'dicom',
        port: /^\d{1,5}$/.test(port.raw) ? Number(port.raw) : undefined,
        protection: undetermined(
          port.span,
          'TLS of dcmqrscp stands on its command line, and builds such as Debian\'s have none: then a TLS proxy or a tunnel in front must encrypt'
        ),
      }];
    }),
    // ANY takes every AE title from every host: nothing is asked of the caller.
    lowering(
      Login,
      (file) => storageAreas(file).map(({ row, title, peers }) => ({
        label: `The storage area ${title}`, span: row.span, anonymous: known(peers === 'ANY', row.span),
      }))
    ),
    lowering(Privilege, (file) => {
      const user = setting(
        slot(file, { directives: globals(file), end: file.end }, 'UserName', { wins: 'last' }), text,
        { because: 'without UserName the archive runs as the user who starts it' }
      );
      return [{
        label: 'The DICOM archive', span: user.span,
        root: user.kind === 'undetermined' ? user : {
          ...translate(user, (name) => name === 'root', (root) => (root ? 'root' : 'dcmtk')),
          caution: 'The user dcmtk must exist and own the storage areas.',
        },
      }];
    }),
  ],
});
