import { Login } from '#concepts/login.js';
import { must, rule } from '#engine/rule.js';

export default rule(Login, {
  title: 'Other web sites may not use a person\'s log-in',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: (login) => must(login.anySiteSignedIn, {
    be: (any) => !any,
    or: () => `${login.label} answers pages of any web site with the log-in of whoever opens them`,
    want: 'named web sites, or no credentials',
    show: (any) => (any ? 'any web site with credentials' : 'restricted'),
    fix: {
      title: 'Take no credentials from other web sites', value: false, safety: 'review',
      risk: 'Web applications on another host that sign in with cookies stop working until their address is named.',
    },
  }),
});
