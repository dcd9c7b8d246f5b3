import { parseIptables, policySlot } from '#notations/iptables-save.js';
import type { LawExample } from '../support/law.js';

const policy = (table: string, chain: string) => (text: string) => {
  const file = parseIptables(text);
  return policySlot(file, file.tables.find(({ name }) => name === table)!, chain);
};

const examples: readonly LawExample[] = [
  { title: 'a stated policy', text: '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\nCOMMIT\n', at: policy('filter', 'INPUT'), besides: policy('filter', 'FORWARD'), values: ['DROP'] },
  { title: 'in the right table', text: '*nat\n:INPUT ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT ACCEPT [1:2]\nCOMMIT\n', at: policy('filter', 'INPUT'), besides: policy('nat', 'INPUT'), values: ['DROP'] },
  { title: 'an absent chain', text: '# saved\n*filter\n:FORWARD DROP [0:0]\nCOMMIT\n', at: policy('filter', 'INPUT'), besides: policy('filter', 'FORWARD'), values: ['DROP', 'ACCEPT'] },
  { title: 'carriage returns, no last line end', text: '*filter\r\n:INPUT ACCEPT\r\n[3:4] -A INPUT -m comment --comment ":INPUT \\"DROP\\"" -j LOG\r\nCOMMIT', at: policy('filter', 'INPUT'), values: ['DROP'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}'].map((hole) => quote + hole + quote);
};
