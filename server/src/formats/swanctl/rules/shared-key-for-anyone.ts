import { must, rule } from '#engine/rule.js';
import { callers } from '../queries.js';

export default rule(callers, {
  title: 'A shared key is for one other end',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'warning',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} accepts one shared key from any address`,
    want: 'a certificate, or a key for each other end',
    show: () => undefined,
  }),
});
