import { oncePer } from '#engine/attached.js';
import type { ExportKind } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { objectsOf, podsOf, type Pod } from './objects.js';

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

/** Policies in an order that finds those of a pod among thousands: by one of the labels each asks for. */
export interface PolicyIndex {
  /** Those that may select a pod of these labels; the others do not. */
  candidates(labels: Readonly<Record<string, string | undefined>>): readonly PolicyScope[];
}

/** Worked out once for what all files told under one namespace, however many workloads ask. */
export const indexed = oncePer((told: readonly { readonly value: PolicyScope }[]): PolicyIndex => {
  // Policies of the same selector decide the same.
  const scopes = [...new Map(told.map(({ value }) => [JSON.stringify(value), value])).values()];
  const pairs = (scope: PolicyScope) => Object.entries(scope.labels).map((pair) => ({ pair, written: JSON.stringify(pair) }));
  const usual = groupedBy(scopes.flatMap(pairs), ({ written }) => written);
  const often = (written: string) => usual.get(written)?.length ?? 0;
  const rarest = (scope: PolicyScope) => pairs(scope).sort((a, b) => often(a.written) - often(b.written))[0]?.pair;
  const known = groupedBy(scopes.map((scope) => ({ scope, label: rarest(scope) })), ({ label }) => label?.[0]);
  const byValue = new Map([...known].map(([name, all]) => [name, groupedBy(all, ({ label }) => label?.[1])]));
  const having = (name: string | undefined, value: string | undefined) =>
    (name !== undefined && value === undefined ? known.get(name) : byValue.get(name)?.get(value))?.map(({ scope }) => scope) ?? [];
  return {
    candidates: (labels) => [...having(undefined, undefined), ...Object.entries(labels).flatMap(([name, value]) => having(name, value))],
  };
});

/** A job that names no port runs to its end and answers nobody. */
function answers({ owner: { kind }, containers }: Pod): boolean {
  return (kind !== 'Job' && kind !== 'CronJob') || containers.some(({ place }) => place.get('ports').exists);
}

/** The labels of pods of a file, by the workload that makes them. */
export function workloads(yaml: Yaml) {
  return podsOf(yaml).filter((pod) => !pod.isComponent && answers(pod)).map(({ owner, metadata }) => ({
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
