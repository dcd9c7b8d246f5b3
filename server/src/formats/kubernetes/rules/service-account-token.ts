import { must, rule } from '#engine/rule.js';
import { setting, type Setting } from '#engine/setting.js';
import { type Pod, reference, trueFalse } from '../objects.js';
import { Pods } from '../queries.js';

export default rule(Pods, {
  title: 'Programs that do not use the cluster hold no key to it',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  precaution: true,
  check: (pod) => must(mounted(pod), {
    be: (given) => !given,
    or: () => `${pod.owner.label} is given a token for the cluster although it has no account of its own`,
    want: 'automountServiceAccountToken: false',
    show: (given) => (given ? 'given' : 'not given'),
    fix: { title: 'Give it no token', value: false, safety: 'review', risk: 'A program that does ask the cluster fails: give it a service account of its own instead.' },
  }),
});

/** A pod with an account of its own needs the token; one with the default account of its namespace rarely does. */
function mounted({ spec }: Pod): Setting<boolean> | undefined {
  const account = [spec.get('serviceAccountName'), spec.get('serviceAccount')].find(({ exists, obscured }) => exists || obscured !== undefined);
  const place = spec.get('automountServiceAccountToken');
  if (account?.obscured !== undefined && !place.exists) return { kind: 'undetermined', span: account.head, because: account.obscured };
  if (account?.text !== undefined && account.text !== 'default') return undefined;
  return setting(place.slot, trueFalse, { value: true, source: reference('Configure Service Accounts for Pods') });
}
