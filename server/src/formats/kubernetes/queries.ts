import { groupedBy } from '#engine/grouping.js';
import { query } from '#engine/query.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Whole } from '#engine/concept.js';
import type { Span } from '#engine/text.js';
import type { Yaml } from '#notations/yaml.js';
import { componentsOf, type Component } from './components.js';
import { roleGrants, type Grant } from './grants.js';
import { everywhere, indexed, networkPolicies, selects, unnamed, workloads } from './network.js';
import { containersOf, objectsOf, podsOf, type Container, type KubernetesObject, type Pod } from './objects.js';
import { loadBalancers, type LoadBalancer } from './openings.js';
import { workloadOf } from './workloads.js';

/** The objects of a file. */
export const Objects = query<Yaml, KubernetesObject & Pick<Fact, 'whole'>>('kubernetes', 'objects', ({ tree, path }) =>
  objectsOf(tree).map((object) => ({ ...object, whole: { label: 'this file', span: { start: 0, end: 0 }, across: path.slice(0, path.lastIndexOf('/') + 1) } })));

/** The pods of a file that are no part of Kubernetes itself. */
export const Pods = query<Yaml, Pod & Pick<Fact, 'whole'>>('kubernetes', 'pods', (analysis) => podsOf(analysis.tree).filter(({ isComponent }) => !isComponent).map((pod) => ({ ...pod, whole: workloadOf(pod, analysis) })));

/** The containers of those pods. */
export const Containers = query<Yaml, Container & Pick<Fact, 'whole'>>('kubernetes', 'containers', (analysis) =>
  containersOf(analysis.tree).filter(({ pod }) => !pod.isComponent).map((container) => ({ ...container, whole: workloadOf(container.pod, analysis) })));

/** The parts of Kubernetes that the pods of a file run. */
export const Components = query<Yaml, Component>('kubernetes', 'components', ({ tree }) => componentsOf(tree));

/** The API servers among them. */
export const ApiServers = query<Yaml, Component>('kubernetes', 'API servers', ({ tree }) => componentsOf(tree).filter(({ name }) => name === 'kube-apiserver'));

/** The lines of roles. */
export const Grants = query<Yaml, Grant>('kubernetes', 'role rules', ({ tree }) => roleGrants(tree));

/** Services of type LoadBalancer. */
export const LoadBalancers = query<Yaml, LoadBalancer>('kubernetes', 'load balancers', ({ tree }) => loadBalancers(tree));

/** The workloads of one namespace, as one file states them, and whether a policy selects each. */
export interface Isolation {
  readonly namespace: string;
  readonly span: Span;
  /** Workloads no policy selects, by label. */
  readonly open: readonly string[];
  /** Why it cannot be told for some. */
  readonly because?: string;
  readonly whole: Whole;
}

/** Which workloads of a file are selected by a NetworkPolicy of any file of the workspace. */
export const Isolations = query<Yaml, Isolation>('kubernetes', 'isolation of workloads', isolations);

function isolations({ tree, surroundings, path, elsewhere }: Analysis<Yaml>): readonly Isolation[] {
  // A patch is no workload of its own.
  if (elsewhere !== undefined) return [];
  const byNamespace = groupedBy(workloads(tree), ({ owner }) => owner.namespace ?? unnamed);
  return [...byNamespace].map(([namespace, here]): Isolation => {
    const told = [namespace, everywhere, ...(namespace === unnamed ? [] : [unnamed])].map((key) => surroundings.exported(networkPolicies, key));
    const policies = told.map(({ items }) => indexed(items));
    const complete = told.every((answer) => answer.complete);
    const verdicts = here.map(({ owner, labels, obscured }) => {
      const answers = policies.flatMap((some) => some.candidates(labels)).map((scope) => selects(scope, labels));
      return { owner, selected: answers.includes(true) ? true : obscured !== undefined || answers.includes(undefined) ? undefined : false };
    });
    const open = verdicts.filter(({ selected }) => selected === false).map(({ owner }) => owner);
    const first = (open[0] ?? verdicts.find(({ selected }) => selected === undefined)?.owner ?? here[0]!.owner).root;
    const span = first.get('metadata', 'name').head;
    const unsure = !complete && open.length > 0 ? 'another file of the workspace may hold a NetworkPolicy for it' : open.length === 0 && verdicts.some(({ selected }) => selected === undefined) ? 'a label or the selector of a NetworkPolicy is not known here' : undefined;
    const whole = { label: namespace === unnamed ? 'this folder' : `the namespace ${namespace}`, span, across: `${path.slice(0, path.lastIndexOf('/') + 1)} ${namespace}` };
    return { namespace, span, whole, open: open.map(({ label }) => label), ...(unsure !== undefined && { because: unsure }) };
  });
}
