import { must, rule } from '#engine/rule.js';
import { sshVersion } from '../queries.js';

export default rule(sshVersion, {
  title: 'SSH is version 2 only',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} also speaks SSH version 1, whose encryption is broken`,
      want: 'ip ssh version 2',
      show: () => undefined,
      fix: { title: 'Speak SSH version 2 only', value: true, safety: 'review', risk: 'Programs that know only SSH version 1 are refused.' },
    }),
});
