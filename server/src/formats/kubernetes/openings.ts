import { areEveryone, isEveryone, isPrivateAddress } from '#concepts/network-names.js';
import type { OpeningFields, OpeningPorts } from '#concepts/opening.js';
import { guardedAmong } from '#concepts/opening.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import { addressesAsked, keepsInside } from '#notations/kubernetes-annotations.js';
import { madeElsewhere, type Place, type Yaml } from '#notations/yaml.js';
import { type KubernetesObject, annotation, objectsOf, reference } from './objects.js';

/** A service that a load balancer of the cloud brings to the outside. */
export interface LoadBalancer {
  readonly object: KubernetesObject;
  /** Where it is decided from where it is reached. */
  readonly source: Setting<'anywhere' | 'restricted'>;
  readonly ports: readonly (readonly [from: number, to: number])[];
}

/** The load balancers of a file. */
export function loadBalancers(yaml: Yaml): readonly LoadBalancer[] {
  return objectsOf(yaml).flatMap((object) => {
    const spec = object.root.get('spec');
    if (object.kind !== 'Service' || object.group !== '' || spec.get('type').text !== 'LoadBalancer') return [];
    const ports = spec.get('ports').items.flatMap((port): (readonly [number, number])[] => {
      const number = Number(port.get('port').text);
      return Number.isInteger(number) ? [[number, number]] : [];
    });
    return [{ object, source: sourceOf(object, spec), ports }];
  });
}

function sourceOf(object: KubernetesObject, spec: Place): Setting<'anywhere' | 'restricted'> {
  const type = spec.get('type');
  const ranges = spec.get('loadBalancerSourceRanges');
  const annotations = object.root.get('metadata', 'annotations');
  const why = ranges.obscured ?? ranges.incomplete ?? annotations.incomplete;
  const asked = addressesAsked((name) => annotation(object, name), spec.get('loadBalancerIP').text);
  if (keepsInside((name) => annotation(object, name)) || (asked.length > 0 && asked.every(isPrivateAddress))) return known('restricted', type.head);
  if (why !== undefined) return undetermined(type.head, why);
  const world = ranges.items.filter(({ text }) => text !== undefined && isEveryone(text));
  const unsure = world.length > 0 ? undefined : ranges.items.map(madeElsewhere).find(Boolean);
  if (unsure) return unsure;
  const open = areEveryone(ranges.items.map(({ text }) => text ?? ''));
  const write = (wanted: 'anywhere' | 'restricted') => (wanted === 'anywhere' ? [] : world.length > 0 ? world[0]!.put('192.0.2.0/24') : ranges.items.length > 0 ? [] : ranges.append('192.0.2.0/24'));
  if (ranges.items.length > 0) return known(open ? 'anywhere' : 'restricted', ranges.head, write);
  return { kind: 'default', value: 'anywhere', span: type.head, source: reference('API reference, ServiceSpec v1 core'), write };
}

/** The guarded services that a load balancer opens. */
export function openings(yaml: Yaml): readonly (Fact & OpeningPorts & Fields<OpeningFields>)[] {
  return loadBalancers(yaml).filter(({ ports }) => guardedAmong(ports).length > 0).map(({ object, source, ports }) => ({ label: object.label, span: source.span, ports, protocol: 'tcp', source }));
}
