import { isThisMachine } from '#concepts/network-names.js';
import { rule } from '#engine/rule.js';
import { Containers } from '../queries.js';

export default rule(Containers, {
  title: 'Containers are reached through a service',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ place, label, pod }) => {
    if (pod.spec.get('hostNetwork').text === 'true') return undefined;
    const port = place.get('ports').items.map((item) => item.get('hostPort')).find(({ text }) => text !== undefined && text !== '0');
    if (!port) return undefined;
    const bound = port.parent!.get('hostIP').text;
    if (bound !== undefined && isThisMachine(bound)) return { verdict: 'complies', span: port.head };
    return {
      verdict: 'violates', span: port.head, message: `${label} opens port ${port.text} of its node to whoever reaches the node`, found: `hostPort ${port.text}`, wanted: 'a Service',
      fix: { title: 'Close the port of the node', safety: 'review', risk: 'Whoever uses the address of the node is cut off: give them a Service first.', edits: () => port.remove() },
    };
  },
});
