import { must, rule } from '#engine/rule.js';
import { logs } from '../queries.js';

export default rule(logs, {
  title: 'Windows logs are large enough to look back',
  family: 'audit',
  safeguards: ['164.312(b)'],
  severity: 'info',
  check: ({ log, least, size }) => must(size, {
    be: (kib) => kib >= least,
    or: (kib) => `The ${log} log of Windows holds ${kib} KiB, and older records are lost`,
    want: `${least} KiB`,
    show: (kib) => `${kib} KiB`,
    fix: { title: 'Give the log more room', value: least, safety: 'safe' },
  }),
});
