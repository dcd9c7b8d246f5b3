import { must, rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { setting, type Codec, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf, kubeletConfigurations } from '../components.js';
import { reference } from '../objects.js';

interface Authorization {
  readonly label: string;
  readonly isApiServer: boolean;
  readonly modes: Setting<readonly string[]>;
}

/** The modes both programs know; with another they do not start, and whoever names `AlwaysAllow` beside it means it: Kubernetes 1.34, kube-apiserver, --authorization-mode. */
const known = ['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'];
const modeList: Codec<readonly string[]> = {
  read: (raw) => {
    const named = raw.split(',').map((one) => one.trim()).filter(Boolean);
    return named.includes('AlwaysAllow') || named.every((one) => known.includes(one)) ? named : undefined;
  },
  print: (named) => named.join(','),
};

/** How the API server and kubelets decide who may do what. */
const Authorizations = query<Yaml, Authorization>('kubernetes', 'authorization modes', ({ tree }) => [
  ...componentsOf(tree).flatMap(({ name, label, flag, has }): readonly Authorization[] => {
    if (name !== 'kube-apiserver' && name !== 'kubelet') return [];
    if (has('authorization-config')) return [];
    return [{ label, isApiServer: name === 'kube-apiserver', modes: setting(flag('authorization-mode'), modeList, { value: ['AlwaysAllow'], source: reference(`${name}, --authorization-mode`) }) }];
  }),
  ...kubeletConfigurations(tree).map((root) => ({ label: 'The kubelet', isApiServer: false, modes: setting(root.get('authorization', 'mode').slot, modeList, { value: ['Webhook'], source: reference('KubeletConfiguration v1beta1') }) })),
]);

export default rule(Authorizations, {
  title: 'Every request to the cluster is checked against rights',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'error',
  check: ({ label, isApiServer, modes }) => must(modes, {
    be: (named) => !named.includes('AlwaysAllow') && (!isApiServer || named.includes('RBAC') || named.includes('Webhook')),
    or: (named) => (named.includes('AlwaysAllow') ? `${label} does whatever anyone who is known to it asks` : `${label} decides rights by ${named.join(', ') || 'nothing'}, without roles (RBAC)`),
    want: isApiServer ? 'Node,RBAC' : 'Webhook',
    show: (named) => named.join(','),
    fix: { title: isApiServer ? 'Decide by Node and RBAC' : 'Ask the API server', value: isApiServer ? ['Node', 'RBAC'] : ['Webhook'], safety: 'review', risk: 'Accounts and nodes that have no role yet are refused: bind their roles first.' },
  }),
});
