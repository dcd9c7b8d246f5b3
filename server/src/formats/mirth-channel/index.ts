import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Secret } from '#concepts/secret.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { doorOf, endsOf } from './ends.js';
import { partsOf, readExport, type Export } from './export.js';
import { channels } from './queries.js';
import { secretsOf } from './secrets.js';
import { storesOf } from './storage.js';

/** The first element of an export, and something in it that no other product writes. */
const top = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^]){0,4000}-->\s*){0,20}<(?:channel|list|set|channelGroup|serverConfiguration)[\s>]/;
const own = /<channel(?: version="[\d.]+")?>/;
const inside = /<sourceConnector\b|com\.mirth\.connect\./;

export default format<Export>({
  title: 'Mirth Connect channel',
  files: [{ named: ['**/*.xml'], saying: (head) => top.test(head) && own.test(head) && inside.test(head) }],
  parse: readExport,
  parts: partsOf,
  comments: ({ file }) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Channel, (_file, analysis) => channels.select(analysis).flatMap(({ connectors }) => connectors.flatMap(endsOf))),
    lowering(Login, (_file, analysis) => channels.select(analysis).flatMap(({ connectors }) => connectors.flatMap(doorOf))),
    lowering(Secret, (_file, analysis) => channels.select(analysis).flatMap(secretsOf)),
    lowering(Store, (_file, analysis) => channels.select(analysis).flatMap(storesOf)),
  ],
});
