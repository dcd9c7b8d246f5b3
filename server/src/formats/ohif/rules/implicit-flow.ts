import { must, rule } from '#engine/rule.js';
import { ResponseType } from '../queries.js';

export default rule(ResponseType, {
  title: 'Tokens do not pass through the address bar',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: (response) => must(response, {
    be: (asked) => !/(?:^|\s)(?:id_)?token(?:\s|$)/.test(asked),
    or: () => 'The OpenID provider puts the token of the person who signs in into the address of the viewer',
    want: 'code',
    show: (asked) => (/^[a-z_ ]{1,40}$/.test(asked) ? asked : undefined),
    fix: {
      title: 'Ask for a code', value: 'code', safety: 'review',
      risk: 'The OpenID provider must allow the authorization code flow for this client; Google also asks for a client secret, which the viewer cannot keep.',
    },
  }),
});
