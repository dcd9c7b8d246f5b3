import type { LoginFields } from '#concepts/login.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known } from '#engine/setting.js';
import { loginByVariable, opensByOption } from '#notations/container-variables.js';
import { imageOf } from '#notations/containers.js';
import type { Yaml } from '#notations/yaml.js';
import { controlPlaneLogins } from './control-plane.js';
import { environmentsOf } from './environment.js';
import { containersOf } from './objects.js';

/** Ways to sign in that a manifest decides. */
export function logins(yaml: Yaml): readonly (Fact & Fields<LoginFields>)[] {
  return [...controlPlaneLogins(yaml), ...dashboards(yaml), ...variables(yaml), ...options(yaml)];
}

/** The Kubernetes Dashboard shows a button that skips the log-in only where it is asked to. */
function dashboards(yaml: Yaml): readonly (Fact & Fields<LoginFields>)[] {
  return containersOf(yaml).flatMap(({ place }) => {
    if (!/(^|\/)(kubernetes-)?dashboard(-\w+)?$/.test(imageOf(place.get('image').text ?? '').name)) return [];
    const skip = place.get('args').items.find(({ text }) => /^--enable-skip-login(=true)?$/.test(text ?? ''));
    const span = (skip ?? place.get('image')).head;
    return [{ label: 'The Kubernetes Dashboard', span, anonymous: known(skip !== undefined, span, (wanted) => (wanted || !skip ? [] : skip.remove())) }];
  });
}

function options(yaml: Yaml): readonly (Fact & Fields<LoginFields>)[] {
  return containersOf(yaml).flatMap(({ place, label }) => [...place.get('command').items, ...place.get('args').items].flatMap((item) => {
    const option = opensByOption(item.text ?? '');
    return option === undefined ? [] : [{ label: `${label}, by ${option},`, span: item.head, anonymous: known(true, item.head, (wanted) => (wanted ? [] : item.remove())) }];
  }));
}

function variables(yaml: Yaml): readonly (Fact & Fields<LoginFields>)[] {
  return environmentsOf(yaml).flatMap((environment) => environment.variables.flatMap((one) => loginByVariable(one, (to) => (to === undefined ? one.remove() : one.write(to)))));
}
