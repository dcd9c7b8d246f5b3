import { must, rule } from '#engine/rule.js';
import { damageIgnored } from '../queries.js';

export default rule(damageIgnored, {
  title: 'Damaged records are noticed',
  family: 'backup',
  safeguards: ['164.312(c)(1)', '164.312(c)(2)'],
  severity: 'error',
  check: ({ name, setting }) => must(setting, {
    be: (on) => !on,
    or: () => `\`${name}\` is on: damaged records are passed over in silence`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Stop at damaged records', value: false, safety: 'review',
      risk: 'Queries that meet a damaged page fail: have a backup at hand to restore it from.' },
  }),
});
