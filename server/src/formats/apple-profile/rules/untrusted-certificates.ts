import { must, rule } from '#engine/rule.js';
import { untrustedCertificates } from '../queries.js';

export default rule(untrustedCertificates, {
  title: 'Certificates that nobody vouches for are refused',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: (allowed) => must(allowed, {
    be: (v) => !v,
    or: () => 'People may accept a certificate that nobody vouches for',
    want: 'refused',
    show: (v) => (v ? 'the person decides' : 'refused'),
    fix: { title: 'Refuse untrusted certificates', value: false, safety: 'review', risk: 'Sites and servers with self-made certificates stop working: give them certificates of an authority the devices know first.' },
  }),
});
