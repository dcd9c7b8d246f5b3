import { rule } from '#engine/rule.js';
import { accesses } from '../access.js';

export default rule(accesses, {
  title: 'The database superuser signs in on the server alone',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: ({ record, reach }) => {
    if (reach === 'nobody else') return undefined;
    const named = record.users.find(({ value }) => value === 'postgres');
    if (!named) return { verdict: 'complies', span: record.span };
    return {
      verdict: 'violates',
      span: named,
      message: `The superuser postgres may sign in from ${record.address!.value === 'all' ? 'any address' : record.address!.value}`,
      found: 'postgres',
      wanted: 'a personal account',
    };
  },
});
