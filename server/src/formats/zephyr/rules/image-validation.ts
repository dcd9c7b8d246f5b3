import { must, rule } from '#engine/rule.js';
import { validated } from '../queries.js';

export default rule(validated, {
  title: 'Firmware is checked before it runs',
  family: 'malware',
  safeguards: ['164.312(c)(1)'],
  severity: 'error',
  check: (open) => must(open, {
    be: (on) => !on,
    or: () => 'The boot loader does not check the firmware when the device starts',
    want: 'checked',
    show: (on) => (on ? 'not checked' : 'checked'),
    fix: {
      title: 'Check the firmware on every start',
      value: false,
      safety: 'review',
      risk: 'Starting takes longer by the time the check needs, and a device whose firmware does not verify no longer starts: try it on one first.',
    },
  }),
});
