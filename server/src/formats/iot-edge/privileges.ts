import type { PrivilegeFields } from '#concepts/privilege.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { controlsHost, isNearRoot } from '#notations/containers.js';
import { elements, nodeAt, property, type Json, type JSONPath, type Node } from '#notations/json.js';
import { modulesOf, type Module } from './modules.js';

type PrivilegeFact = Fact & Fields<PrivilegeFields>;

/** What the modules may do to the device they run on. */
export function privileges(file: Json): readonly PrivilegeFact[] {
  return modulesOf(file).flatMap((module) => (module.options ? [...host(module), ...confinement(module), ...files(module)] : []));
}

function host(module: Module): readonly PrivilegeFact[] {
  const options = module.options!;
  const at = (...path: JSONPath) => nodeAt(options.inner, path);
  const fact = (node: Node) => ({ label: module.label, span: options.place(node) });
  const privileged = at('HostConfig', 'Privileged');
  const user = at('User');
  const added = at('HostConfig', 'CapAdd');
  const near = elements(added).filter(({ value }) => typeof value === 'string' && isNearRoot(value, at('HostConfig', 'NetworkMode')?.value === 'host'));
  const shared = ['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'UsernsMode'].flatMap((name) => at('HostConfig', name) ?? []);
  return [
    ...(privileged?.type === 'boolean'
      ? [{ ...fact(privileged), privileged: setting(module, privileged, ['HostConfig', 'Privileged'], privileged.value === true, false) }]
      : []),
    ...shared.map((node) => {
      const name = String(node.parent?.children?.[0]?.value);
      return { ...fact(node), hostNamespace: setting(module, node, ['HostConfig', name], node.value === 'host', undefined) };
    }),
    ...(user?.type === 'string' && user.value !== '' ? [{ ...fact(user), root: known(/^(root|0)(:|$)/.test(String(user.value)), options.place(user)) }] : []),
    ...(near.length > 0
      ? [
          {
            ...fact(added!),
            dangerous: known<readonly string[]>(
              near.map(({ value }) => String(value)),
              options.place(added!),
              (wanted) => (wanted.length > 0 ? [] : options.change(['HostConfig', 'CapAdd'], others(added, near))),
            ),
          },
        ]
      : []),
  ];
}

const guards: Readonly<Record<string, string>> = table({ seccomp: 'seccomp', apparmor: 'AppArmor', label: 'SELinux' });

/** Every entry of `SecurityOpt` that says how the kernel confines a module. */
function confinement({ label, options }: Module): readonly PrivilegeFact[] {
  return elements(nodeAt(options!.inner, ['HostConfig', 'SecurityOpt'])).flatMap((item, index): readonly PrivilegeFact[] => {
    const [, by, off] = /^(seccomp|apparmor|label)[:=](unconfined$|disable$)?/.exec(String(item.value)) ?? [];
    if (by === undefined) return [];
    const span = options!.place(item);
    const takeAway = () => options!.change(['HostConfig', 'SecurityOpt', index], undefined);
    return [{ label, span, unconfined: known(off === undefined ? [] : [guards[by]!], span, takeAway) }];
  });
}

const others = (list: Node | undefined, near: readonly Node[]) => {
  const kept = elements(list)
    .filter((item) => !near.includes(item))
    .map(({ value }) => value as unknown);
  return kept.length > 0 ? kept : undefined;
};

/** A truth about an option; written as `safe`, or taken away. */
function setting({ options }: Module, node: Node, path: JSONPath, is: boolean, safe: unknown): Setting<boolean> {
  return known(is, options!.place(node), (wanted) => (wanted ? [] : options!.change(path, safe)));
}

/** Binds as `/host:/inside:ro`, and mounts as objects. */
function files(module: Module): readonly PrivilegeFact[] {
  const options = module.options!;
  const list = (name: string) => elements(nodeAt(options.inner, ['HostConfig', name])).map((node, i) => ({ node, path: ['HostConfig', name, i] as JSONPath }));
  const binds = list('Binds').flatMap(({ node, path }) => {
    const [source = '', , mode = ''] = String(node.value ?? '').split(':');
    return source.startsWith('/') ? [{ node, path, source, readOnly: /(^|,)ro(,|$)/.test(mode) }] : [];
  });
  const mounts = list('Mounts').flatMap(({ node, path }) => {
    const value = (name: string) => property(node, name)?.children?.[1]?.value as unknown;
    const source = value('Source');
    return typeof source === 'string' && String(value('Type')).toLowerCase() === 'bind' ? [{ node, path, source, readOnly: value('ReadOnly') === true }] : [];
  });
  return [...binds, ...mounts].map(({ node, path, source, readOnly }) => ({
    label: `${module.label}, which sees ${source} of the device,`,
    span: options.place(node),
    hostFiles: setting(module, node, path, !isWorkload(source) && controlsHost(source, readOnly), undefined),
  }));
}

/** The sockets the runtime hands to modules of its own accord. */
const isWorkload = (source: string) => /^\/(var\/)?run\/iotedge\/(workload|mgmt)\.sock$|^\/(var\/)?run\/aziot\//.test(source);
