import { must, rule } from '#engine/rule.js';
import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { containersOf, podsOf } from '../objects.js';

interface Confined {
  readonly label: string;
  readonly by: string;
  readonly on: Setting<boolean>;
}

/** Where a manifest says how the kernel confines a program: seccomp and AppArmor, in fields and in the annotations of old. */
const Confinements = query<Yaml, Confined>('kubernetes', 'confinement', ({ tree }) => [
  ...podsOf(tree).flatMap(({ owner, spec, metadata }) => [
    ...profiles(owner.label, spec),
    ...metadata.get('annotations').pairs.filter(({ key }) => /^(container\.apparmor\.security\.beta\.kubernetes\.io\/|(container\.)?seccomp\.security\.alpha\.kubernetes\.io\/)/.test(key)).map((entry) => ({
      label: owner.label, by: key(entry), on: profile(entry, /seccomp/.test(entry.key) ? 'runtime/default' : 'runtime/default'),
    })),
  ]),
  ...containersOf(tree).flatMap(({ label, place }) => profiles(label, place)),
]);

const key = (entry: Place) => (entry.key.includes('apparmor') ? 'AppArmor' : 'seccomp');

function profiles(label: string, at: Place): readonly Confined[] {
  return ([['seccompProfile', 'seccomp'], ['appArmorProfile', 'AppArmor']] as const).flatMap(([field, by]) => {
    const type = at.get('securityContext', field, 'type');
    return type.exists ? [{ label, by, on: profile(type, 'RuntimeDefault') }] : [];
  });
}

function profile(place: Place, safe: string): Setting<boolean> {
  if (place.text === undefined) return { kind: 'undetermined', span: place.head, because: place.obscured ?? 'no profile is named' };
  return known(!/^unconfined$/i.test(place.text), place.head, (on) => (on ? place.put(safe) : []));
}

export default rule(Confinements, {
  title: 'The kernel confines programs',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ label, by, on }) => must(on, {
    be: (confined) => confined,
    or: () => `${label} switches off ${by}, which keeps a broken program away from the kernel of its node`,
    want: 'the profile of the runtime',
    show: (confined) => (confined ? 'confined' : 'unconfined'),
    fix: { title: 'Use the profile of the runtime', value: true, safety: 'review', risk: 'A program that makes an unusual system call fails: try it outside of care first.' },
  }),
});
