import { must, rule } from '#engine/rule.js';
import { snmpWriting } from '../queries.js';

export default rule(snmpWriting, {
  title: 'SNMP communities only read',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: (subject) =>
    must(subject.good, {
      be: (good) => good,
      or: () => `${subject.label} may change the configuration of the device`,
      want: 'read only',
      show: () => undefined,
      fix: { title: 'Let the community read only', value: true, safety: 'review', risk: 'Management programs that write through SNMP stop working.' },
    }),
});
