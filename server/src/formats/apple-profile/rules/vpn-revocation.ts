import { must, rule } from '#engine/rule.js';
import { revocation } from '../queries.js';

export default rule(revocation, {
  title: 'A VPN notices withdrawn certificates',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: ({ label, checked }) => must(checked, {
    be: (v) => v,
    or: () => `${label} does not ask whether the certificate of its gateway was withdrawn`,
    want: 'checked',
    show: (v) => (v ? 'checked' : 'not checked'),
    fix: { title: 'Ask whether it was withdrawn', value: true, safety: 'safe' },
  }),
});
