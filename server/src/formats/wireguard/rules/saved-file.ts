import { must, rule } from '#engine/rule.js';
import { savedFiles } from '../queries.js';

export default rule(savedFiles, {
  title: 'The file is what was reviewed',
  family: 'access',
  safeguards: ['164.312(c)(1)'],
  severity: 'info',
  check: (subject) => must(subject.good, {
    be: (good) => good,
    or: () => `${subject.label} overwrites its file with what was set while it ran`,
    want: 'SaveConfig = false',
    show: () => undefined,
    fix: { title: 'Keep the file as it is', value: true, safety: 'safe' },
  }),
});
