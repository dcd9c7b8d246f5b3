import { must, rule } from '#engine/rule.js';
import { names } from '../queries.js';

export default rule(names, {
  title: 'The profile knows the server by its name',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ label, named }) => must(named, {
    be: (so) => so,
    or: () => `${label} takes every server that has a certificate of the same authority`,
    want: 'the names of your RADIUS servers',
    show: (so) => (so ? 'named' : 'any name'),
  }),
});
