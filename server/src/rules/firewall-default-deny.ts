import { Firewall } from '#concepts/firewall.js';
import { must, rule } from '#engine/rule.js';

export default rule(Firewall, {
  title: 'Traffic that no rule names is dropped',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'error',
  check: (firewall) => must(firewall.input, {
    be: (does) => does === 'drop',
    or: () => `${firewall.label} accepts incoming traffic that no rule names`,
    want: 'drop',
    fix: { title: 'Drop what no rule names', value: 'drop', safety: 'review', risk: 'Connections that have no rule are cut, your own included: accept established connections and your management address first.' },
  }),
});
