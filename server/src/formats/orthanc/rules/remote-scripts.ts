import { must, rule } from '#engine/rule.js';
import { restPowers } from '../queries.js';

export default rule(restPowers, {
  title: 'Nobody can run scripts on the server over the network',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: ({ scripts }) => must(scripts, {
    be: (allowed) => !allowed,
    or: () => 'Users of the REST interface can run Lua scripts on the server',
    want: 'off',
    show: (allowed) => (allowed ? 'on' : 'off'),
    fix: { title: 'Forbid scripts over the network', value: false, safety: 'review', risk: 'Programs that send scripts to /tools/execute-script stop working.' },
  }),
});
