import { must, rule } from '#engine/rule.js';
import { Clients } from '../queries.js';

export default rule(Clients, {
  title: 'A device connects under its own name',
  family: 'access',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'error',
  check: ({ statement, resource, wide }) => must(wide, {
    be: (any) => !any,
    or: () => `${statement.label} lets a device connect under the name of any other`,
    want: 'a name that the certificate decides',
    show: () => resource.text,
    fix: {
      title: 'Take the name from the registry', value: false, safety: 'review',
      risk: 'Devices that connect under another name than that of their thing, or have no thing attached, are refused.',
    },
  }),
});
