import { must, rule } from '#engine/rule.js';
import { guards } from '../queries.js';

export default rule(guards, {
  title: 'The log-in server is known by its name',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'error',
  check: ({ label, serverName }) => must(serverName, {
    be: (compared) => compared,
    or: () => `${label} takes any server with a certificate of any public authority for the hospital's`,
    want: 'name compared',
    show: (compared) => (compared ? 'compared' : 'not compared'),
  }),
});
