import { rule } from '#engine/rule.js';
import { Handed } from '../queries.js';

export default rule(Handed, {
  title: 'Functions cannot start programs of the machine',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: ({ member: { name, value }, span }) => {
    const module = value.kind === 'expression' ? /^require\(\s*["'](?:node:)?([\w/-]{1,60})["']\s*\)/.exec(value.raw)?.[1] : undefined;
    if (module === undefined) return undefined;
    return module === 'child_process' || module === 'vm' || module === 'process'
      ? {
          verdict: 'violates',
          span,
          message: `Every function of every flow may start programs of the machine, through ${name}`,
          found: module,
          wanted: 'nothing that starts programs',
        }
      : { verdict: 'complies', span };
  },
});
