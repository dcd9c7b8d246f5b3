import { must, rule } from '#engine/rule.js';
import { list } from '#engine/codec.js';
import { stated } from '#engine/setting.js';
import { ApiServers } from '../queries.js';

export default rule(ApiServers, {
  title: 'Nodes may use only what their own pods need',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  check: ({ label, flag }) => {
    const modes = stated(flag('authorization-mode'), list(','));
    // What allows everything is a graver finding, and another rule.
    if (modes?.kind === 'stated' && modes.value.includes('AlwaysAllow')) return undefined;
    return must(modes, {
      be: (named) => named.includes('Node'),
      or: (named) => `${label} decides rights by ${named.join(', ')}, without limiting nodes to what their own pods need (Node)`,
      want: 'Node,RBAC',
      show: (named) => named.join(','),
      fix: { title: 'Limit nodes to their own pods', value: modes?.kind === 'stated' ? ['Node', ...modes.value] : ['Node', 'RBAC'], safety: 'review', risk: 'Kubelets must sign in as system:node:NAME in the group system:nodes.' },
    });
  },
});
