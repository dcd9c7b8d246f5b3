import type { Whole } from '#engine/concept.js';
import { stakeOf } from '#notations/workloads.js';
import { Resource } from '../resource.js';
import { textOf, type Value } from '../values.js';

/** The workload a container belongs to. `spec` is where its pod stands in the resource. */
export function workload(spec: string): (container: Resource, called: string) => Whole {
  return (container, called) => {
    const resource = new Resource(container.module, container.top, container.top, container.key);
    const pods = resource.nested(spec);
    const containers = pods.flatMap((pod) => [...pod.nested('container'), ...pod.nested('init_container')]);
    const template = spec.includes('.') ? resource.nested(spec.replace(/\.spec$/, '.metadata')) : resource.nested('metadata');
    const labels = template.flatMap((metadata) => entriesOf(metadata.value('labels')));
    const names = [resource.name, ...resource.nested('metadata').flatMap((one) => [one.text('name'), one.text('namespace')]), ...labels.map(([, value]) => textOf(value)), ...containers.flatMap((one) => [one.text('name'), one.text('image')])];
    return { label: `the ${called} "${resource.title}"`, span: resource.span, stake: stakeOf({ privileged: isPrivileged(pods, containers), reached: isReached(resource, containers, labels), names }) };
  };
}

const holds = (text: string | undefined) => text === 'true';

function isPrivileged(pods: readonly Resource[], containers: readonly Resource[]): boolean {
  return pods.some((pod) => ['host_network', 'host_pid', 'host_ipc'].some((name) => holds(pod.text(name)))) || containers.some((one) => holds(one.text('security_context.privileged')));
}

/** Whether a port of the node leads to it, or a service of the same file that stands outside. */
function isReached({ module }: Resource, containers: readonly Resource[], labels: readonly Entry[]): boolean {
  if (containers.some((one) => one.nested('port').some((port) => (port.text('host_port') ?? '0') !== '0'))) return true;
  const services = module.resources.flat().filter(({ block }) => /^kubernetes_service(?:_v1)?$/.test(block.labels[0]!));
  return services.some(({ block }) => new Resource(module, block).nested('spec').some((service) => {
    const selector = entriesOf(service.value('selector'));
    return /^(NodePort|LoadBalancer)$/.test(service.text('type') ?? '') && selector.length > 0
      && selector.every(([name, value]) => labels.some(([own, label]) => own === name && textOf(label) !== undefined && textOf(label) === textOf(value)));
  }));
}

type Entry = readonly [name: string, value: Value];

const entriesOf = (value: Value | undefined): readonly Entry[] => (value?.is === 'object' ? value.entries : []);
