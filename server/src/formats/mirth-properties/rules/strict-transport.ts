import { must, rule } from '#engine/rule.js';
import { strictTransport } from '../queries.js';

export default rule(strictTransport, {
  title: 'Browsers are told to use HTTPS alone',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'info',
  check: (value) => must(value, {
    be: (on) => on,
    or: () => 'Browsers are not told to use HTTPS alone for the administration server',
    want: 'true',
    show: (on) => (on ? 'on' : 'off'),
    fix: {
      title: 'Tell browsers to use HTTPS alone', value: true, safety: 'review',
      risk: 'A browser that has seen it refuses plain HTTP on every port of this host for a year.',
    },
  }),
});
