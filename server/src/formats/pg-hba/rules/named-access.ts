import { rule } from '#engine/rule.js';
import { accesses } from '../access.js';

export default rule(accesses, {
  title: 'Access from the network names users or databases',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  check: ({ record, reach, label }) => {
    if (reach === 'nobody else') return undefined;
    const every = [record.users, record.databases].every((tokens) => tokens.some(({ value, quoted }) => value === 'all' && !quoted));
    if (!every) return { verdict: 'complies', span: record.span };
    return { verdict: 'violates', span: record.span, message: `${label} is not limited to those who need it`, found: 'all users, all databases',
      wanted: 'named users or databases' };
  },
});
