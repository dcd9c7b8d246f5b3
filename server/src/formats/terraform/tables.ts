import type { Analysis } from '#engine/analysis.js';
import type { Fact } from '#engine/concept.js';
import { query, type Query } from '#engine/query.js';
import { buckets } from './aws/buckets.js';
import { compute } from './aws/compute.js';
import { databases } from './aws/databases.js';
import { devices } from './aws/devices.js';
import { identity } from './aws/identity.js';
import { messages } from './aws/messages.js';
import { modules, moduleType } from './aws/modules.js';
import { network } from './aws/network.js';
import { records } from './aws/records.js';
import { resourcePolicies } from './aws/resource-policies.js';
import { storage } from './aws/storage.js';
import { web } from './aws/web.js';
import { data } from './azurerm/data.js';
import { services } from './azurerm/services.js';
import { vpn } from './azurerm/vpn.js';
import { data as googleData } from './google/data.js';
import { familyOf, google } from './google/google.js';
import { kubernetes } from './kubernetes/kubernetes.js';
import { alike, type Made } from './instances.js';
import { modulesOf } from './module.js';
import { okta } from './okta/okta.js';
import { paloalto } from './paloalto/paloalto.js';
import { Resource } from './resource.js';
import type { Entry } from './says.js';

/** All resource types there are tables for. */
const types: ReadonlyMap<string, Entry> = new Map([
  buckets, compute, databases, devices, identity, messages, network, records, resourcePolicies, storage, web, modules, data, services, vpn, google, googleData, kubernetes, paloalto, okta,
].flatMap((table) => Object.entries(table)));

interface Told {
  readonly of: Query<any>;
  readonly facts: readonly Fact[];
}

/** What all resources of a file say, by what it is of; computed once however many rules ask. */
const told = query<unknown, Told>('terraform', 'resources', (analysis) => {
  const uses = modulesOf(analysis);
  const byQuery = new Map<Query<any>, Fact[]>();
  const read = (made: readonly Made[]): void => {
    const entry = made[0] && (types.get(made[0].resource.type) ?? familyOf(made[0].resource.type));
    for (const { of, facts } of entry?.says ?? []) {
      const found = alike(made.map((one) => ({ ...one, facts: facts(one.resource, entry!.called) })));
      const list = byQuery.get(of);
      if (list) list.push(...found);
      else byQuery.set(of, [...found]);
    }
  };
  const [first] = uses;
  first?.resources.forEach((_, i) => read(uses.flatMap((module) => module.resources[i]!.map(({ block, key, doubt }) => ({ resource: new Resource(module, block, block, key), doubt })))));
  first?.calls.forEach((_, i) => read(uses.flatMap((module) => module.calls[i]!.flatMap(({ block, key, doubt }) => {
    const type = moduleType(new Resource(module, block).text('source'));
    return type === undefined ? [] : [{ resource: new Resource(module, block, { ...block, labels: [type, block.labels[0]!] }, key), doubt }];
  }))));
  return [...byQuery].map(([of, facts]) => ({ of, facts }));
});

/** The facts that the resources of a file state of one concept or trait. */
export function factsOf(of: Query<any>, analysis: Analysis): readonly Fact[] {
  return told.select(analysis).find((one) => one.of === of)?.facts ?? [];
}
