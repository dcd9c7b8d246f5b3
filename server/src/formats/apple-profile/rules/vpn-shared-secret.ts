import { must, rule } from '#engine/rule.js';
import { sharedSecrets } from '../queries.js';

export default rule(sharedSecrets, {
  title: 'A VPN does not rest on a secret all its users know',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, shared }) => must(shared, {
    be: (v) => !v,
    or: () => `${label} rests on a secret that everyone who has the profile knows`,
    want: 'certificate',
    show: (v) => (v ? 'shared secret' : 'certificate'),
  }),
});
