import { oncePer } from '#engine/attached.js';
import type { Slot } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { table } from '#engine/table.js';
import { madeElsewhere, type Place, type Yaml } from '#notations/yaml.js';
import { containersOf, objectsOf, type Container } from './objects.js';

export const componentNames = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'etcd'] as const;
export type ComponentName = (typeof componentNames)[number];

/** A part of Kubernetes itself, run with flags in a container (a static pod, as kubeadm writes them). */
export interface Component {
  readonly name: ComponentName;
  readonly container: Container;
  /** `The Kubernetes API server`. */
  readonly label: string;
  /** A flag as a slot: `--name=value`, or a name with its value in the next item. */
  flag(name: string): Slot;
  /** The edits that give flags values; those that are missing are added together. */
  state(flags: readonly (readonly [name: string, value: string])[]): readonly Edit[];
  /** Whether a flag is stated. */
  has(name: string): boolean;
  /** Why a flag that is missing may be stated elsewhere. */
  readonly elsewhere: string | undefined;
}

const labels: Readonly<Record<ComponentName, string>> = table({
  'kube-apiserver': 'The Kubernetes API server', 'kube-controller-manager': 'The controller manager', 'kube-scheduler': 'The scheduler', kubelet: 'The kubelet', etcd: 'The etcd server',
});

/** The parts of Kubernetes that the pods of a file run. */
export const componentsOf = oncePer((yaml: Yaml): readonly Component[] => containersOf(yaml).flatMap(componentOf));

function componentOf(container: Container): readonly Component[] {
  const command = container.place.get('command');
  const args = container.place.get('args');
  const items = [...command.items, ...args.items];
  const program = items.slice(0, 3).flatMap(({ text }) => (text === undefined || text.startsWith('-') ? [] : [text.slice(text.lastIndexOf('/') + 1)]));
  const name = componentNames.find((one) => program.includes(one));
  if (!name) return [];
  const list = args.items.length > 0 ? args : command;
  const unread = [command, args].map((place) => place.incomplete).find((why) => why !== undefined) ?? items.map((item) => madeElsewhere(item)?.because).find((why) => why !== undefined);
  const span = items.find(({ text }) => text?.endsWith(name) && !text.startsWith('-'))?.head ?? container.place.head;
  const find = (flag: string): { readonly place: Place; readonly value: string; readonly next?: Place | undefined } | undefined => {
    for (let i = items.length - 1; i >= 0; i--) {
      const text = items[i]!.text;
      if (text === `--${flag}`) {
        const next = items[i + 1];
        return next?.text !== undefined && !next.text.startsWith('-') ? { place: items[i]!, value: next.text, next } : { place: items[i]!, value: 'true' };
      }
      if (text?.startsWith(`--${flag}=`)) return { place: items[i]!, value: text.slice(flag.length + 3) };
    }
    return undefined;
  };
  const configured = name === 'kubelet' && find('config') ? 'the file named by --config may state it' : undefined;
  const flag = (named: string): Slot => {
    const found = find(named);
    if (!found) return { span, obscured: unread ?? configured, write: (raw) => list.append(`--${named}=${raw}`) };
    return { span: found.place.head, raw: found.value, write: (raw) => (raw === found.value ? [] : found.next ? found.next.put(raw) : found.place.put(`--${named}=${raw}`)) };
  };
  return [{
    name,
    container,
    label: labels[name],
    elsewhere: unread ?? configured,
    has: (flag) => find(flag) !== undefined,
    flag,
    state: (flags) => {
      const missing = flags.filter(([named]) => !find(named));
      return [
        ...flags.flatMap(([named, value]) => (find(named) ? flag(named).write(value) : [])),
        ...(missing.length > 0 ? list.append(...missing.map(([named, value]) => `--${named}=${value}`)) : []),
      ];
    },
  }];
}

/** The kubelet's configuration file, kubelet.config.k8s.io. */
export function kubeletConfigurations(yaml: Yaml): readonly Place[] {
  return objectsOf(yaml).flatMap(({ kind, group, root }) => (kind === 'KubeletConfiguration' && group === 'kubelet.config.k8s.io' ? [root] : []));
}
