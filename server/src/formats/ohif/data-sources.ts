import { literalAt, obscuredAt, type Exported, type Literal } from '#notations/object-literal.js';

/** One place the viewer takes images from. */
export interface DataSource {
  /** `data source dicomweb`: what people call it. */
  readonly name: string;
  /** Its settings, as if they were the whole file. */
  readonly settings: Exported;
}

/** The data sources of release 3, each with its `configuration`, and the DICOMweb servers of release 2. */
export function dataSourcesOf(file: Exported): readonly DataSource[] {
  const sources = itemsAt(file, ['dataSources']).flatMap((item) => {
    const own: Exported = { ...file, root: item };
    const configuration = literalAt(own, ['configuration']);
    return configuration?.kind === 'object' ? [{ name: nameOf(own, 'sourceName'), settings: { ...file, root: configuration } }] : [];
  });
  const servers = itemsAt(file, ['servers', 'dicomWeb']).map((item) => {
    const settings: Exported = { ...file, root: item };
    return { name: nameOf(settings, 'name'), settings };
  });
  return [...sources, ...servers];
}

/** The objects of a list that the file writes out. */
export function itemsAt(file: Exported, path: readonly string[]) {
  const list = literalAt(file, path);
  const items: readonly Literal[] = list?.kind === 'array' ? list.items : [];
  return items.flatMap((item) => (item.kind === 'object' ? [item] : []));
}

function nameOf(file: Exported, member: string): string {
  const name = literalAt(file, [member]);
  return name?.kind === 'string' && /^[\w .-]{1,60}$/.test(name.raw) ? `data source ${name.raw}` : 'data source';
}

/** Why the data sources cannot be known, where the file does not write them out. */
export function obscuredSources(file: Exported): string | undefined {
  const stated = literalAt(file, ['dataSources']) ?? literalAt(file, ['servers', 'dicomWeb']);
  return stated?.kind === 'expression' ? 'an expression decides it' : stated ? undefined : obscuredAt(file, ['dataSources']);
}
