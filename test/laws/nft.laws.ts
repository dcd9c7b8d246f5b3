import { parseNft, slot, type Statement } from '#notations/nft.js';
import type { LawExample } from '../support/law.js';

const policy = (name: string) => (text: string) => {
  const file = parseNft(text);
  const chains = file.statements.flatMap((statement) => [statement, ...(statement.block ?? [])]);
  const chain = chains.find(({ tokens, block }) => block && tokens.some(({ text: word }) => word === 'chain') && tokens.at(-1)!.text === name) as Statement;
  return slot(file, chain, 'policy', chain.block!.find(({ tokens }) => tokens[0]!.text === 'type')!);
};

const two = (line: string) => `table inet filter {\n  chain input {\n    ${line}\n    ct state { established, related } accept\n  }\n  chain output {\n    type filter hook output priority 0; policy accept;\n  }\n}\n`;

const examples: readonly LawExample[] = [
  { title: 'a stated policy', text: two('type filter hook input priority 0; policy accept;'), at: policy('input'), besides: policy('output'), values: ['drop'] },
  { title: 'a policy on a line of its own', text: two('type filter hook input priority filter\n    policy accept'), at: policy('input'), besides: policy('output'), values: ['drop'] },
  { title: 'an absent policy behind a semicolon', text: two('type filter hook input priority filter - 5;'), at: policy('input'), besides: policy('output'), values: ['drop'] },
  { title: 'an absent policy behind a line end', text: two('type filter hook input priority 0'), at: policy('input'), besides: policy('output'), values: ['drop'] },
  { title: 'all on one line', text: 'add chain inet filter input { type filter hook input priority 0; }', at: policy('input'), values: ['drop'] },
  { title: 'comments, strings and carriage returns', text: 'table ip a { # policy drop;\r\n chain input {\r\n  type filter hook input priority 0; policy accept;\r\n  log prefix "policy drop; }"\r\n }\r\n}\r\n', at: policy('input'), values: ['drop'] },
];

export default examples;

/** A name that another file defines, and a template that is filled in when the file is deployed. */
export const elsewhere = (): readonly string[] => ['$site_value', '{{ site_value }}'];
