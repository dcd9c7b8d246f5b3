import { Firewall } from '#concepts/firewall.js';
import { must, rule } from '#engine/rule.js';

export default rule(Firewall, {
  title: 'Traffic is passed on only where a rule says so',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (firewall) => must(firewall.forward, {
    be: (does) => does === 'drop',
    or: () => `${firewall.label} passes on traffic that no rule names`,
    want: 'drop',
    fix: { title: 'Drop forwarded traffic that no rule names', value: 'drop', safety: 'review', risk: 'Flows that pass through this machine without a rule stop, containers among them.' },
  }),
});
