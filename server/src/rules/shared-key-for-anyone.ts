import { Tunnel } from '#concepts/tunnel.js';
import { must, rule } from '#engine/rule.js';

export default rule(Tunnel, {
  title: 'A shared key is for one other end',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(a)(2)(i)'],
  severity: 'warning',
  check: (tunnel) => must(tunnel.sharedKeyForAnyone, {
    be: (anyone) => !anyone,
    or: () => `${tunnel.label} accepts one shared key from any address`,
    want: 'a certificate, or a key for each other end',
    show: () => undefined,
  }),
});
