import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Only named web sites are let in through a browser',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (login) => must(login.anySite, {
    be: (any) => !any,
    or: () => `${login.label} lets pages of any web site in through the browser of whoever opens them`,
    want: 'named web sites',
    show: (any) => (any ? 'any web site' : 'named'),
    fix: {
      title: 'Take the wildcard away', value: false, safety: 'review',
      risk: 'A web site that used it, such as a dashboard on another server, is refused until it is named.',
    },
  }),
});
