import { must, rule } from '#engine/rule.js';
import { LinkedConfiguration } from '../queries.js';

export default rule(LinkedConfiguration, {
  title: 'A link does not choose where images come from',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'error',
  check: (reach) => must(reach, {
    be: (value) => value === 'off' || value === 'named',
    or: (value) => (value === 'any'
      ? 'The viewer takes its configuration from whatever server a link names'
      : 'The viewer takes its configuration from any server whose address contains, or begins with, the wanted one'),
    want: 'off, or named servers',
    show: (value) => (value === 'any' ? 'any server' : 'more than the named servers'),
    fix: { title: 'Ignore configurations in links', value: 'off', safety: 'review', risk: 'Links with configUrl then show the images of this file alone.' },
  }),
});
