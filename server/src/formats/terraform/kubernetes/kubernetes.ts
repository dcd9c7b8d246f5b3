import { Channel } from '#concepts/channel.js';
import { areEveryone, isPrivateAddress } from '#concepts/network-names.js';
import { Opening, guardedAmong } from '#concepts/opening.js';
import { Privilege } from '#concepts/privilege.js';
import { documented } from '#engine/release.js';
import { known, undetermined } from '#engine/setting.js';
import { controlsHost, isNearRoot } from '#notations/containers.js';
import { addressesAsked, certificateAnnotations, keepsInside } from '#notations/kubernetes-annotations.js';
import { Resource } from '../resource.js';
import { workload } from './workloads.js';
import { entry, flag, items, named, reading, says, unsure, where, type Entry, type Field, type Says, type Table } from '../says.js';
import { DroppedCapabilities, NarrowRole } from '../traits.js';
import { entry as valueAt, itemsOf, textOf } from '../values.js';

/** What a container may do; the arguments are named as the fields of the Kubernetes API, whose defaults hold. */
function container(spec: string, kind: string): readonly Says[] {
  const label = { each: `${spec}.${kind}`, whole: workload(spec), called: (one: Resource) => `container${one.text('name') === undefined ? '' : ` ${one.text('name')}`} of` };
  const privileged = flag('security_context.privileged', false);
  return [
    says(Privilege, {}, {
      privileged: (one) => {
        const value = privileged(one);
        // What may always gain rights has to give up both at once.
        return value && value.kind !== 'undetermined' && one.text('security_context.allow_privilege_escalation') !== 'false' && one.has('security_context')
          ? { ...value, write: (wanted) => [...value.write(wanted), ...(wanted ? [] : one.slot('security_context.allow_privilege_escalation').write('false'))] } : value;
      },
      escalation: where((one) => one.text('security_context.privileged') !== 'true', flag('security_context.allow_privilege_escalation', true)),
      writableProgram: reading(flag('security_context.read_only_root_filesystem', false), (readOnly) => !readOnly, (writable) => !writable),
      root: (one) => (one.text('security_context.run_as_user') === '0' ? known(true, one.place('security_context.run_as_user').span, (root) => (root ? [] : one.slot('security_context.run_as_user').write('10001'))) : unsure(one, 'security_context.run_as_user')),
      dangerous: (one) => items('security_context.capabilities.add', (added) => added.filter((name) => isNearRoot(name, sharesNetwork(one, spec))), undefined)(one),
    }, label),
    says(DroppedCapabilities, {}, { holds: dropped }, label),
  ];
}

/** Whether the pod of a container is in the network of its node. */
function sharesNetwork({ module, top, key }: Resource, spec: string): boolean {
  return new Resource(module, top, top, key).nested(spec).some((one) => one.text('host_network') === 'true');
}

const dropped: Field<boolean> = (one) => {
  const drop = one.value('security_context.capabilities.drop');
  const { span } = one.place('security_context.capabilities.drop');
  if (drop?.is === 'unknown') return undetermined(span, drop.because);
  const names = itemsOf(drop).map((name) => (textOf(name) ?? '').toUpperCase().replace(/^CAP_/, ''));
  const enough = names.includes('ALL') || names.includes('NET_RAW');
  const write = (wanted: boolean) => (wanted && drop === undefined ? one.place('security_context.capabilities.drop').state('["ALL"]') : []);
  return drop === undefined ? { kind: 'default', value: false, span, source: documented('Kubernetes', '1.20 to 1.37', 'API reference, Capabilities v1 core'), write } : known(enough, span, write);
};

/** What a pod shares with the machine it runs on. */
function pod(spec: string): readonly Says[] {
  const shared = (name: string) => says(Privilege, {}, { hostNamespace: flag(name, undefined) }, { each: spec });
  return [
    shared('host_network'), shared('host_pid'), shared('host_ipc'),
    says(Privilege, {}, { hostFiles: (one) => {
      const path = one.text('path');
      return path === undefined ? undefined : known(controlsHost(path, false), one.place('path').span);
    } }, { each: `${spec}.volume.host_path`, called: 'volume of' }),
    ...container(spec, 'container'), ...container(spec, 'init_container'),
  ];
}

/** What a rule of a role lets its holders do that reaches beyond one task: Kubernetes documentation, "Role Based Access Control Good Practices". */
function wideRights(one: Resource): readonly string[] {
  const [anyVerb, anyResource] = [grants(one, 'verbs', '*'), grants(one, 'resources', '*')];
  const may = (verb: string) => anyVerb || grants(one, 'verbs', verb);
  const kinds = itemsOf(one.value('resources')).map((item) => textOf(item) ?? '').filter((name) => name !== '');
  return [
    ...(anyVerb ? [`do everything to ${kinds.slice(0, 3).join(', ') || 'what it names'}`] : []),
    ...(anyResource ? ['use every kind of object'] : []),
    ...(!anyVerb && grants(one, 'resources', 'secrets') && ['get', 'list', 'watch'].some(may) ? ['read Secrets'] : []),
    ...(!anyVerb && grants(one, 'resources', 'pods') && may('create') ? ['start programs'] : []),
  ];
}

const isEverything = (one: Resource) => grants(one, 'verbs', '*') && grants(one, 'resources', '*');

const role: readonly Says[] = [
  says(Privilege, {}, { everything: (one) => known(isEverything(one), one.span) }, { each: 'rule' }),
  says(NarrowRole, {}, { holds: (one) => known(wideRights(one).length === 0, one.span) }, {
    each: 'rule', when: (one) => !isEverything(one), tail: (one) => (wideRights(one).length === 0 ? '' : `whose holders may ${wideRights(one).join(' and ')}`),
  }),
];

function grants(rule: Resource, name: 'verbs' | 'resources', word: string): boolean {
  return itemsOf(rule.value(name)).some((item) => textOf(item) === word);
}

const annotationsOf = (resource: Resource) => resource.value('metadata.annotations');

/** Guarded services that a load balancer brings to the outside, open to all unless ranges are listed: Kubernetes 1.34, API reference, ServiceSpec v1 core. */
const loadBalancer: Says = {
  of: Opening,
  facts: (resource, called) => {
    const [spec] = resource.nested('spec');
    const ports = (spec?.nested('port') ?? []).map((one) => Number(one.text('port'))).filter(Number.isInteger).map((port) => [port, port] as const);
    const annotations = annotationsOf(resource);
    if (spec?.text('type') !== 'LoadBalancer' || guardedAmong(ports).length === 0) return [];
    const place = spec.place('load_balancer_source_ranges');
    const ranges = spec.value('load_balancer_source_ranges');
    const open = [annotations, ...itemsOf(ranges)].find((one) => one?.is === 'unknown');
    const wide = ranges === undefined || areEveryone(itemsOf(ranges).map((one) => textOf(one) ?? ''));
    const asked = addressesAsked((name) => textOf(valueAt(annotations, name)), spec.text('load_balancer_ip'));
    const restricted = keepsInside((name) => textOf(valueAt(annotations, name))) || (asked.length > 0 && asked.every(isPrivateAddress)) || !wide;
    const source = open?.is === 'unknown' ? undetermined(place.span, open.because)
      : known<'anywhere' | 'restricted'>(restricted ? 'restricted' : 'anywhere', place.attribute ? place.span : spec.place('type').span, (wanted) => (wanted === 'restricted' ? place.state('["192.0.2.0/24"]') : []));
    return [{ label: named(called, resource), span: resource.span, ports, protocol: 'tcp', source }];
  },
};

/** An ingress without `tls` answers in clear, unless a load balancer holds the certificate. */
const ingress = says(Channel, { role: 'listens' as const, protocol: 'http' }, { protection: (resource) => {
  const annotations = annotationsOf(resource);
  const [spec] = resource.nested('spec');
  if (annotations?.is === 'unknown') return undetermined(resource.span, annotations.because);
  const holder = certificateAnnotations.find((name) => valueAt(annotations, name) !== undefined);
  if (holder !== undefined) return undetermined(resource.span, `the annotation ${holder} lets the load balancer hold the certificate`);
  if (!spec || spec.isDynamic('tls')) return undetermined(resource.span, 'the tls blocks are made from an expression');
  return known(spec.has('tls') ? 'encrypted' as const : 'none' as const, spec.span);
} });

const workloads: readonly (readonly [type: string, called: string, spec: string])[] = [
  ['pod', 'pod', 'spec'], ['deployment', 'deployment', 'spec.template.spec'], ['daemonset', 'daemon set', 'spec.template.spec'], ['daemon_set', 'daemon set', 'spec.template.spec'],
  ['stateful_set', 'stateful set', 'spec.template.spec'], ['replication_controller', 'replication controller', 'spec.template.spec'], ['job', 'job', 'spec.template.spec'], ['cron_job', 'cron job', 'spec.job_template.spec.template.spec'],
];

/** Every type has a name with the version of its API and one without. */
const versions = (type: string): readonly string[] => [`kubernetes_${type}`, `kubernetes_${type}_v1`];

export const kubernetes: Table = Object.fromEntries<Entry>([
  ...workloads.flatMap(([type, called, spec]) => versions(type).map((name) => [name, entry(called, ...pod(spec))] as const)),
  ...versions('service').map((name) => [name, entry('service', loadBalancer)] as const),
  ...versions('ingress').map((name) => [name, entry('ingress', ingress)] as const),
  ...[['role', 'role'], ['cluster_role', 'cluster role']].flatMap(([type, called]) => versions(type!).map((name) => [name, entry(called!, ...role)] as const)),
]);
