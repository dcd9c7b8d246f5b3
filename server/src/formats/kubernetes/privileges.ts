import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { filledIn } from '#engine/holes.js';
import { documented } from '#engine/release.js';
import { known, observe, setting, stated, type Setting } from '#engine/setting.js';
import type { PrivilegeFields } from '#concepts/privilege.js';
import { controlsHost, isNearRoot } from '#notations/containers.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { grants } from './grants.js';
import { containersOf, objectsOf, podsOf, reference, trueFalse, type Container, type Pod } from './objects.js';
import { workloadOf } from './workloads.js';

type PrivilegeFact = Fact & Fields<PrivilegeFields>;

const contextReference = reference('API reference, SecurityContext v1 core');

/** What pods may do on their node, and what roles may do in the cluster. */
export function privileges(yaml: Yaml, analysis: Analysis<Yaml>): readonly PrivilegeFact[] {
  return [...containersOf(yaml).map((container) => ofContainer(container, analysis)), ...podsOf(yaml).flatMap(ofPod), ...confinement(yaml), ...admitted(yaml), ...grants(yaml)];
}

function ofContainer({ place, pod, label }: Container, analysis: Analysis<Yaml>): PrivilegeFact {
  const context = place.get('securityContext');
  return {
    label,
    span: place.head,
    whole: workloadOf(pod, analysis),
    privileged: privileged(context),
    // A part of Kubernetes itself runs on the node on purpose; what it may do there is not the question.
    escalation: pod.isComponent ? undefined : escalation(context),
    writableProgram: pod.isComponent ? undefined : invert(setting(context.get('readOnlyRootFilesystem').slot, trueFalse, { value: false, source: contextReference })),
    root: root(context, pod),
    dangerous: capabilities(context.get('capabilities', 'add'), place, trueFalse.read(pod.spec.get('hostNetwork').text ?? '') === true),
  };
}

/** What is no longer privileged may still gain rights unless that is refused too; the two cannot be refused the other way round. */
function privileged(context: Place): Setting<boolean> {
  const stated = setting(context.get('privileged').slot, trueFalse, { value: false, source: contextReference });
  const escalates = context.get('allowPrivilegeEscalation');
  if (stated.kind === 'undetermined' || escalates.exists || escalates.obscured !== undefined) return stated;
  return { ...stated, write: (value) => [...stated.write(value), ...(value ? [] : escalates.put('false'))] };
}

/** Without the field, the no_new_privs flag is not set. A privileged container, or one with SYS_ADMIN, may always gain rights: that is another finding. */
function escalation(context: Place): Setting<boolean> | undefined {
  if (trueFalse.read(context.get('privileged').text ?? '') === true) return undefined;
  return setting(context.get('allowPrivilegeEscalation').slot, trueFalse, { value: true, source: reference('no_new_privs design') });
}

function invert(from: Setting<boolean>): Setting<boolean> {
  return from.kind === 'undetermined' ? from : { ...from, value: !from.value, write: (value) => from.write(!value) };
}

/** Only what the manifest says: user 0. Whether the image's own user is root, the manifest cannot know. */
function root(context: Place, pod: Pod): Setting<boolean> | undefined {
  if (pod.isComponent) return undefined;
  const own = context.get('runAsUser');
  const user = own.exists ? own : pod.spec.get('securityContext', 'runAsUser');
  const id = user.text;
  if (id === undefined) return user.obscured !== undefined ? { kind: 'undetermined', span: user.head, because: user.obscured } : undefined;
  if (!/^\d+$/.test(id)) return filledIn(id, user.head);
  return known(Number(id) === 0, user.head, (value) => (value ? [] : user.put('10001')));
}

function capabilities(added: Place, container: Place, sharesNetwork: boolean): Setting<readonly string[]> {
  if (added.obscured !== undefined) return { kind: 'undetermined', span: added.head, because: added.obscured };
  const items = added.items.filter((item) => item.text !== undefined && isNearRoot(item.text, sharesNetwork));
  if (items.length === 0) return known([], added.exists ? added.head : container.head);
  return known(items.map(({ text }) => text!), items[0]!.head, (wanted) => (wanted.length > 0 ? [] : items.length === added.items.length ? added.remove() : items.flatMap((item) => item.remove())));
}

function ofPod(pod: Pod): readonly PrivilegeFact[] {
  const { owner, spec } = pod;
  if (pod.isComponent) return [];
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).map((name): PrivilegeFact => {
    const place = spec.get(name);
    return { label: owner.label, span: place.head, hostNamespace: setting(place.slot, trueFalse, { value: false, source: reference('API reference, PodSpec v1 core') }) };
  });
  return [...shared, ...spec.get('volumes').items.flatMap((volume) => hostFiles(pod, volume))];
}

function hostFiles({ owner, containers, spec }: Pod, volume: Place): readonly PrivilegeFact[] {
  const path = volume.get('hostPath', 'path');
  if (!path.exists) return [];
  const name = volume.get('name').text;
  const mounts = containers.flatMap(({ place }) => place.get('volumeMounts').items.filter((mount) => mount.get('name').text === name));
  const readOnly = mounts.length > 0 && mounts.every((mount) => trueFalse.read(mount.get('readOnly').text ?? '') === true);
  const where = path.text;
  const label = where === undefined ? owner.label : `${owner.label}, which mounts ${where},`;
  const hostFilesOf: Setting<boolean> = where === undefined
    ? { kind: 'undetermined', span: path.head, because: path.obscured ?? 'the path is not stated' }
    : known(controlsHost(where, readOnly), path.head, (wanted) => (wanted || spec.get('volumes').borrowed ? [] : [...volume.remove(), ...mounts.flatMap((mount) => mount.remove())]));
  return [{ label, span: path.head, hostFiles: hostFilesOf }];
}

const inAnnotation = /^(container\.apparmor\.security\.beta\.kubernetes\.io\/|(container\.)?seccomp\.security\.alpha\.kubernetes\.io\/)/;

/** Where a manifest says how the kernel confines a program: seccomp and AppArmor, in fields and in the annotations of old. */
function confinement(yaml: Yaml): readonly PrivilegeFact[] {
  return [
    ...podsOf(yaml).flatMap(({ owner: { label }, spec, metadata }) => [
      ...profiles(label, spec),
      ...metadata.get('annotations').pairs.filter(({ key }) => inAnnotation.test(key))
        .map((entry) => ({ label, span: entry.head, unconfined: profile(entry, entry.key.includes('apparmor') ? 'AppArmor' : 'seccomp', 'runtime/default') })),
    ]),
    ...containersOf(yaml).flatMap(({ label, place }) => profiles(label, place)),
  ];
}

function profiles(label: string, at: Place): readonly PrivilegeFact[] {
  return ([['seccompProfile', 'seccomp'], ['appArmorProfile', 'AppArmor']] as const).flatMap(([field, guard]) => {
    const type = at.get('securityContext', field, 'type');
    return type.exists ? [{ label, span: type.head, unconfined: profile(type, guard, 'RuntimeDefault') }] : [];
  });
}

function profile(place: Place, guard: string, safe: string): Setting<readonly string[]> {
  if (place.text === undefined) return { kind: 'undetermined', span: place.head, because: place.obscured ?? 'no profile is named' };
  return known(/^unconfined$/i.test(place.text) ? [guard] : [], place.head, () => place.put(safe));
}

/** What an admission policy lets every pod have: PodSecurityPolicy (until Kubernetes 1.24) and OpenShift's SecurityContextConstraints. */
function admitted(yaml: Yaml): readonly PrivilegeFact[] {
  return objectsOf(yaml).flatMap(({ kind, name, root }): readonly PrivilegeFact[] => {
    const openshift = kind === 'SecurityContextConstraints';
    if (kind !== 'PodSecurityPolicy' && !openshift) return [];
    const at = openshift ? root : root.get('spec');
    const label = `A pod that the ${kind} ${name} admits`;
    const field = (place: Place) => setting(place.slot, trueFalse, { value: false, source: documented('Kubernetes', '1.16 to 1.24', `API reference, ${kind}`) });
    const names = openshift ? ['allowHostNetwork', 'allowHostPID', 'allowHostIPC'] : ['hostNetwork', 'hostPID', 'hostIPC'];
    const capabilitiesOf = stated(at.get('allowedCapabilities', 0).slot, { read: (raw) => raw, print: (raw) => raw });
    const dangerous = capabilitiesOf && observe(capabilitiesOf, () => at.get('allowedCapabilities').items.flatMap(({ text }) => (text !== undefined && (text === '*' || isNearRoot(text, true)) ? [text] : [])));
    return [
      {
        label,
        span: root.get('metadata').head,
        privileged: field(at.get(openshift ? 'allowPrivilegedContainer' : 'privileged')),
        escalation: setting(at.get('allowPrivilegeEscalation').slot, trueFalse, { value: true, source: documented('Kubernetes', '1.16 to 1.24', `API reference, ${kind}`) }),
        ...(dangerous && { dangerous }),
        ...(!openshift && { writableProgram: invert(field(at.get('readOnlyRootFilesystem'))) }),
      },
      ...names.map((key) => ({ label, span: at.get(key).head, hostNamespace: field(at.get(key)) })),
    ];
  });
}
