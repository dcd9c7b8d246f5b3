import type { ExportKind } from '#engine/format.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { objectsOf, podsOf } from './objects.js';

/** What a NetworkPolicy tells the other manifests: which pods it selects. */
export interface PolicyScope {
  /** Labels a pod must have, all of them; empty for every pod of the namespace. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the selector asks for more than equal labels, so that it cannot be decided here. */
  readonly complex: boolean;
}

/** NetworkPolicies, by namespace. */
export const networkPolicies: ExportKind<PolicyScope> = { name: 'kubernetes-network-policies' };

/** The name under which objects without a namespace meet: whoever applies them decides, for all alike. */
export const unnamed = '';

/** The policies of a file that filter what comes in, by namespace. */
export function policiesOf(yaml: Yaml): readonly { readonly namespace: string; readonly scope: PolicyScope; readonly root: Place }[] {
  return objectsOf(yaml).flatMap(({ kind, namespace, root }) => {
    if (kind === 'CiliumClusterwideNetworkPolicy' || kind === 'GlobalNetworkPolicy') return [{ namespace: everywhere, scope: { labels: {}, complex: true }, root }];
    if (kind !== 'NetworkPolicy' && kind !== 'CiliumNetworkPolicy') return [];
    const selector = root.get('spec', kind === 'NetworkPolicy' ? 'podSelector' : 'endpointSelector');
    const labels = Object.fromEntries(selector.get('matchLabels').pairs.map(({ key, text }) => [key, text ?? '']));
    const complex = selector.get('matchExpressions').exists || selector.obscured !== undefined || selector.get('matchLabels').pairs.some(({ text }) => text === undefined) || root.get('spec', 'selector').exists;
    return [{ namespace: namespace ?? unnamed, scope: { labels, complex }, root }];
  });
}

/** The key of policies that hold for every namespace. */
export const everywhere = '*';

/** The labels of pods of a file, by the workload that makes them. */
export function workloads(yaml: Yaml) {
  return podsOf(yaml).filter(({ isComponent }) => !isComponent).map(({ owner, metadata }) => ({
    owner,
    labels: Object.fromEntries(metadata.get('labels').pairs.map(({ key, text }) => [key, text])),
    obscured: metadata.get('labels').incomplete ?? owner.root.get('metadata', 'namespace').obscured,
  }));
}

/** Whether a policy selects a pod; `undefined` when its selector or a label cannot be read here. */
export function selects(scope: PolicyScope, labels: Readonly<Record<string, string | undefined>>): boolean | undefined {
  const wanted = Object.entries(scope.labels);
  if (wanted.some(([key, value]) => labels[key] !== undefined && labels[key] !== value)) return false;
  if (wanted.some(([key]) => !(key in labels))) return false;
  return scope.complex || wanted.some(([key]) => labels[key] === undefined) ? undefined : true;
}
