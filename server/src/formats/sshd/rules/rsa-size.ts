import { must, rule } from '#engine/rule.js';
import { services } from '../queries.js';

export default rule(services, {
  title: 'RSA keys are long enough',
  family: 'access',
  safeguards: ['164.312(d)'],
  severity: 'warning',
  check: (server) => must(server.rsaBits, {
    be: (bits) => bits >= 2048,
    or: (bits) => `${server.label} accepts RSA keys of ${bits} bits`,
    want: '2048 bits',
    show: (bits) => `${bits} bits`,
    fix: { title: 'Ask for 2048 bits', value: 2048, safety: 'review', risk: 'People with a shorter RSA key are refused until they have a new one.' },
  }),
});
