import { rule } from '#engine/rule.js';
import { Objects } from '../queries.js';

export default rule(Objects, {
  title: 'Services are not opened on every node',
  family: 'firewall',
  safeguards: ['164.312(a)(1)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ kind, group, root, label }) => {
    const type = root.get('spec', 'type');
    if (kind !== 'Service' || group !== '' || type.text === undefined) return undefined;
    if (type.text !== 'NodePort') return { verdict: 'complies', span: type.head };
    return {
      verdict: 'violates', span: type.head, message: `${label} opens a port on every node of the cluster, past the Ingress and its TLS`, found: 'NodePort', wanted: 'ClusterIP behind an Ingress',
      fix: { title: 'Keep the service inside the cluster', safety: 'review', risk: 'Whoever uses the port of the node is cut off: give them an Ingress or a load balancer first. Fixed `nodePort` numbers must be taken away too.', edits: () => [...type.put('ClusterIP'), ...root.get('spec', 'ports').items.flatMap((port) => port.get('nodePort').remove())] },
    };
  },
});
