import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import type { Whole } from '#engine/concept.js';
import type { Export, ExportKind } from '#engine/format.js';
import { isThisMachine } from '#concepts/network-names.js';
import { stakeOf } from '#notations/workloads.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { indexed, unnamed, type PolicyScope } from './network.js';
import { objectsOf, podsOf, trueFalse, type KubernetesObject, type Pod } from './objects.js';

/** What a Service tells the other manifests: which pods it leads to, and whether from outside the cluster. */
interface ServiceScope extends PolicyScope {
  readonly name: string;
  readonly isOutside: boolean;
}

/** Services with a selector, by namespace. */
const services: ExportKind<ServiceScope> = { name: 'kubernetes-services' };
/** What brings a Service to the outside, by namespace and name of the Service. */
const fronts: ExportKind<true> = { name: 'kubernetes-fronts' };

/** What a file tells of the ways from outside to pods. */
export function waysIn(yaml: Yaml): readonly Export[] {
  return objectsOf(yaml).flatMap((object): readonly Export[] => {
    const key = object.namespace ?? unnamed;
    const led = leadsTo(object);
    if (led.length > 0) return [...new Set(led)].map((name): Export<true> => ({ kind: fronts, key: `${key}/${name}`, value: true }));
    const selector = object.root.get('spec', 'selector').pairs;
    if (object.kind !== 'Service' || object.group !== '' || selector.length === 0) return [];
    const isOutside = /^(NodePort|LoadBalancer)$/.test(object.root.get('spec', 'type').text ?? '');
    const labels = Object.fromEntries(selector.map((one) => [one.key, one.text ?? '']));
    return [{ kind: services, key, value: { labels, complex: false, name: object.name, isOutside } satisfies ServiceScope }];
  });
}

/** The Services an object brings to the outside: Ingress, routes of the Gateway API, Traefik, Istio and OpenShift. */
function leadsTo({ kind, root }: KubernetesObject): readonly string[] {
  const spec = root.get('spec');
  const named = (places: readonly Place[]) => places.flatMap(({ text }) => text ?? []);
  switch (kind) {
    case 'Ingress': {
      const backends = [spec.get('defaultBackend'), spec.get('backend'), ...spec.get('rules').items.flatMap((rule) => rule.get('http', 'paths').items.map((path) => path.get('backend')))];
      return named(backends.flatMap((backend) => [backend.get('service', 'name'), backend.get('serviceName')]));
    }
    case 'HTTPRoute': case 'GRPCRoute': case 'TLSRoute': case 'TCPRoute': case 'UDPRoute':
      return named(spec.get('rules').items.flatMap((rule) => rule.get('backendRefs').items.map((backend) => backend.get('name'))));
    case 'IngressRoute': case 'IngressRouteTCP': case 'IngressRouteUDP':
      return named(spec.get('routes').items.flatMap((route) => route.get('services').items.map((service) => service.get('name'))));
    case 'VirtualService':
      return named(['http', 'tls', 'tcp'].flatMap((protocol) => spec.get(protocol).items.flatMap((one) => one.get('route').items.map((route) => route.get('destination', 'host'))))).map((host) => host.split('.')[0]!);
    case 'Route': return named([spec.get('to', 'name')]);
    default: return [];
  }
}

/** The workloads of a file, by the pod each runs. */
const wholes = oncePer((analysis: Analysis<Yaml>): ReadonlyMap<Pod, Whole> =>
  new Map(podsOf(analysis.tree).map((pod) => [pod, wholeOf(pod, analysis)])));

/** The workload that runs a pod. */
export function workloadOf(pod: Pod, analysis: Analysis<Yaml>): Whole {
  return wholes(analysis).get(pod) ?? wholeOf(pod, analysis);
}

function wholeOf(pod: Pod, analysis: Analysis<Yaml>): Whole {
  const { owner, containers, metadata } = pod;
  const label = owner.label.replace(/^The/, 'the');
  const names = [owner.name, owner.namespace, ...metadata.get('labels').pairs.map(({ text }) => text), ...containers.flatMap(({ name, place }) => [name, place.get('image').text])];
  return { label, span: owner.root.get('kind').head, stake: stakeOf({ privileged: isPrivileged(pod), reached: isReached(pod, analysis), names }) };
}

function isPrivileged({ spec, containers }: Pod): boolean {
  const holds = (place: Place) => trueFalse.read(place.text ?? '') === true;
  return ['hostNetwork', 'hostPID', 'hostIPC'].some((name) => holds(spec.get(name))) || containers.some(({ place }) => holds(place.get('securityContext', 'privileged')));
}

/** Whether a port of the node, or a Service that stands outside or has something outside before it, leads to a pod. */
function isReached({ owner, metadata, containers }: Pod, { surroundings }: Analysis<Yaml>): boolean {
  const opens = containers.some(({ place }) => place.get('ports').items.some((port) => {
    const [number, address] = [port.get('hostPort').text, port.get('hostIP').text];
    return number !== undefined && number !== '0' && !(address !== undefined && isThisMachine(address));
  }));
  if (opens || (owner.kind === 'Service' && owner.group === 'serving.knative.dev')) return true;
  const labels = Object.fromEntries(metadata.get('labels').pairs.map(({ key, text }) => [key, text]));
  return [...new Set([owner.namespace ?? unnamed, unnamed])].some((namespace) => {
    const here = indexed(surroundings.exported(services, namespace).items).candidates(labels) as readonly ServiceScope[];
    return here.some((service) => Object.entries(service.labels).every(([name, value]) => labels[name] === value)
      && (service.isOutside || surroundings.exported(fronts, `${namespace}/${service.name}`).items.length > 0));
  });
}
