import { rule } from '#engine/rule.js';
import { Patterns } from '../queries.js';

export default rule(Patterns, {
  title: 'Actions are granted by name',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: ({ statement, action }) =>
    /^(\*|iot:\*)$/.test(action.text)
      ? {
          verdict: 'violates',
          span: action.span,
          message: `${statement.label} grants every action, those that administer devices included`,
          found: action.text,
          wanted: 'the actions the device takes',
        }
      : { verdict: 'complies', span: action.span },
});
