import { must, rule } from '#engine/rule.js';
import { linePrefix } from '../queries.js';

export default rule(linePrefix, {
  title: 'Log lines say who acted',
  family: 'audit',
  safeguards: ['164.312(b)', '164.312(a)(2)(i)'],
  severity: 'info',
  check: ({ setting }) => must(setting, {
    be: (prefix) => /%-?\d*u/.test(prefix),
    or: () => 'The lines of the server log do not name the user',
    want: 'a prefix with %u',
    fix: { title: 'Name user, database and client', value: '%m [%p] user=%u,db=%d,app=%a,client=%h ', safety: 'review',
      risk: 'A program that reads the log must know the new prefix.' },
  }),
});
