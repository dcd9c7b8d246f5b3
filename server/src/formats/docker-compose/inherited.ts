import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import type { Inclusion } from '#engine/format.js';
import { sharedReading } from '#engine/shared.js';
import type { Span } from '#engine/text.js';
import { parseYaml, Place, type Yaml } from '#notations/yaml.js';
import type { Compose } from './services.js';

/** Another file that services come from is read once for all that ask. */
const reading = sharedReading('a file of Compose', parseYaml);

/** A file with the others that it names, which are read when a service extends one of theirs. */
export const opened = oncePer((analysis: Analysis<Compose>): Compose => {
  const { tree, path, surroundings } = analysis;
  const read = (other: string) => {
    const found = surroundings.shared(reading, other);
    return typeof found === 'string' ? undefined : found;
  };
  return { ...tree, path, read };
});

/** The files that a file of Compose takes in: those it includes, and those whose services its own extend. */
export function inclusionsOf({ documents }: Compose, path: string): readonly Inclusion[] {
  return documents.flatMap(({ root }) => {
    const included = root.get('include').items.flatMap((item) => {
      const named = item.kind === 'map' ? item.get('path') : item;
      return named.kind === 'list' ? named.items : [named];
    });
    const extended = root.get('services').pairs.map((service) => service.get('extends', 'file'));
    return [...included, ...extended].flatMap(({ text }) => {
      const other = text === undefined ? undefined : besides(path, text);
      return other === undefined ? [] : [[other]];
    });
  });
}

/** The path of a file that another names from its folder; `undefined` where a variable, an address or the machine decides it. */
export function besides(path: string, named: string): string | undefined {
  if (/[$:*?]|^[/~]/.test(named)) return undefined;
  const steps = path.split('/').slice(0, -1);
  for (const step of named.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** The main file of the folder of an override, which Compose reads below it; `undefined` for other files. */
export function mainOf({ path = '', read }: Compose): { readonly yaml: Yaml; readonly path: string } | undefined {
  const [, folder = '', name] = /^(.*\/)?(docker-compose|compose)\.override\.ya?ml$/.exec(path) ?? [];
  return name === undefined ? undefined : firstOf(read, [`${folder}${name}.yml`, `${folder}${name}.yaml`]);
}

/** The override that Compose reads on top of a main file of a folder; `undefined` for other files. */
export function overrideOf({ path = '', read }: Compose): { readonly yaml: Yaml; readonly path: string } | undefined {
  const [, stem] = /^((?:.*\/)?(?:docker-compose|compose))\.ya?ml$/.exec(path) ?? [];
  return stem === undefined ? undefined : firstOf(read, [`${stem}.override.yml`, `${stem}.override.yaml`]);
}

function firstOf(read: Compose['read'], paths: readonly string[]) {
  for (const path of paths) {
    const yaml = read?.(path);
    if (yaml) return { yaml, path };
  }
  return undefined;
}

/** A service, or a part of it, as it holds once what stands in another definition is put beneath or above it. */
class Joined extends Place {
  constructor(own: Place, private readonly other: Place, private readonly wins: 'own' | 'other') {
    super(own.document, own.node, own.parent, own.name, own.pair, own.borrowed, own.depth);
  }

  override get(...path: readonly (string | number)[]): Place {
    const [step, ...rest] = path;
    if (step === undefined) return this;
    const found = typeof step === 'number' ? this.items[step] ?? super.get(step) : joined(super.get(step), this.other.get(step), this, this.wins);
    return rest.length > 0 ? found.get(...rest) : found;
  }

  override get pairs(): readonly Place[] {
    if (this.kind !== 'map') return super.pairs;
    const own = super.pairs.map((pair) => joined(pair, this.other.get(pair.key), this, this.wins));
    const names = new Set(own.map(({ key }) => key));
    return [...own, ...this.other.pairs.filter(({ key }) => !names.has(key)).map((pair) => lent(pair, this.wins === 'own' ? this : undefined))];
  }

  override get items(): readonly Place[] {
    // What an override adds is said where it stands; here it counts where it may mend something.
    const isSaidThere = this.wins === 'other' && this.key !== 'security_opt';
    return this.kind === 'list' && !isSaidThere ? [...super.items, ...this.other.items] : super.items;
  }

  override get incomplete(): string | undefined {
    return super.incomplete ?? this.other.incomplete;
  }
}

/** Keys whose value is not added to, but put in place of the other; Compose Specification, merge. */
const replacing = new Set(['command', 'entrypoint', 'test']);

function joined(own: Place, other: Place, parent: Place, wins: 'own' | 'other'): Place {
  if (!other.exists || (own.exists && own.tag !== undefined)) return own;
  if (!own.exists) return lent(other, wins === 'own' ? parent : undefined, own.key);
  const isPart = own.kind === other.kind && (own.kind === 'map' || (own.kind === 'list' && !replacing.has(own.key)));
  if (isPart) return new Joined(own, other, wins);
  return wins === 'own' ? own : lent(seenFrom(other, own.head), undefined, own.key);
}

/** A part of another definition at a place that does not state it: there it can be stated anew. */
function lent(other: Place, parent: Place | undefined, name: string | number | undefined = other.name): Place {
  return new Place(other.document, other.node, parent, name, other.pair, other.borrowed, other.depth);
}

/** A place of another definition as one that is seen through a span of this file. */
function seenFrom(other: Place, through: Span): Place {
  return new Place(other.document, other.node, undefined, other.name, other.pair, through, other.depth);
}

/** A service with what it inherits, seen through a span of its own file. */
export function inheriting(own: Place, other: Place, through: Span, wins: 'own' | 'other' = 'own'): Place {
  // What is written at an alias would change what it stands for.
  if (own.borrowed || own.kind !== 'map' || own.span.start !== own.document.start + (own.node?.start ?? -1)) return own;
  return new Joined(own, seenFrom(other, through), wins);
}
