import { must, rule } from '#engine/rule.js';
import { requestHeader } from '../queries.js';

export default rule(requestHeader, {
  title: 'Requests forged by web pages are refused',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(c)(1)'],
  severity: 'warning',
  check: (value) => must(value, {
    be: (asked) => asked,
    or: () => 'The administration interface takes requests that a web page could have forged',
    want: 'true',
    show: (asked) => (asked ? 'asked for' : 'not asked for'),
    fix: {
      title: 'Ask for the X-Requested-With header', value: true, safety: 'review',
      risk: 'Scripts that call the interface must send the header X-Requested-With.',
    },
  }),
});
