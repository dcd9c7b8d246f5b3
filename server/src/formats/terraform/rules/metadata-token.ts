import { must, rule } from '#engine/rule.js';
import { MetadataToken } from '../traits.js';

export default rule(MetadataToken, {
  title: 'The metadata service asks for a token',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} answers metadata requests without a token`,
    want: 'version 2 only',
    show: () => undefined,
    fix: { title: 'Require version 2 of the metadata service', value: true, safety: 'review', risk: 'Programs on the machine that use an old SDK lose their role: check that MetadataNoToken stays at zero first.' },
  }),
});
