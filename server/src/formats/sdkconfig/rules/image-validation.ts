import { must, rule } from '#engine/rule.js';
import { skippedChecks } from '../queries.js';

export default rule(skippedChecks, {
  title: 'Firmware is checked before it runs',
  family: 'malware',
  safeguards: ['164.312(c)(1)'],
  severity: 'warning',
  check: ({ when, skipped }) => must(skipped, {
    be: (left) => !left,
    or: () => `The boot loader does not check the firmware ${when}`,
    want: 'checked',
    show: (left) => (left ? 'not checked' : 'checked'),
    fix: {
      title: 'Check the firmware',
      value: false,
      safety: 'review',
      risk: 'Starting takes longer by the time the check needs: measure it where a device must answer at once.',
    },
  }),
});
