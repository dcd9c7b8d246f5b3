import { must, rule } from '#engine/rule.js';
import { guards } from '../queries.js';

export default rule(guards, {
  title: 'Certificates past their date are refused',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: ({ label, anyDate }) => must(anyDate, {
    be: (any) => !any,
    or: () => `${label} takes certificates of the log-in server that have expired`,
    want: 'valid ones only',
    show: (any) => (any ? 'any date' : 'valid ones only'),
    fix: {
      title: 'Check the dates of certificates',
      value: false,
      safety: 'review',
      risk: 'A device whose clock starts in 1970 cannot join until it knows the time: see that it has a clock with a battery, or gets the time elsewhere.',
    },
  }),
});
