import { must, rule } from '#engine/rule.js';
import { integer } from '#engine/codec.js';
import { stated } from '#engine/setting.js';
import { ApiServers } from '../queries.js';

export default rule(ApiServers, {
  title: 'Audit logs are not overwritten early',
  family: 'audit',
  safeguards: ['164.312(b)', '164.308(a)(1)(ii)(D)'],
  severity: 'info',
  check: ({ flag, label, has }) => (has('audit-webhook-config-file') ? undefined : must(stated(flag('audit-log-maxbackup'), integer), {
    // 0 keeps every file.
    be: (files) => files === 0 || files >= 10,
    or: (files) => `${label} keeps ${files} old audit log${files === 1 ? '' : 's'} and deletes what is older, whatever its age`,
    want: '10 files or more, or 0 for all',
    show: (files) => `${files} files`,
    fix: { title: 'Keep ten old audit logs', value: 10, safety: 'review', risk: 'The logs take room on the disk of the control plane.' },
  })),
});
