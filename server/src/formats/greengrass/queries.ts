import { query } from '#engine/query.js';
import type { Place, Yaml } from '#notations/yaml.js';
import { componentsOf, named, rootOf } from './components.js';

/** A group of devices behind the core, and whether it takes in every one and lets each do everything. */
export interface Group {
  readonly name: string;
  readonly rule: Place;
  readonly open: boolean;
}

export const Groups = query<Yaml, Group>('greengrass', 'device groups', ({ tree }) =>
  componentsOf(tree)
    .filter(({ name }) => name === 'aws.greengrass.clientdevices.Auth')
    .flatMap(({ settings }) => {
      const groups = settings.get('deviceGroups');
      return groups.get('definitions').pairs.map((group) => {
        const rule = group.get('selectionRule');
        const policy = group.get('policyName').text;
        const wide =
          policy !== undefined &&
          groups
            .get('policies', policy)
            .pairs.some((statement) => ['operations', 'resources'].every((key) => statement.get(key).items.some(({ text }) => text === '*')));
        return { name: group.key, rule: rule.exists ? rule : group, open: wide && /^thingName:\s*\*$/.test(rule.text?.trim() ?? '') };
      });
    }),
);

/** Where a file says whether a function runs in a container of its own: in a recipe, or in the request that makes one. */
export const Isolation = query<Yaml, Place>('greengrass', 'isolation', ({ tree }) => {
  const root = rootOf(tree);
  if (!root) return [];
  return [...root.descend()].filter((place) => place.pair !== undefined && /^(containerMode|isolationMode)$/.test(place.key)
    && (place.text !== undefined || place.obscured !== undefined));
});

/** The artifacts of a recipe: files that are fetched, and whether the recipe names their digest. */
export const Artifacts = query<Yaml, Place>('greengrass', 'artifacts', ({ tree }) => {
  const root = rootOf(tree);
  return root
    ? named(root, 'Manifests').items.flatMap((manifest) =>
        named(manifest, 'Artifacts')
          .items.map((artifact) => named(artifact, 'URI'))
          .filter(({ text }) => text !== undefined),
      )
    : [];
});
