import { must, rule } from '#engine/rule.js';
import { guards } from '../queries.js';

export default rule(guards, {
  title: 'Devices join with a password, not by a button',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.312(d)'],
  severity: 'error',
  check: ({ label, wps }) => must(wps, {
    be: (on) => !on,
    or: () => `${label} hands its password to devices that join by WPS`,
    want: 'off',
    show: (on) => (on ? 'on' : 'off'),
    fix: { title: 'Switch WPS off', value: false, safety: 'review', risk: 'New devices need the password typed in; those that joined already stay.' },
  }),
});
