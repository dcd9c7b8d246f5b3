import { must, rule } from '#engine/rule.js';
import { durability } from '../queries.js';

export default rule(durability, {
  title: 'Records survive a power failure',
  family: 'backup',
  safeguards: ['164.312(c)(1)'],
  severity: 'error',
  check: ({ name, setting }) => must(setting, {
    be: (on) => on,
    or: () => `\`${name}\` is off: a power failure may damage records beyond repair`,
    want: 'on',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Write records durably', value: true, safety: 'safe' },
  }),
});
