import { must, rule } from '#engine/rule.js';
import { guardLines } from '../refusals.js';

export default rule(guardLines, {
  title: 'The server can read every line that guards access',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ objection, wanted, readable }) => must(readable, {
    be: (can) => can,
    or: () => `The SSH server refuses this line and does not start with it: ${objection}`,
    want: wanted,
    show: () => undefined,
  }),
});
