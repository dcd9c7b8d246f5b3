import type { Fact } from '#engine/concept.js';
import type { Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Resource } from './resource.js';

/** A resource that a block makes, in one use of its module. */
export interface Made {
  readonly resource: Resource;
  /** Why nobody can say whether it is there. */
  readonly doubt?: string | undefined;
}

/**
 * The facts of all that one block makes. What all say alike is said once, of the block; what only some say is said of them, by their
 * key. Settings that stand in another file are left to that file.
 */
export function alike(made: readonly (Made & { readonly facts: readonly Fact[] })[]): readonly Fact[] {
  const shown = made.map((one) => ({ ...one, facts: one.facts.flatMap((fact) => placed(fact, one) ?? []) }));
  const [first] = shown;
  if (!first) return [];
  if (shown.length === 1) return first.facts;
  const found = new Map<string, { readonly fact: Fact; readonly resource: Resource; readonly sayers: Set<number> }>();
  shown.forEach(({ facts, resource }, i) => {
    for (const fact of facts) {
      const saying = JSON.stringify(fact, leaveOut);
      const before = found.get(saying);
      if (before) {
        before.sayers.add(i);
        // What is certain of one of them needs no doubt about another.
        if (before.fact.doubt !== undefined && fact.doubt === undefined) found.set(saying, { ...before, fact, resource });
      } else found.set(saying, { fact, resource, sayers: new Set([i]) });
    }
  });
  const keys = new Set(shown.map(({ resource }) => resource.key));
  return [...found.values()].map(({ fact, resource, sayers }) => {
    const all = [...keys].every((key) => [...sayers].some((i) => shown[i]!.resource.key === key));
    return all && resource.key !== undefined ? { ...fact, label: fact.label.replace(`"${resource.title}"`, `"${resource.name}"`) } : fact;
  });
}

/** How a value came about, what a resource is called and whether it is sure to be there make no difference. */
function leaveOut(name: string, value: unknown): unknown {
  return name === 'label' || name === 'through' || name === 'doubt' ? undefined : value === Infinity ? 'for ever' : value;
}

/** The fact with the settings that are shown in this file; nothing where none is. */
function placed(fact: Fact, { resource, doubt }: Made): Fact | undefined {
  const doubted = doubt === undefined ? fact : { ...fact, doubt };
  const settings = Object.entries(fact).filter((one): one is [string, Setting<unknown>] => isSetting(one[1]));
  const hidden = settings.filter(([, { span, kind }]) => !resource.module.shows(span, kind === 'default', resource.top));
  if (hidden.length === 0) return doubted;
  if (hidden.length === settings.length) return undefined;
  const left = table<Record<string, unknown>>({ ...doubted });
  for (const [name] of hidden) delete left[name];
  return left as unknown as Fact;
}

function isSetting(value: unknown): value is Setting<unknown> {
  return typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;
}
