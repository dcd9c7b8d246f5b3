import { must, rule } from '#engine/rule.js';
import { addressFamilies } from '../queries.js';

export default rule(addressFamilies, {
  title: 'IPv6 is filtered as IPv4 is',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (table) =>
    must(table.good, {
      be: (good) => good,
      or: () => `${table.label} filters IPv4 only, and nothing filters IPv6`,
      want: 'table inet',
      show: () => undefined,
      fix: { title: 'Filter both', value: true, safety: 'review', risk: 'IPv6 stops working until ICMPv6 neighbour discovery is accepted.' },
    }),
});
