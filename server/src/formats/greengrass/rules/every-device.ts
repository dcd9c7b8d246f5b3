import { rule } from '#engine/rule.js';
import { Groups } from '../queries.js';

export default rule(Groups, {
  title: 'Devices behind the core have rights of their own',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: ({ name, rule: selection, open }) =>
    open
      ? {
          verdict: 'violates',
          span: selection.head,
          message: `The group ${name} takes in every device and lets each do everything`,
          found: 'every device, every topic',
          wanted: 'named devices with their own topics',
        }
      : { verdict: 'complies', span: selection.head },
});
