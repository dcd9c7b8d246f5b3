import type { PrivilegeFields } from '#concepts/privilege.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, stated, undetermined, type Setting } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { componentsOf, named, rootOf, trueFalse, type Component } from './components.js';

type PrivilegeFact = Fact & Fields<PrivilegeFields>;

/** As whom the programs run, and what they may ask of the others. */
export function privileges(yaml: Yaml): readonly PrivilegeFact[] {
  const root = rootOf(yaml);
  return [...(root ? steps(root) : []), ...componentsOf(yaml).flatMap((component) => [...users(component), ...grants(component)])];
}

/** The steps of a recipe: `Lifecycle.Run.RequiresPrivilege`, and `SetEnv`-like maps that are no steps. */
function steps(root: Place): readonly PrivilegeFact[] {
  const name = named(root, 'ComponentName').text ?? 'this recipe';
  return named(root, 'Manifests').items.flatMap((manifest) => named(manifest, 'Lifecycle').pairs.flatMap((step) => {
    const asked = named(step, 'RequiresPrivilege');
    const root = asked.exists ? stated(asked.slot, trueFalse) : undefined;
    return root ? [{ label: `The step ${step.key} of ${name}`, span: asked.head, root }] : [];
  }));
}

function users({ name, label, place, settings }: Component): readonly PrivilegeFact[] {
  const ends: readonly (readonly [string, Place])[] = [
    [name === 'aws.greengrass.Nucleus' ? 'Every component that names no other user' : label, settings.get('runWithDefault', 'posixUser')],
    [label, place.get('runWith', 'posixUser')],
  ];
  return ends.filter(([, user]) => user.exists).map(([who, user]) => ({ label: who, span: user.head, root: isRoot(user) }));
}

function isRoot(user: Place): Setting<boolean> {
  if (user.text === undefined) return undetermined(user.head, user.obscured ?? 'the file names no user here');
  return known(/^(root|0)(:|$)/.test(user.text), user.head, (wanted) => (wanted ? [] : user.put('ggc_user:ggc_group')));
}

/** `accessControl`: what a component may ask of the device's own services, per service and policy. */
function grants({ label, settings }: Component): readonly PrivilegeFact[] {
  return settings.get('accessControl').pairs.flatMap((service) => service.pairs.flatMap((policy) => {
    const all = (key: string) => policy.get(key).items.find(({ text }) => text === '*');
    const resources = all('resources');
    if (!policy.get('resources').exists) return [];
    const wide = all('operations') !== undefined && resources !== undefined;
    return [{ label: `${label}, towards ${service.key},`, span: (wide ? resources : policy).head, everything: known(wide, (wide ? resources : policy).head) }];
  }));
}
