import type { PrivilegeFields } from '#concepts/privilege.js';
import { documented } from '#engine/release.js';
import type { Codec, Slot } from '#engine/setting.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { controlsHost, isNearRoot } from '#notations/containers.js';
import type { Place } from '#notations/yaml.js';
import { workloadOf } from './workloads.js';
import { isVariable, mounts, servicesOf, trueFalse, type Compose, type Service } from './services.js';

type PrivilegeFact = Fact & Fields<PrivilegeFields>;

const source = documented('Docker Compose', '1.27 to 5.0', 'Compose Specification, services');

/** What services may do on the machine that runs them. */
export function privileges(yaml: Compose): readonly PrivilegeFact[] {
  return servicesOf(yaml).flatMap((service) =>
    [ofService(service), ...namespaces(service), ...hostFiles(service), ...confinement(service), ...supervisor(service)]);
}

/** A slot that another definition may fill, and whose text may come from a variable. */
export function slotOf({ elsewhere }: Service, place: Place): Slot {
  const { slot } = place;
  if (slot.raw !== undefined && isVariable(slot.raw)) return { ...slot, raw: undefined, obscured: 'a variable fills it in' };
  return slot.raw === undefined && slot.obscured === undefined && elsewhere !== undefined ? { ...slot, obscured: elsewhere } : slot;
}

function ofService(service: Service): PrivilegeFact {
  const { place, label } = service;
  // What a part leaves out is said of the file that states it.
  const has = (...keys: readonly string[]) => !service.isPart || keys.some((key) => place.get(key).exists);
  const readOnly = setting(slotOf(service, place.get('read_only')), trueFalse, { value: false, source });
  return {
    label,
    span: place.head,
    whole: workloadOf(service),
    ...(has('privileged') && { privileged: setting(slotOf(service, place.get('privileged')), trueFalse, { value: false, source }) }),
    ...(has('user') && { root: root(service) }),
    ...(has('security_opt') && { escalation: escalation(service) }),
    dangerous: capabilities(service),
    ...(has('read_only') && { writableProgram: translate(readOnly, (on) => !on, (may) => !may) }),
  };
}

/** `user:` wins over the image; without it the image decides, which this file does not hold. */
function root(service: Service): Setting<boolean> {
  const user: Codec<boolean> = { read: (raw) => /^(root|0)(:|$)/.test(raw), print: (isRoot) => (isRoot ? 'root' : '10001:10001') };
  return setting(slotOf(service, service.place.get('user')), user, { because: 'the image decides which user it runs as; state `user`' });
}

function escalation(service: Service): Setting<boolean> {
  const { place, elsewhere } = service;
  const options = place.get('security_opt');
  const stand = options.items.find(({ text }) => /^no-new-privileges(?![\w-])/.test(text ?? ''));
  const why = options.incomplete ?? options.obscured ?? (stand ? undefined : elsewhere);
  const span = (stand ?? (options.exists ? options : place)).head;
  if (why !== undefined) return undetermined(span, why);
  const refused = stand !== undefined && !/[:=]false$/.test(stand.text!);
  const write = (may: boolean) => (may ? [] : stand ? stand.put('no-new-privileges:true') : options.append('no-new-privileges:true'));
  return stand ? known(!refused, span, write) : { kind: 'default', value: true, span, source: documented('Docker Engine', '20.10 to 28', 'docker run, --security-opt'), write };
}

function capabilities({ place }: Service): Setting<readonly string[]> {
  const added = place.get('cap_add');
  const why = added.incomplete ?? added.obscured;
  if (why !== undefined) return undetermined(added.head, why);
  const near = added.items.filter(({ text }) => text !== undefined && isNearRoot(text, place.get('network_mode').text === 'host'));
  if (near.length === 0) return known([], (added.exists ? added : place).head);
  return known(near.map(({ text }) => text!), near[0]!.head, (wanted) => (wanted.length > 0 ? [] : near.length === added.items.length ? added.remove() : near.flatMap((item) => item.remove())));
}

/** `network_mode`, `pid`, `ipc`, `uts`, `userns_mode`, `cgroup`: each shares one part of the host when it says `host`. */
function namespaces(service: Service): readonly PrivilegeFact[] {
  return ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup'].flatMap((name): readonly PrivilegeFact[] => {
    const place = service.place.get(name);
    if (!place.exists && service.elsewhere === undefined && place.obscured === undefined) return [];
    const word = stated(slotOf(service, place), { read: (raw: string) => raw, print: (raw: string) => raw });
    if (!word) return [];
    return [{ label: service.label, span: place.head, hostNamespace: word.kind === 'undetermined' ? word : known(word.value === 'host', place.head, (shared) => (shared ? [] : place.remove())) }];
  });
}

function hostFiles(service: Service): readonly PrivilegeFact[] {
  const devices = service.place.get('devices').items.flatMap((item) => {
    const path = item.text?.split(':')[0] ?? item.get('source').text ?? '';
    return /^\/dev\/(mem|kmem|port|sd[a-z]\d*|nvme\d+(n\d+(p\d+)?)?|mapper\/.*|dm-\d+|vd[a-z]\d*|xvd[a-z]\d*)$|^\/dev\/?$/.test(path) ? [{ place: item, source: path, readOnly: false }] : [];
  });
  return [...mounts(service), ...devices].map(({ place, source: path, readOnly }): PrivilegeFact => ({
    label: `${service.label}, which sees ${path} of the machine,`,
    span: place.head,
    hostFiles: isVariable(path) ? undetermined(place.head, 'a variable fills in the path') : known(controlsHost(path, readOnly) || devices.some((device) => device.place === place), place.head, (wanted) => (wanted ? [] : place.remove())),
  }));
}

const guards: Readonly<Record<string, string>> = table({ seccomp: 'seccomp', apparmor: 'AppArmor', label: 'SELinux', systempaths: 'the masks over /proc and /sys' });

/** Every line of `security_opt` that says how the kernel confines a service; without one, Docker applies its own profiles. */
function confinement({ place, label }: Service): readonly PrivilegeFact[] {
  return place.get('security_opt').items.flatMap((option): readonly PrivilegeFact[] => {
    const [, by, off] = /^(seccomp|apparmor|label|systempaths)[:=](unconfined$|disable$)?/.exec(option.text ?? '') ?? [];
    if (by === undefined) return [];
    return [{ label, span: option.head, unconfined: known(off === undefined ? [] : [guards[by]!], option.head, () => option.remove()) }];
  });
}

/** balena: labels by which the supervisor of a device hands its own powers to a service. */
const powers = /^io\.balena\.features\.(balena-socket|dbus|supervisor-api|balena-api|kernel-modules|procfs|sysfs)$/;

function supervisor({ place, label }: Service): readonly PrivilegeFact[] {
  const labels = place.get('labels');
  const stands = labels.kind === 'map' ? labels.pairs.map((pair) => ({ name: pair.key, value: pair.text, at: pair })) : labels.items.map((item) => ({ name: item.text?.split('=')[0] ?? '', value: item.text?.split('=')[1] ?? '1', at: item }));
  const found = stands.filter(({ name, value }) => powers.test(name) && value !== '0' && value !== undefined);
  return found.map(({ name, at }) => ({ label, span: at.head, dangerous: known([name.slice('io.balena.features.'.length)], at.head, (wanted) => (wanted.length > 0 ? [] : at.remove())) }));
}
