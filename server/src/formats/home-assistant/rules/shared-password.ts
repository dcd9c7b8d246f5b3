import { rule } from '#engine/rule.js';
import { SharedPasswords } from '../queries.js';

export default rule(SharedPasswords, {
  title: 'Everyone has an account of their own',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'error',
  check: (password) => ({
    verdict: 'violates',
    span: password.get('type').exists ? password.get('type').head : { start: password.head.start, end: password.head.start + password.key.length },
    message: 'One password is shared by everyone and by every program',
    wanted: 'an account or a token for each',
    fix: {
      title: 'Take the shared password away',
      safety: 'review',
      risk: 'Programs that still use it are refused: give each a long-lived token first.',
      edits: () => password.remove(),
    },
  }),
});
