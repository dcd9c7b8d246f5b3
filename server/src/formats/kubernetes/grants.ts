import type { PrivilegeFields } from '#concepts/privilege.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { objectsOf, type KubernetesObject } from './objects.js';

/** One line of a Role: these verbs on these resources. */
export interface Grant {
  readonly role: KubernetesObject;
  readonly rule: Place;
  readonly verbs: readonly string[];
  readonly resources: readonly string[];
  readonly groups: readonly string[];
}

/** The roles of a file that a person wrote; those Kubernetes ships are left to it. */
export function roleGrants(yaml: Yaml): readonly Grant[] {
  return objectsOf(yaml).flatMap((role) => {
    if (role.kind !== 'Role' && role.kind !== 'ClusterRole') return [];
    if (role.root.get('metadata', 'labels', 'kubernetes.io/bootstrapping').text === 'rbac-defaults') return [];
    return role.root.get('rules').items.map((rule) => ({ role, rule, verbs: words(rule.get('verbs')), resources: words(rule.get('resources')), groups: words(rule.get('apiGroups')) }));
  });
}

function words(list: Place): readonly string[] {
  return list.items.flatMap(({ text }) => (text === undefined ? [] : [text]));
}

/** Whether a rule of a role lets any of the verbs be done to a resource by its name; wildcards are another finding. */
export function allows({ verbs, resources }: Grant, resource: string, ...any: readonly string[]): boolean {
  return resources.includes(resource) && any.some((verb) => verbs.includes(verb));
}

/** A rule that names `*` for what may be done, to what, and in which API groups: one group is not everything. */
export const isEverything = ({ verbs, resources, groups }: Grant): boolean => verbs.includes('*') && resources.includes('*') && groups.includes('*');

/**
 * Rights that lead to all others: Kubernetes documentation, "Role Based Access Control Good Practices", privilege escalation
 * risks. Reading secrets and making pods have rules of their own.
 */
function nearEverything(grant: Grant): readonly string[] {
  const found: string[] = [];
  const name = (resource: string, ...verbs: readonly string[]) => {
    for (const verb of verbs) if (allows(grant, resource, verb)) found.push(`${verb} ${resource}`);
  };
  // What it may do to all of one group is all of the cluster only where the group holds Secrets and pods.
  if (grant.verbs.includes('*') && grant.resources.includes('*') && grant.groups.includes('') && !isEverything(grant)) found.push('everything in the core group');
  if (grant.verbs.includes('impersonate')) for (const who of grant.resources.filter((resource) => /^(users|groups|serviceaccounts|uids|userextras.*|\*)$/.test(resource))) found.push(`impersonate ${who}`);
  for (const role of ['roles', 'clusterroles']) name(role, 'bind', 'escalate');
  for (const inside of ['pods/exec', 'pods/attach']) name(inside, 'create', 'get', '*');
  name('nodes/proxy', 'get', 'create', '*');
  name('serviceaccounts/token', 'create', '*');
  name('certificatesigningrequests/approval', 'update', 'patch', '*');
  for (const hook of ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations']) name(hook, 'create', 'update', 'patch', '*');
  return found;
}

/** What roles and bindings of a file give, as privileges. */
export function grants(yaml: Yaml): readonly (Fact & Fields<PrivilegeFields>)[] {
  const byRole = roleGrants(yaml).map((grant) => {
    const label = `A holder of ${grant.role.label.replace(/^The/, 'the')}`;
    const list = grant.rule.get('verbs');
    return {
      label,
      span: grant.rule.head,
      everything: known(isEverything(grant), (grant.rule.get('resources').exists ? grant.rule.get('resources') : grant.rule).head),
      dangerous: known(nearEverything(grant), (list.exists ? list : grant.rule).head),
    };
  });
  return [...byRole, ...objectsOf(yaml).flatMap(ofBinding)];
}

/** Roles that Kubernetes itself gives to everyone: they hold nothing but the addresses of the API and one's own rights. */
const meantForAll = /^system:(discovery|basic-user|public-info-viewer|service-account-issuer-discovery)$/;

function ofBinding({ kind, label, root }: KubernetesObject): readonly (Fact & Fields<PrivilegeFields>)[] {
  if (kind !== 'ClusterRoleBinding' && kind !== 'RoleBinding') return [];
  const role = root.get('roleRef', 'name');
  const subjects = root.get('subjects').items;
  const named = subjects.map((subject) => subject.get('name').text ?? '');
  const facts: (Fact & Fields<PrivilegeFields>)[] = [];
  if (kind === 'ClusterRoleBinding' && role.text === 'cluster-admin' && named.some((name) => name !== 'system:masters')) {
    facts.push({ label: `A subject of ${label.replace(/^The/, 'the')}`, span: role.head, everything: known(true, role.head) });
  }
  if (role.text !== undefined && meantForAll.test(role.text)) return facts;
  for (const [i, subject] of subjects.entries()) {
    const who = named[i]!;
    const everyone = /^system:(anonymous|unauthenticated)$/.test(who);
    if (who === 'system:authenticated') {
      facts.push({ label, span: subject.get('name').head, anyone: undetermined(subject.get('name').head, 'whom the cluster authenticates decides who that is: on GKE, anyone with a Google account') });
      continue;
    }
    facts.push({ label, span: subject.get('name').head, anyone: known(everyone, subject.get('name').head, (wanted) => (wanted ? [] : subjects.length > 1 ? subject.remove() : [])) });
  }
  return facts;
}
