import type { OpeningPorts } from '#concepts/opening.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import type { Block, Expression } from '#notations/hcl.js';
import { blocksIn, dynamicIn, literal, placeIn, slotAt, type Place, type Said } from '#notations/hcl-slots.js';
import { evaluate } from './evaluate.js';
import { objectOf } from './module-files.js';
import type { Module, Summary } from './module.js';
import { pointsAt, textOf, type Value } from './values.js';

/** A resource of the file, or a block nested in one, as the tables of resource types see it. Paths are dotted: `rule.enabled`. */
export class Resource {
  // Several fields ask for the same paths.
  readonly #places = new Map<string, Place>();
  readonly #values = new Map<string, Value | undefined>();
  readonly #nested = new Map<string, readonly Resource[]>();

  constructor(
    readonly module: Module,
    readonly block: Block,
    /** The resource it is nested in; itself where it is not. */
    readonly top: Block = block,
    /** What tells it from the others that its block makes. */
    readonly key?: string,
  ) {}

  get type(): string {
    return this.top.labels[0]!;
  }

  get name(): string {
    return this.top.labels[1]!;
  }

  /** The name as messages say it: with the key where the block makes several. */
  get title(): string {
    return this.key === undefined ? this.name : `${this.name}[${this.key}]`;
  }

  /** The type of resource or nested block, and its labels. */
  get span(): Span {
    return this.block.head;
  }

  slot(path: string): Slot {
    return slotAt(this.module.file, this.place(path), path, this.module.read);
  }

  place(path: string): Place {
    let place = this.#places.get(path);
    if (!place) this.#places.set(path, (place = placeIn(this.module.file, this.block, path.split('.'))));
    return place;
  }

  /** The edits that make several attributes state the same; those that are missing from one block are written together. */
  stateAll(paths: readonly string[], raw: string): readonly Edit[] {
    const absent = new Map<string, [Place, Said[]]>();
    const edits: Edit[] = [];
    for (const path of paths) {
      const place = this.place(path);
      if (place.attribute || place.dynamic) {
        edits.push(...this.slot(path).write(raw));
        continue;
      }
      const block = path.slice(0, path.lastIndexOf('.') + 1);
      const known = absent.get(block);
      if (known) known[1].push([path.slice(block.length), literal(raw)]);
      else absent.set(block, [place, []]);
    }
    return [...edits, ...[...absent.values()].flatMap(([place, beside]) => place.state(literal(raw), beside))];
  }

  /** What an attribute comes to; `undefined` where it is not stated or `null`. */
  value(path: string): Value | undefined {
    if (!this.#values.has(path)) this.#values.set(path, this.#evaluate(path));
    return this.#values.get(path);
  }

  #evaluate(path: string): Value | undefined {
    const { attribute, dynamic } = this.place(path);
    if (!attribute) return dynamic ? { is: 'unknown', because: `the ${path.split('.').at(-2)} blocks are made from an expression`, source: path } : undefined;
    const value = evaluate(attribute.value, this.module.scope);
    return value.is === 'null' ? undefined : value;
  }

  /** The text of an attribute where it is known. */
  text(path: string): string | undefined {
    return textOf(this.value(path));
  }

  /** The nested blocks of a type: `default_action`, `default_action.redirect`. */
  nested(path: string): readonly Resource[] {
    let found = this.#nested.get(path);
    if (!found) {
      found = path.split('.').reduce<readonly Resource[]>((of, type) => of.flatMap((one) => blocksIn(one.block, type).map((block) => new Resource(this.module, block, this.top, this.key))), [this]);
      this.#nested.set(path, found);
    }
    return found;
  }

  /** Whether nested blocks of a type are made from an expression, so that nobody can say how many there are. */
  isDynamic(type: string): boolean {
    const attribute = this.block.body.attributes.find(({ name }) => name === type);
    return dynamicIn(this.block, type).length > 0 || (attribute !== undefined && !isSpelled(attribute.value) && this.value(type) !== undefined);
  }

  /** Whether the block has a nested block or an attribute that is not null. */
  has(path: string): boolean {
    const steps = path.split('.');
    const holders = steps.length > 1 ? this.nested(steps.slice(0, -1).join('.')) : [this as Resource];
    return holders.some((one) => one.nested(steps.at(-1)!).length > 0 || one.isDynamic(steps.at(-1)!) || one.value(steps.at(-1)!) !== undefined);
  }

  /** The whole block as a value. */
  get whole(): Value {
    return evaluate(objectOf(this.block), this.module.scope);
  }

  /** `aws_s3_bucket.logs`. */
  get address(): string {
    return `${this.type}.${this.name}`;
  }

  /**
   * The resources of another type that point here by an attribute: by reference, or by the same name in the same
   * words. `perhaps` are those whose target nobody can tell, and those that may not exist.
   */
  companions(type: string, by: string, named?: string): { readonly sure: readonly Summary[]; readonly perhaps: readonly Summary[] } {
    const name = named === undefined ? undefined : pointsAt(this.value(named));
    const { at, open } = this.module.pointing(type, by, [this.address]);
    const same = name === undefined || name === this.address ? [] : this.module.pointing(type, by, [name]).at;
    const isThere = ({ certain }: Summary) => certain || !this.certain;
    return { sure: [...at.filter(isThere), ...same], perhaps: [...at.filter((one) => !isThere(one)), ...open.filter((one) => !same.includes(one))] };
  }

  /** Whether neither count nor for_each decides that it exists. */
  get certain(): boolean {
    return !this.top.body.attributes.some(({ name }) => name === 'count' || name === 'for_each');
  }

  /** The edits that write another resource below this one. */
  below(code: string): readonly Edit[] {
    const { text, isJson } = this.module.file;
    if (isJson || !this.top.closed) return [];
    const eol = lineEnd(text);
    return [{ start: this.top.end, end: this.top.end, text: `${eol}${eol}${code.replace(/\n/g, eol)}` }];
  }
}

/** Whether an expression spells out every block that it comes to. */
function isSpelled(value: Expression): boolean {
  return value.kind === 'object' || (value.kind === 'list' && value.items.every(({ kind }) => kind === 'object' || kind === 'literal'));
}

/** The ports of a firewall rule, or why nobody can say. */
export type Ports = OpeningPorts['ports'] | { readonly because: string };

/** Whether the ports of a rule are known. */
export function isKnown(ports: Ports): ports is OpeningPorts['ports'] {
  return ports === 'any' || Array.isArray(ports);
}

/** A resource in another resource's words, from a summary of the same file. */
export function resourceOf(module: Module, summary: Summary): Resource | undefined {
  return summary.block && new Resource(module, summary.block);
}
