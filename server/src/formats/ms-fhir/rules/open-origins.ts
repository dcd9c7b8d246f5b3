import { must, rule } from '#engine/rule.js';
import { openOrigins } from '../queries.js';

export default rule(openOrigins, {
  title: 'Other web sites may not use the log-in of a person',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: (value) => must(value, {
    be: (open) => !open,
    or: () => 'Pages of any web site may ask the FHIR server with the log-in of whoever opens them',
    want: 'named web sites, or no credentials',
    show: (open) => (open ? 'any web site with credentials' : 'restricted'),
    fix: {
      title: 'Take no credentials from other web sites', value: false, safety: 'review',
      risk: 'Web applications on another host that sign in with cookies stop working until their address is named in Origins.',
    },
  }),
});
