import { must, rule } from '#engine/rule.js';
import { untrustedCertificates } from '../queries.js';

export default rule(untrustedCertificates, {
  title: 'Certificates that nobody vouches for are refused',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: (blocked) => must(blocked, {
    be: (v) => v,
    or: () => 'People may accept a certificate that nobody vouches for',
    want: 'refused',
    show: (v) => (v ? 'refused' : 'the person decides'),
    fix: { title: 'Refuse untrusted certificates', value: true, safety: 'review', risk: 'Servers with self-made certificates stop working: give them certificates of an authority the devices know first.' },
  }),
});
