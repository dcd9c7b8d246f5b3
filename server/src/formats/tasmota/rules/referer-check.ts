import { must, rule } from '#engine/rule.js';
import { anyReferer } from '../queries.js';

export default rule(anyReferer, {
  title: 'A link on a page does not command the device',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (any) => must(any, {
    be: (open) => !open,
    or: () => 'The device takes commands from a link on any page',
    want: 'checked',
    show: (open) => (open ? 'not checked' : 'checked'),
    fix: {
      title: 'Check where commands come from',
      value: false,
      safety: 'review',
      risk: 'Programs that send commands over HTTP without a referrer or a password stop working.',
    },
  }),
});
