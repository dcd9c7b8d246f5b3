import { must, rule } from '#engine/rule.js';
import { known, type Setting } from '#engine/setting.js';
import { reference, trueFalse, type Container } from '../objects.js';
import { Containers } from '../queries.js';

export default rule(Containers, {
  title: 'Kubernetes refuses to start programs as root',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'warning',
  precaution: true,
  check: (container) => must(refusesRoot(container), {
    be: (refused) => refused,
    or: () => `${container.label} may run as root: nothing stops an image that does`,
    want: 'runAsNonRoot: true',
    show: (refused) => (refused ? 'refused' : 'not refused'),
    fix: { title: 'Refuse to run as root', value: true, safety: 'review', risk: 'A container whose image runs as root does not start any more: give it another user first.' },
  }),
});

/** Stated by the container, else by its pod. A user other than 0 says as much; user 0 itself is another finding. */
function refusesRoot({ place, pod }: Container): Setting<boolean> | undefined {
  const own = place.get('securityContext', 'runAsNonRoot');
  const shared = pod.spec.get('securityContext', 'runAsNonRoot');
  const user = [place, pod.spec].map((at) => at.get('securityContext', 'runAsUser')).find(({ exists, obscured }) => exists || obscured !== undefined);
  const stated = own.exists ? own : shared.exists ? shared : own;
  const why = own.obscured ?? (own.exists ? undefined : shared.obscured) ?? user?.obscured;
  if (why !== undefined) return { kind: 'undetermined', span: stated.head, because: why };
  if (user?.text === '0') return undefined;
  const refused = trueFalse.read(stated.text ?? '') === true || (user?.text !== undefined && /^[1-9]\d*$/.test(user.text));
  const write = (wanted: boolean) => stated.put(String(wanted));
  if (!stated.exists && user?.text === undefined) return { kind: 'default', value: false, span: stated.head, source: reference('API reference, SecurityContext v1 core'), write };
  return known(refused, stated.head, write);
}
