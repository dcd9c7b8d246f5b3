import { must, rule } from '#engine/rule.js';
import { restPowers } from '../queries.js';

export default rule(restPowers, {
  title: 'Nobody can write files on the server over the network',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'error',
  check: ({ files }) => must(files, {
    be: (allowed) => !allowed,
    or: () => 'Users of the REST interface can write files on the server',
    want: 'off',
    show: (allowed) => (allowed ? 'on' : 'off'),
    fix: { title: 'Forbid writing files over the network', value: false, safety: 'review', risk: 'Programs that export images to folders of the server through /export stop working.' },
  }),
});
