import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'Withdrawn certificates are refused',
  family: 'transmission',
  safeguards: ['164.312(d)'],
  severity: 'info',
  check: (tunnel) => must(tunnel.withdrawnRefused, {
    be: (refused) => refused,
    or: () => `${tunnel.label} accepts a certificate without knowing whether it was withdrawn`,
    want: 'a check of revocation',
    show: (refused) => (refused ? 'checked' : 'not checked'),
    fix: { title: 'Ask whether it was withdrawn', value: true, safety: 'safe' },
  }),
});
