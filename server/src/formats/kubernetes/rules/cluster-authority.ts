import { must, rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf } from '../components.js';

interface Authority {
  readonly named: Setting<boolean>;
}

/** Whether the controller manager hands the cluster's authority to pods. */
const Authorities = query<Yaml, Authority>('kubernetes', 'root authority for pods', ({ tree }) => componentsOf(tree).flatMap(({ name, flag }): readonly Authority[] => {
  if (name !== 'kube-controller-manager') return [];
  const file = flag('root-ca-file');
  if (file.obscured !== undefined) return [{ named: { kind: 'undetermined', span: file.span, because: file.obscured } }];
  return [{ named: known(Boolean(file.raw), file.span, (wanted) => (wanted ? file.write('/etc/kubernetes/pki/ca.crt') : [])) }];
}));

export default rule(Authorities, {
  title: 'Pods can check who the API server is',
  family: 'transmission',
  safeguards: ['164.312(d)', '164.312(e)(1)'],
  severity: 'warning',
  check: ({ named }) => must(named, {
    be: (given) => given,
    or: () => 'The controller manager gives pods no authority to check the API server by (--root-ca-file)',
    want: '--root-ca-file',
    show: (given) => (given ? 'given' : 'not given'),
    fix: { title: 'Give pods the authority of the cluster', value: true, safety: 'review', risk: 'The file must hold the authority that signed the certificate of the API server.' },
  }),
});
