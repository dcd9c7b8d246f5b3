import { Channel, atLeast } from '#concepts/channel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Channel, {
  title: 'Old TLS versions are refused',
  family: 'transmission',
  safeguards: ['164.312(e)(2)(ii)'],
  severity: 'error',
  check: (channel, policy) => must(channel.leastVersion, {
    be: (version) => atLeast(version, policy.tlsMinimum),
    or: (version) => `${channel.label} accepts ${version.startsWith('SSL') ? version : `TLS ${version}`}`,
    policy: 'tlsMinimum',
    show: (version) => (version.startsWith('SSL') ? version : `TLS ${version}`),
    fix: { title: 'Refuse versions below the policy', value: policy.tlsMinimum, safety: 'review', risk: 'Clients that know only older versions are refused.' },
  }, policy),
});
