import type { Analysis } from '#engine/analysis.js';
import type { Span } from '#engine/text.js';
import { parseHcl, type Block, type Body, type Hcl } from '#notations/hcl.js';
import { isJsonSyntax, parseHclJson } from '#notations/hcl-json.js';
import { bodyElsewhere } from '#notations/hcl-walk.js';
import { addressOf, isOverride, type Folder } from './module-files.js';

/** A file whose blocks are merged with those of others, and where what is said of them is shown. */
export interface Merged {
  readonly file: Hcl;
  /** Whether something found at a place is shown in this file. */
  shows(span: Span, isDefault: boolean, block: Block): boolean;
}

const everything = () => true;

/**
 * The file as Terraform takes it: arguments of `override.tf` and `*_override.tf` replace those of the block of the same name, and
 * their nested blocks replace all blocks of that type. What a file states is shown in that file, and what no file states in the first.
 */
export function merged({ tree: file, path, surroundings }: Analysis<Hcl>, folder: Folder): Merged {
  const overriding = isOverride(path);
  if (!folder.hasOverrides) return { file, shows: overriding ? stated : everything };
  const partners = new Set<string>();
  for (const block of file.body.blocks) {
    for (const one of folder.declared.get(addressOf(block) ?? '') ?? []) if (one.path !== path && (overriding || one.value)) partners.add(one.path);
  }
  const files = [...partners].sort((a, b) => Number(isOverride(a)) - Number(isOverride(b)) || (a < b ? -1 : 1)).flatMap((one) => {
    const opened = surroundings.open(one);
    return typeof opened === 'object' ? [{ path: one, blocks: blocksOf(isJsonSyntax(opened.text) ? parseHclJson(opened.text) : parseHcl(opened.text)) }] : [];
  });
  const blocks = file.body.blocks.map((block) => {
    const address = addressOf(block);
    if (address === undefined) return block;
    const before = files.filter((one) => overriding && (!isOverride(one.path) || one.path < path)).flatMap((one) => one.blocks.get(address) ?? []);
    const after = files.filter((one) => isOverride(one.path) && (!overriding || one.path > path)).flatMap((one) => one.blocks.get(address) ?? []);
    if (before.length === 0 && after.length === 0) return block;
    const bodies = [...before.map((one) => bodyElsewhere(one.body)), block.body, ...after.map((one) => bodyElsewhere(one.body))];
    const { attributes, blocks: nested } = bodies.reduce(over);
    return { ...block, body: { ...block.body, attributes, blocks: nested } };
  });
  return { file: { ...file, body: { ...file.body, blocks } }, shows: overriding ? stated : here };
}

/** In a file that overrides others: what one of its own arguments says. */
function stated({ start, end }: Span, isDefault: boolean, { body }: Block): boolean {
  return !isDefault && start >= body.start && end <= body.end;
}

/** In a file that others override: what they do not say. */
function here({ start }: Span): boolean {
  return start >= 0;
}

function over(before: Body, after: Body): Body {
  const names = new Set(after.attributes.map(({ name }) => name));
  const types = new Set(after.blocks.map(typeOf));
  return {
    ...before,
    attributes: [...before.attributes.filter(({ name }) => !names.has(name) && !types.has(name)), ...after.attributes],
    blocks: [...before.blocks.filter((one) => !types.has(typeOf(one)) && !names.has(typeOf(one))), ...after.blocks],
  };
}

/** A `dynamic` block counts as blocks of the type it makes. */
function typeOf({ type, labels }: Block): string {
  return type === 'dynamic' ? (labels[0] ?? type) : type;
}

function blocksOf(file: Hcl): ReadonlyMap<string, Block> {
  return new Map(file.body.blocks.flatMap((block) => {
    const address = addressOf(block);
    return address === undefined ? [] : [[address, block] as const];
  }).reverse());
}
