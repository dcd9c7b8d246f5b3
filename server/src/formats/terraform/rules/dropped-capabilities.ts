import { must, rule } from '#engine/rule.js';
import { DroppedCapabilities } from '../traits.js';

export default rule(DroppedCapabilities, {
  title: 'Containers give up rights they do not use',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  precaution: true,
  check: (subject) => must(subject.holds, {
    be: (holds) => holds,
    or: () => `${subject.label} keeps the Linux capabilities every container starts with, forging network packets (NET_RAW) among them`,
    want: 'drop = ["ALL"]',
    show: () => undefined,
    fix: { title: 'Drop all capabilities', value: true, safety: 'review', risk: 'A program that needs one, for example to open a port below 1024, must get that one back under `add`.' },
  }),
});
