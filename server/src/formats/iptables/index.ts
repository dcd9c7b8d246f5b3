import { Firewall } from '#concepts/firewall.js';
import { Opening } from '#concepts/opening.js';
import { format, lowering } from '#engine/format.js';
import { parseIptables, type RuleFile } from '#notations/iptables-save.js';
import { filters } from './filters.js';
import { openings } from './openings.js';

/** A heading of the filter table with one of the chains the kernel calls: UFW's fragments have only chains of their own. */
const saved = /^\*(?:filter|nat|mangle|raw|security)[ \t]*\r?$[\s\S]*?^:(?:INPUT|FORWARD|OUTPUT|PREROUTING) (?:ACCEPT|DROP)/m;

export default format<RuleFile>({
  title: 'iptables',
  files: [
    '**/rules.v4',
    '**/rules.v6',
    '**/*.iptables',
    '**/*.ip6tables',
    '**/sysconfig/iptables',
    '**/sysconfig/ip6tables',
    { named: ['**/*iptables*', '**/*ip6tables*', '**/*.rules', '**/*.v4', '**/*.v6', '**/*firewall*'], saying: saved },
  ],
  parse: (text) => parseIptables(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [lowering(Firewall, filters), lowering(Opening, openings)],
});
