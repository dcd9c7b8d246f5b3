import { must, rule } from '#engine/rule.js';
import { networkFolder } from '../queries.js';

export default rule(networkFolder, {
  title: 'The archive is not a network folder',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'info',
  check: (folder) => must(folder, {
    be: (on) => !on,
    or: () => 'Orthanc shows its whole archive as a WebDAV folder',
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Switch the network folder off', value: false, safety: 'review', risk: 'People who mounted the folder lose it.' },
  }),
});
