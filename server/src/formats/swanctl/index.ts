import { Secret } from '#concepts/secret.js';
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import { placesOf } from '#notations/included-files.js';
import { parseSettingsTree, type SettingsTree } from '#notations/settings-tree.js';
import { secrets, tunnels } from './connections.js';
import { homes, placed } from './includes.js';

export default format<SettingsTree>({
  title: 'strongSwan (swanctl.conf)',
  files: ['**/swanctl.conf', { named: ['**/swanctl/**/*.conf', '**/*swanctl*.conf'], saying: /^[ \t]*(?:connections|secrets|pools|authorities)\s*\{/m }],
  parse: (text) => parseSettingsTree(text),
  comments: (tree) => tree.comments,
  comment: (text) => `# ${text}`,
  includes: (tree, path) => tree.includes.map(({ target }) => placesOf(target, path, homes)),
  facts: [lowering(Tunnel, (_tree, analysis) => tunnels(placed(analysis))), lowering(Secret, (_tree, analysis) => secrets(placed(analysis)))],
});
