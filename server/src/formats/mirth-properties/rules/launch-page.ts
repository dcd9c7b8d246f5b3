import { isThisMachine } from '#concepts/network-names.js';
import { must, rule } from '#engine/rule.js';
import { launchPage } from '../queries.js';

export default rule(launchPage, {
  title: 'The administrator program is not fetched in clear',
  family: 'transmission',
  safeguards: ['164.312(e)(1)', '164.312(c)(1)'],
  severity: 'warning',
  check: (value) => must(value, {
    be: isThisMachine,
    or: () => 'Administrators fetch their program over HTTP in clear',
    want: 'on this machine alone, or not at all',
    fix: {
      title: 'Serve the page to this machine alone', value: '127.0.0.1', safety: 'review',
      risk: 'Launchers that are set to the HTTP address must use the HTTPS one.',
    },
  }),
});
