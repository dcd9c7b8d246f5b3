import { rule } from '#engine/rule.js';
import { Objects } from '../queries.js';

/** What belongs to a namespace and holds or handles data. */
const handles = /^(Pod|Deployment|StatefulSet|DaemonSet|Job|CronJob|ReplicaSet|ReplicationController|Service|Ingress|Secret|ConfigMap|PersistentVolumeClaim|Role|RoleBinding|ServiceAccount)$/;

export default rule(Objects, {
  title: 'Workloads have a namespace of their own',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  once: {},
  check: ({ kind, namespace, label, root, name }) => {
    if (!handles.test(kind) || namespace === undefined || (kind === 'Service' && name === 'kubernetes') || (kind === 'ServiceAccount' && name === 'default')) return undefined;
    const span = root.get('metadata', 'namespace').head;
    if (namespace !== 'default') return { verdict: 'complies', span };
    return { verdict: 'violates', span, message: `${label} is in the default namespace, where every tenant's rights and policies meet`, found: 'default', wanted: 'a namespace of its own' };
  },
});
