import type { Analysis } from '#engine/analysis.js';
import type { Embedded } from '#engine/embedded.js';
import type { Block, Expression, Hcl } from '#notations/hcl.js';
import { blocksIn } from '#notations/hcl-slots.js';
import { documentOf, heredocDocument, type Told } from '#notations/hcl-embedded.js';
import { evaluate } from './evaluate.js';
import { modulesOf } from './module.js';
import type { Scope, Value } from './values.js';

/** What a resource type hands to another program: an argument that holds one document, or one under each name. */
type Holds = { readonly argument: string; readonly each?: true };

/** Manifests of Kubernetes, the values of charts, and the files that ConfigMaps and Secrets hold. */
const holders: ReadonlyMap<string, readonly Holds[]> = new Map<string, readonly Holds[]>([
  ['kubernetes_manifest', [{ argument: 'manifest' }]],
  ['kubectl_manifest', [{ argument: 'yaml_body' }]],
  ['helm_release', [{ argument: 'values' }]],
  ...['kubernetes_config_map', 'kubernetes_config_map_v1', 'kubernetes_secret', 'kubernetes_secret_v1'].map((type) => [type, [{ argument: 'data', each: true }]] as const),
]);

/** Functions that make a text of a value, or read it again: the document is the same. */
const passing = new Set(['yamlencode', 'jsonencode', 'yamldecode', 'jsondecode', 'sensitive', 'nonsensitive', 'tostring']);

/** The most documents of one file that are looked at. */
const most = 200;

/** The documents of other programs that the resources of a file spell out. */
export function documents(file: Hcl, analysis: Analysis): readonly Embedded[] {
  if (!file.body.blocks.some(({ type, labels }) => type === 'resource' && holders.has(labels[0] ?? ''))) return [];
  const [module] = modulesOf(analysis);
  const found = new Map<string, Embedded>();
  for (const { block } of module?.resources.flat() ?? []) {
    for (const holds of holders.get(block.labels[0]!) ?? []) {
      for (const one of held(module!.file, block, holds, module!.scope)) {
        const key = `${one.name}\n${one.text}`;
        if (found.size < most && !found.has(key)) found.set(key, one);
      }
    }
  }
  return [...found.values()];
}

function held(file: Hcl, block: Block, { argument, each }: Holds, scope: Scope): readonly Embedded[] {
  const address = block.labels.join('/');
  if (each) return blocksIn(block, argument).flatMap(({ body }) => body.attributes.flatMap(({ name, value }) => (name.includes('.') ? document(`${address}/${name.replace(/^"|"$/g, '')}`, file, value, scope) : [])));
  const value = block.body.attributes.find(({ name }) => name === argument)?.value;
  if (!value || value.start < 0) return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item, i) => document(items.length > 1 ? `${address}/${i}/${argument}.yaml` : `${address}/${argument}.yaml`, file, item, scope));
}

function document(name: string, file: Hcl, value: Expression, scope: Scope): readonly Embedded[] {
  const inner = unwrapped(value);
  const one = inner.kind === 'object' ? documentOf(name, inner, (part) => toldOf(evaluate(part, scope))) : heredocDocument(name, file, inner) ?? quoted(name, inner, scope);
  return one ? [one] : [];
}

function unwrapped(value: Expression): Expression {
  return value.kind === 'call' && passing.has(value.name) && value.args.length === 1 ? unwrapped(value.args[0]!) : value;
}

/** A text between quotes, or one that comes from elsewhere: what is found in it stands for all of it. */
function quoted(name: string, value: Expression, scope: Scope): Embedded | undefined {
  const said = evaluate(value, scope);
  if (said.is === 'object') return documentOf(name, value, (part) => toldOf(evaluate(part, scope)));
  if (said.is !== 'scalar' || !said.text.includes('\n')) return undefined;
  return { name, text: said.text, pieces: [{ start: 0, end: said.text.length, at: { start: value.start, end: value.end } }] };
}

/** Texts that are numbers or switches are written as such: which of them they were makes no difference here. */
function toldOf(value: Value): Told {
  switch (value.is) {
    case 'null':
      return null;
    case 'scalar':
      return /^(?:true|false)$/.test(value.text) ? value.text === 'true' : /^-?(?:0|[1-9]\d{0,14})$/.test(value.text) ? Number(value.text) : value.text;
    case 'list':
      return { items: value.items.map(toldOf) };
    case 'object':
      return value.rest === undefined ? { entries: value.entries.map(([name, one]) => [name, toldOf(one)]) } : { hole: value.rest };
    case 'partial':
      return { hole: 'a part of it is not known' };
    case 'reference':
      return { hole: value.path.join('.') };
    case 'unknown':
      return { hole: value.source };
  }
}
