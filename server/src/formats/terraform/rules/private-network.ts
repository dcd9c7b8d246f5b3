import { must, rule } from '#engine/rule.js';
import { PrivateNetwork } from '../traits.js';

export default rule(PrivateNetwork, {
  title: 'Services run in a network of your own',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'info',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} runs outside a network of your own`,
    want: 'a VPC',
    show: () => undefined,
  }),
});
