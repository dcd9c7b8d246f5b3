import { must, rule } from '#engine/rule.js';
import { ExternalPrograms } from '../queries.js';

export default rule(ExternalPrograms, {
  title: 'No foreign programs run in the gateway',
  family: 'malware',
  safeguards: ['164.308(a)(5)(ii)(B)'],
  severity: 'info',
  check: (external) => must(external, {
    be: (runs) => !runs,
    or: () => 'Zigbee2MQTT runs whatever JavaScript is put into its data folder',
    want: 'off',
    show: (runs) => (runs ? 'on' : 'off'),
    fix: { title: 'Do not run foreign programs', value: false, safety: 'review', risk: 'Devices that need a converter of your own stop reporting.' },
  }),
});
