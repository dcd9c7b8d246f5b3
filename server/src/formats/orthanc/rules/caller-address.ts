import { must, rule } from '#engine/rule.js';
import { callerChecks } from '../queries.js';

export default rule(callerChecks, {
  title: 'A modality is known by its address too',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: ({ host }) => must(host, {
    be: (checked) => checked,
    or: () => 'Orthanc believes whatever name a caller gives, without looking at its address',
    want: 'address checked',
    show: (checked) => (checked ? 'checked' : 'not checked'),
    fix: { title: 'Check the address of modalities', value: true, safety: 'review', risk: 'Modalities whose address changes (DHCP) are refused: give them fixed addresses first.' },
  }),
});
