import { Channel, type ChannelFields } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { isThisMachine } from '#concepts/network-names.js';
import { Secret, keptOf } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { filledIn } from '#engine/holes.js';
import { known, undetermined } from '#engine/setting.js';
import { administers, databaseWay } from '#notations/jdbc.js';
import { parseProperties, slot, type Properties } from '#notations/properties.js';

const varies = (text: string) => /\$\{|\$[A-Z_]{2,}|^%\w+%$/.test(text);

const credentials: readonly (readonly [key: string, what: string])[] = [
  [
    'connection.password', 'the password of the patient database',
  ], ['scheduler.password', 'the password of the scheduler'], ['encryption.key', 'the key of encrypted values'], ['junit.password', 'a password for tests'],
];

/** Passwords of the manuals and of distributions, with their user. */
const shipped: ReadonlySet<string> = new Set(['openmrs', 'Admin123', 'test', 'root', 'password', 'admin']);

export default format<Properties>({
  title: 'OpenMRS',
  files: [
    '**/openmrs-runtime.properties',
    {
      named: ['**/*openmrs*.properties', '**/*-runtime.properties'],
      saying: (head) => /^[ \t]*connection\.url[ \t]*[=:]/m.test(head)
        && /^[ \t]*(?:module\.allow_web_admin|auto_update_database|connection\.username)[ \t]*[=:]/m.test(head),
    },
  ],
  parse: (text) => parseProperties(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, (file) => {
      const url = slot(file, 'connection.url');
      const way = databaseWay(url, isThisMachine, varies);
      const index = slot(file, 'hibernate.search.backend.uris');
      const match = /^(https?):\/\/(\[[^\]]*\]|[^:/,]+)/i.exec(index.raw ?? '');
      const open = match || index.raw === undefined ? undefined
        : varies(index.raw) ? undetermined(index.span, 'a variable holds the address') : filledIn(index.raw, index.span);
      return [
        ...(way ? [{ ...way, label: 'The connection to the patient database', span: url.span }] : []),
        ...(open ? [{ label: 'The connection to the search index', span: open.span, role: 'connects' as const, protocol: 'elasticsearch',
          reach: open, protection: open }] : []),
        ...(match ? [{
          label: 'The connection to the search index', span: index.span, role: 'connects' as const, protocol: 'elasticsearch', address: match[2],
          reach: varies(match[2]!) ? undetermined(index.span, 'a variable names the host') : known<ChannelFields['reach']>(
            isThisMachine(match[2]!) ? 'loopback' : 'network', index.span
          ),
          protection: {
            ...known<ChannelFields['protection']>(
              match[1]!.toLowerCase() === 'https' ? 'encrypted' : 'none', index.span, () => index.write(index.raw!.replace(/http:/gi, 'https:'))
            ),
            caution: 'The search index must speak TLS.',
          },
        }] : []),
      ];
    }),
    lowering(DatabaseAccount, (file) => {
      const account = slot(file, 'connection.username');
      const administrator = administers(slot(file, 'connection.url'), account, varies);
      return administrator ? [{ label: 'OpenMRS', span: account.span, administrator }] : [];
    }),
    lowering(Secret, (file) => credentials.flatMap(([key, what]) => {
      const { raw, span } = slot(file, key);
      if (raw === undefined || raw === '') return [];
      const kept = keptOf(raw, varies, (said) => shipped.has(said));
      return [{ label: 'This file', span, what, kept: known(kept, span) }];
    })),
  ],
});
