import { must, rule } from '#engine/rule.js';
import { OtherTenants } from '../traits.js';

export default rule(OtherTenants, {
  title: 'Other customers of the cloud are kept out',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} lets in machines of every customer of the cloud`,
    want: 'your own networks',
    show: () => undefined,
  }),
});
