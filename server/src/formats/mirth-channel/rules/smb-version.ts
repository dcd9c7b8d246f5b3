import { must, rule } from '#engine/rule.js';
import { smbVersions } from '../queries.js';

export default rule(smbVersions, {
  title: 'File shares are opened with SMB 2 or later',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'error',
  check: ({ connector, least }) => must(least, {
    be: (version) => version.toUpperCase() !== 'SMB1',
    or: () => `The file connection ${connector.whose} speaks SMB 1`,
    want: 'SMB 3',
    fix: { title: 'Speak SMB 3', value: 'SMB300', safety: 'review', risk: 'A file server or instrument that knows SMB 1 alone can no longer be reached.' },
  }),
});
