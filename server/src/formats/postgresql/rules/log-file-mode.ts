import { must, rule } from '#engine/rule.js';
import { logFileMode } from '../queries.js';

export default rule(logFileMode, {
  title: 'Server logs are closed to other accounts',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ setting }) => must(setting, {
    be: (mode) => (mode & 0o007) === 0,
    or: (mode) => `Every account of the machine may ${(mode & 0o002) === 0 ? 'read' : 'change'} the server log, which may hold health data`,
    want: '0600 or 0640',
    show: (mode) => `0${mode.toString(8)}`,
    fix: { title: 'Close the logs to other accounts', value: 0o640, safety: 'review',
      risk: 'A program that collects the log needs to be in the group of the server.' },
  }),
});
