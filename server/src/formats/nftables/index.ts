import { Firewall } from '#concepts/firewall.js';
import { Opening } from '#concepts/opening.js';
import { format, lowering } from '#engine/format.js';
import { parseNft, type Ruleset } from '#notations/nft.js';
import { inclusionsOf } from './chains.js';
import { filters } from './filters.js';
import { openings } from './openings.js';

export default format<Ruleset>({
  title: 'nftables',
  files: [
    // Another program keeps its commands in `action.d/nftables.conf`.
    'nftables.conf',
    '**/!(action.d)/nftables.conf',
    '**/*.nft',
    '**/*.nftables',
    { named: ['**/*nftables*', '**/nftables/*', '**/nftables.d/*'], saying: /^[ \t]*(?:add )?table (?:inet|ip|ip6) \S+/m },
  ],
  parse: (text) => parseNft(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: inclusionsOf,
  facts: [lowering(Firewall, filters), lowering(Opening, openings)],
});
