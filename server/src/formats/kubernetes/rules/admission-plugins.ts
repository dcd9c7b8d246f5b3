import { must, rule } from '#engine/rule.js';
import { list } from '#engine/codec.js';
import { ApiServers } from '../queries.js';
import { setting, stated } from '#engine/setting.js';
import { reference } from '../objects.js';

/** On by default: what they do would silently stop. */
const needed = ['ServiceAccount', 'NamespaceLifecycle', 'PodSecurity'];

export default rule(ApiServers, {
  title: 'The API server checks what it is asked to run',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ flag, label }) => {
    const off = stated(flag('disable-admission-plugins'), list(','));
    if (off?.kind === 'stated' && off.value.some((name) => needed.includes(name))) {
      return must(off, {
        be: () => false,
        or: (names) => `${label} skips checks that keep pods apart: ${names.filter((name) => needed.includes(name)).join(', ')}`,
        want: `without ${needed.join(', ')}`,
        show: (names) => names.join(','),
      });
    }
    return must(setting(flag('enable-admission-plugins'), list(','), { value: [], source: reference('kube-apiserver, --enable-admission-plugins') }), {
      be: (names) => names.includes('NodeRestriction') && !names.includes('AlwaysAdmit'),
      or: (names) => (names.includes('AlwaysAdmit') ? `${label} admits everything (AlwaysAdmit)` : `${label} lets a node change the objects of other nodes (no NodeRestriction)`),
      want: 'NodeRestriction, not AlwaysAdmit',
      show: (names) => names.join(','),
      fix: { title: 'Restrict nodes to their own objects', value: ['NodeRestriction'], safety: 'review', risk: 'The list replaces the one that stands: add the other plugins you rely on.' },
    });
  },
});
