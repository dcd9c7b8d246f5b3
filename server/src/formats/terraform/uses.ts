import type { Surroundings } from '#engine/analysis.js';
import { shared } from '#engine/shared.js';
import { fileOf, folderIndex, moduleCall, moduleFile, type ModuleCall } from './module-files.js';
import { evaluate } from './evaluate.js';
import { lockedIn } from './lock-file.js';
import { asItIs, scopeOf, type Use } from './scope.js';
import { isWhole, plain, type Value } from './values.js';

/** The most different uses of a module that are looked at. */
const most = 12;
/** How far the callers of callers are followed. */
const deepest = 4;

/** Folders in which a module shows how it may be called: nothing there says how it is. */
const showing = /(?:^|\/)(?:examples?|tests?|fixtures)(?:\/|$)/;

/**
 * How a module is used: as each of the calls in the workspace says, whose arguments may come from their own callers; as it is
 * where nobody calls it. Calls that give the same count once.
 */
export function usesOf(folder: string, surroundings: Surroundings): readonly Use[] {
  return surroundings.shared(uses, folder).map(({ given, asks }) => (given ? { given: new Map(given), ...(asks && { asks }) } : asItIs));
}

/** Worked out once for all files of the module: the values that each use gives, nothing for one that gives none. */
const uses = shared('terraform uses of a module', (folder, surroundings) => follow(folder, surroundings, new Set()).map(({ given, asks }) => ({ given: given && [...given], asks })));

function follow(folder: string, surroundings: Surroundings, seen: ReadonlySet<string>): readonly Use[] {
  const calls = surroundings.exported(moduleCall, folder).items.filter(({ value }) => showing.test(folder) || !showing.test(`${value.folder}/`));
  if (calls.length === 0 || seen.size >= deepest || seen.has(folder)) return [asItIs];
  const found = new Map<string, Use>();
  const followed = new Set([...seen, folder]);
  for (const { path, value: call } of calls) {
    const caller = folderIndex(surroundings.exported(moduleFile, call.folder).items);
    for (const use of follow(call.folder, surroundings, followed)) {
      const scope = scopeOf(undefined, caller, use, surroundings);
      const asked = [...caller.providers.values()].flat().map(({ name, value }) => [name, value] as const);
      const asks = [...asked, ...surroundings.shared(lockedIn, call.folder), ...(use.asks ?? [])];
      const given = new Map(call.given.map(([name, told]) => [name, passed(name, 'is' in told ? told : evaluate(told, scope), call, path)] as const));
      const key = [...asks.map(([provider, constraint]) => `${provider} ${constraint}`).sort(), ...[...given].map(([name, one]) => `${name}=${isWhole(one) ? plain(one) : JSON.stringify(one)}`)].join('\n');
      if (!found.has(key)) found.set(key, { given, asks });
      if (found.size > most) return [...found.values()].slice(0, most).concat({ given: new Map(call.given.map(([name]) => [name, tooMany(name)])) });
    }
  }
  return [...found.values()];
}

function passed(name: string, value: Value, { name: module }: ModuleCall, path: string): Value {
  const by = `module "${module}" in ${fileOf(path)}`;
  if (value.is === 'unknown') return { is: 'unknown', because: `${by} gives var.${name}, and ${value.because}`, source: `var.${name}` };
  return { ...value, through: `given by ${by}` };
}

function tooMany(name: string): Value {
  return { is: 'unknown', because: `more calls of this module give var.${name} than are followed`, source: `var.${name}` };
}
