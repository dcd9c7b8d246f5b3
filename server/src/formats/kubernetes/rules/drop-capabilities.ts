import { must, rule } from '#engine/rule.js';
import { known, type Setting } from '#engine/setting.js';
import { reference, type Container } from '../objects.js';
import { Containers } from '../queries.js';

export default rule(Containers, {
  title: 'Containers give up the rights they start with',
  family: 'access',
  safeguards: ['164.312(a)(1)', '164.308(a)(4)(ii)(B)'],
  severity: 'info',
  precaution: true,
  check: (container) => must(dropsAll(container), {
    be: (drops) => drops,
    or: () => `${container.label} keeps the Linux capabilities every container starts with, forging network packets (NET_RAW) among them`,
    want: 'drop: [ALL]',
    show: (drops) => (drops ? 'dropped' : 'kept'),
    fix: { title: 'Drop all capabilities', value: true, safety: 'review', risk: 'A program that needs one, for example to open a port below 1024, must get that one back under `add`.' },
  }),
});

function dropsAll({ place }: Container): Setting<boolean> {
  const drop = place.get('securityContext', 'capabilities', 'drop');
  const why = drop.obscured ?? drop.incomplete;
  if (why !== undefined) return { kind: 'undetermined', span: drop.head, because: why };
  const dropped = drop.items.map(({ text }) => (text ?? '').toUpperCase().replace(/^CAP_/, ''));
  const enough = dropped.includes('ALL') || dropped.includes('NET_RAW');
  const write = (wanted: boolean) => (wanted ? drop.append('ALL') : []);
  if (!drop.exists) return { kind: 'default', value: false, span: place.head, source: reference('API reference, Capabilities v1 core'), write };
  return known(enough, drop.head, write);
}
