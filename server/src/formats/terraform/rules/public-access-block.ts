import { must, rule } from '#engine/rule.js';
import { PublicAccessBlock } from '../traits.js';

export default rule(PublicAccessBlock, {
  title: 'Buckets refuse public grants',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} accepts grants to the public`,
    want: 'all four switches on',
    show: () => undefined,
    fix: { title: 'Block public access', value: true, safety: 'review', risk: 'Whoever reads the bucket without signing in is cut off.' },
  }),
});
