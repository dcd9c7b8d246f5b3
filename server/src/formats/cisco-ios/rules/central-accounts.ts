import { must, rule } from '#engine/rule.js';
import { authenticationModel } from '../queries.js';

export default rule(authenticationModel, {
  title: 'People sign in through authentication lists',
  family: 'access',
  safeguards: ['164.312(a)(2)(i)', '164.312(d)'],
  severity: 'warning',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} has no authentication lists (aaa new-model), so accounts cannot be managed in one place`,
      want: 'aaa new-model',
      show: () => undefined,
    }),
});
