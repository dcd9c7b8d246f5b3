import { guardedAmong } from '#concepts/opening.js';
import { must, rule } from '#engine/rule.js';
import { LoadBalancers } from '../queries.js';

export default rule(LoadBalancers, {
  title: 'Load balancers say who may use them',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  // Databases and remote administration that are open to everyone are a graver finding, and another rule.
  check: ({ object, source, ports }) => (guardedAmong(ports).length > 0 ? undefined : must(source, {
    be: (from) => from === 'restricted',
    or: () => `${object.label} gets an address of the Internet that anyone may use`,
    want: 'loadBalancerSourceRanges, or an internal load balancer',
    show: () => 'every address',
    fix: { title: 'List the networks that may use it', value: 'restricted', safety: 'review', risk: 'Everyone outside the listed networks is cut off: replace the example network by yours.' },
  })),
});
