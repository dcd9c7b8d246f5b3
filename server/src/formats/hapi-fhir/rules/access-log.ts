import { must, rule } from '#engine/rule.js';
import { accessLog } from '../queries.js';

export default rule(accessLog, {
  title: 'The access log holds no search terms',
  family: 'at-rest',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (value) => must(value, {
    be: (format) => !/\$\{(?:requestParameters|requestBodyFhir|requestUrl)\}/.test(format),
    or: () => 'The access log holds what was searched for: names, birth dates, numbers',
    want: 'operation, user and time',
    show: () => undefined,
  }),
});
