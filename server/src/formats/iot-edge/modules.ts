import { oncePer } from '#engine/attached.js';
import type { Edit } from '#engine/text.js';
import type { Embedded } from '#engine/embedded.js';
import type { Variable } from '#notations/container-variables.js';
import { imageOf } from '#notations/containers.js';
import { embedded, type EmbeddedJson } from '#notations/embedded-json.js';
import { imageDocuments, settingsAmong } from '#notations/image-documents.js';
import { change, elements, nodeAt, placeOf, properties, property, type Json, type JSONPath, type Node } from '#notations/json.js';

/** One program the device runs, with the options its container is made with. */
export interface Module {
  readonly name: string;
  readonly label: string;
  readonly path: JSONPath;
  readonly node: Node;
  /** The options of the container engine, read through the text they stand in; absent where there are none to read. */
  readonly options?: EmbeddedJson;
}

/** The modules of a file, those of the runtime included, and of a layered deployment, which names each by its path. */
export const modulesOf = oncePer((file: Json): readonly Module[] => read(file));

/** Where the desired properties of the agent stand: alone, in `modulesContent` (`moduleContent` in templates of 2018), or that in `content`. */
export function agentOf(file: Json): JSONPath {
  const agents: JSONPath[] = [
    ['modulesContent', '$edgeAgent'], ['moduleContent', '$edgeAgent'], ['content', 'modulesContent', '$edgeAgent'], ['content', 'moduleContent', '$edgeAgent'],
    ['$edgeAgent'],
  ];
  return agents.find((path) => nodeAt(file, path)) ?? agents[0]!;
}

function read(file: Json): readonly Module[] {
  const agent = agentOf(file);
  const desired = [...agent, 'properties.desired'];
  const found: Module[] = ['systemModules', 'modules'].flatMap((kind) =>
    properties(nodeAt(file, [...desired, kind])).map(({ name, value }) => moduleOf(file, name, value, [...desired, kind, name])),
  );
  const layered = properties(nodeAt(file, agent)).filter(({ name }) => name.startsWith('properties.desired.modules.'));
  return [...found, ...layered.map(({ name, value }) => moduleOf(file, name.slice('properties.desired.modules.'.length), value, [...agent, name]))].filter(
    ({ node }) => node.type === 'object',
  );
}

function moduleOf(file: Json, name: string, node: Node, path: JSONPath): Module {
  const settings = property(node, 'settings')?.children?.[1];
  // More than 512 characters are split over createOptions, createOptions01, createOptions02 …
  const parts = properties(settings)
    .filter((property) => /^createOptions\d{0,2}$/.test(property.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ value }) => value);
  const options = embedded(file, parts, [...path, 'settings', 'createOptions']);
  return { name, label: `The module ${name}`, path, node, ...(options && { options }) };
}

/** A variable of a module's environment, and the edits that give it another value, or take it away for `undefined`. */
export interface ModuleVariable extends Variable {
  write(value: string | undefined): readonly Edit[];
}

/** The variables of the modules whose values stand in the file: in `env`, and in the options of the container. */
export const variablesOf = oncePer((file: Json): readonly ModuleVariable[] => modulesOf(file).flatMap((module) => given(file, module)));

const givenTo = oncePer((_module: Module) => ({ variables: undefined as readonly ModuleVariable[] | undefined }));
const given = (file: Json, module: Module): readonly ModuleVariable[] => (givenTo(module).variables ??= [...declared(file, module), ...ofContainer(module)]);

/** What a build fills in: `$NAME`, `${NAME}`. */
export const isFilledIn = (text: string): boolean => /\$\{?\w|\{\{/.test(text);

/** `env`: `{ "NAME": { "value": "text" } }`. */
function declared(file: Json, { label, path, node }: Module): readonly ModuleVariable[] {
  return properties(property(node, 'env')?.children?.[1]).flatMap(({ name, value }) => {
    const said = property(value, 'value')?.children?.[1];
    if (said === undefined || !['string', 'number', 'boolean'].includes(said.type)) return [];
    const at = [...path, 'env', name];
    const write = (to: string | undefined) => (to === undefined ? change(file, at, undefined) : change(file, [...at, 'value'], to));
    return [{ label, name, value: String(said.value), span: placeOf(said), write }];
  });
}

/** `Env` of the container engine: `["NAME=text"]`. */
function ofContainer({ label, options }: Module): readonly ModuleVariable[] {
  return elements(options && nodeAt(options.inner, ['Env'])).flatMap((item, i) => {
    const [, name, value] = /^([^=]{1,200})=([\s\S]*)$/.exec(String(item.value ?? '')) ?? [];
    if (name === undefined || value === undefined) return [];
    const write = (to: string | undefined) => options!.change(['Env', i], to === undefined ? undefined : `${name}=${to}`);
    return [{ label, name, value, span: options!.place(item), write }];
  });
}

/** The configuration files that the images of modules make of the variables they are given. */
export function documents(file: Json): readonly Embedded[] {
  return modulesOf(file).flatMap((module) => imageDocuments(imageNameOf(module), given(file, module).map((one) => ({
    ...one, isHere: true, ...(isFilledIn(one.value) && { value: `\${${one.name}}`, write: undefined }),
  })), module.name, module.options && nodeAt(module.options.inner, ['HostConfig', 'Binds']) ? 'a file that is mounted may state it' : undefined));
}

/** Whether a variable is a setting of the configuration file of its image, and judged as such. */
export function isSettingOf(file: Json): (variable: ModuleVariable) => boolean {
  const known = new Set(modulesOf(file).flatMap((module) => {
    const own = given(file, module);
    const settings = settingsAmong(imageNameOf(module), own.map(({ name }) => name));
    return own.filter(({ name }) => settings.has(name));
  }));
  return (variable) => known.has(variable);
}

function imageNameOf({ node }: Module): string {
  const settings = property(node, 'settings')?.children?.[1];
  const image = settings && property(settings, 'image')?.children?.[1];
  return imageOf(String(image?.value ?? '')).name;
}
