import { configurationSchema, type Schema } from './schema.js';

let whole: Schema | undefined;

/** What the schema of `.hipaa-lint.yaml` says of the place a path of keys leads to, `null` being an item of a list; nothing for a path it does not know. */
export function schemasAt(path: readonly (string | null)[]): readonly Schema[] {
  whole ??= configurationSchema();
  let here = [whole];
  for (const step of path) {
    here = here.flatMap(alternatives).flatMap((schema) => {
      const next = step === null ? schema.items : keyOf(schema, step);
      return next ? [next] : [];
    });
  }
  return here.flatMap(alternatives);
}

/** The schemas of which one must hold. */
export function alternatives(schema: Schema): readonly Schema[] {
  const { oneOf, ...shared } = schema;
  return oneOf ? oneOf.map((one) => ({ ...shared, ...one })) : [schema];
}

function keyOf({ properties = {}, additionalProperties }: Schema, key: string): Schema | undefined {
  if (Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}
