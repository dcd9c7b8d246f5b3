import { must, rule } from '#engine/rule.js';
import { counterpart } from '../queries.js';

export default rule(counterpart, {
  title: 'IPv6 has rules of its own',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (twin) =>
    must(twin.good, {
      be: (good) => good,
      or: () => `These rules filter IPv4 only, and ${twin.label} for IPv6 does not exist`,
      want: 'rules for IPv6',
      show: () => undefined,
    }),
});
