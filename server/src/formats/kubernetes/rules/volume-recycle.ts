import { rule } from '#engine/rule.js';
import { madeElsewhere } from '#notations/yaml.js';
import { Objects } from '../queries.js';

export default rule(Objects, {
  title: 'Volumes are not handed on with a quick wipe',
  family: 'at-rest',
  safeguards: ['164.310(d)(2)(ii)'],
  severity: 'warning',
  check: ({ kind, root, label }) => {
    if (kind !== 'PersistentVolume' && kind !== 'StorageClass') return undefined;
    const policy = root.get(...(kind === 'PersistentVolume' ? ['spec', 'persistentVolumeReclaimPolicy'] : ['reclaimPolicy']));
    const open = madeElsewhere(policy);
    if (open) return { verdict: 'cannot tell', span: open.span, because: open.because };
    if (policy.text === undefined) return undefined;
    if (policy.text !== 'Recycle') return { verdict: 'complies', span: policy.head };
    return {
      verdict: 'violates', span: policy.head, message: `${label} is wiped with \`rm -rf\` and given to the next program, which can bring the data back`, found: 'Recycle', wanted: 'Retain',
      fix: { title: 'Keep the volume until someone wipes it', safety: 'safe', edits: () => policy.put('Retain') },
    };
  },
});
