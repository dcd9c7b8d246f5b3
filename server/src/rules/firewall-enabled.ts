import { Firewall } from '#concepts/firewall.js';
import { must, rule } from '#engine/rule.js';

export default rule(Firewall, {
  title: 'The firewall is on',
  family: 'firewall',
  safeguards: ['164.312(e)(1)', '164.312(a)(1)'],
  severity: 'error',
  check: (firewall) => must(firewall.enabled, {
    be: (on) => on,
    or: () => `${firewall.label} is switched off`,
    want: 'on',
    show: (v) => (v ? 'on' : 'off'),
    fix: { title: 'Switch the firewall on', value: true, safety: 'review', risk: 'Connections that have no rule are cut, your own included.' },
  }),
});
