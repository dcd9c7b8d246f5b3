import { must, rule } from '#engine/rule.js';
import { Framing } from '../queries.js';

export default rule(Framing, {
  title: 'Other web sites cannot wrap the interface',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (guarded) =>
    must(guarded, {
      be: (on) => on,
      or: () => 'Any web site may show Home Assistant inside a page of its own and have people click in it unknowingly',
      want: 'refused',
      show: (on) => (on ? 'refused' : 'allowed'),
      fix: {
        title: 'Refuse to be shown inside other pages',
        value: true,
        safety: 'review',
        risk: 'A portal that shows Home Assistant inside its own page no longer can.',
      },
    }),
});
