import { Firewall } from '#concepts/firewall.js';
import { must, rule } from '#engine/rule.js';

export default rule(Firewall, {
  title: 'Rules of the firewall come from the organization alone',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'info',
  check: (firewall) => must(firewall.localRules, {
    be: (so) => !so,
    or: () => `${firewall.label} also takes rules that programs and people add on the machine`,
    want: 'own rules only',
    show: (v) => (v ? 'local rules too' : 'own rules only'),
    fix: { title: 'Take rules of the organization only', value: false, safety: 'review', risk: 'Programs that opened a port by themselves are cut off: put their rules into the policy first.' },
  }),
});
