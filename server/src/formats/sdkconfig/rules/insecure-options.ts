import { must, rule } from '#engine/rule.js';
import { chipGuard } from '../queries.js';

export default rule(chipGuard, {
  title: 'Secure boot keeps all its protections',
  family: 'malware',
  safeguards: ['164.312(c)(1)'],
  severity: 'error',
  check: ({ insecure }) => must(insecure, {
    be: (open) => !open,
    or: () => 'Secure boot allows its insecure options, which are meant for tests',
    want: 'not allowed',
    show: (open) => (open ? 'allowed' : 'not allowed'),
  }),
});
