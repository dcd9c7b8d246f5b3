import { rule } from '#engine/rule.js';
import { guardedBehind, isEverywhere } from '../services.js';
import { Ports } from '../queries.js';

export default rule(Ports, {
  title: 'Ports are published on chosen addresses',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  once: { under: 'open-to-world' },
  check: ({ service, port }) => {
    const { target, place } = port;
    // Databases and remote administration are a graver finding, and another rule; the ports of web sites are there for everyone.
    if (guardedBehind(service, port).length > 0 || (target[0] === target[1] && (target[0] === 443 || target[0] === 80))) return undefined;
    if (!isEverywhere(port)) return { verdict: 'complies', span: place.head };
    return {
      verdict: 'violates', span: place.head, message: `${service.label} answers on every address of the machine, past the rules of ufw and firewalld`, found: 'every address', wanted: 'an address, such as 127.0.0.1',
      fix: { title: 'Publish on 127.0.0.1 alone', safety: 'review', risk: 'Other machines are refused: name the address of the network that needs the service instead.', edits: () => port.restrict('127.0.0.1') },
    };
  },
});
