import { must, rule } from '#engine/rule.js';
import { crossOrigin } from '../queries.js';

export default rule(crossOrigin, {
  title: 'Pages of other sites cannot use the device',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (any) => must(any, {
    be: (open) => !open,
    or: () => 'Pages of any site may read and switch the device through the browser of someone in the network',
    want: 'no other site',
    show: (open) => (open ? 'any site' : 'no other site'),
    fix: {
      title: 'Name no other site',
      value: false,
      safety: 'review',
      risk: 'A dashboard on another server that reads the device directly stops working: name its address instead.',
    },
  }),
});
