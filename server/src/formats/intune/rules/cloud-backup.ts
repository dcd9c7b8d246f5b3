import { must, rule } from '#engine/rule.js';
import { cloudBackup } from '../queries.js';

export default rule(cloudBackup, {
  title: 'Devices are not copied to iCloud accounts of people',
  family: 'backup',
  safeguards: ['164.308(a)(4)(ii)(B)', '164.308(b)(1)'],
  severity: 'info',
  check: (blocked) => must(blocked, {
    be: (v) => v,
    or: () => 'The device may be copied as a whole to the iCloud account of the person who carries it',
    want: 'no copy in iCloud',
    show: (v) => (v ? 'refused' : 'allowed'),
    fix: { title: 'Refuse iCloud backup', value: true, safety: 'review', risk: 'Whatever is only on the device is lost with it: make sure that managed apps keep their data on a server.' },
  }),
});
