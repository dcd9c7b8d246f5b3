import type { Comment } from '#engine/format.js';
import { filledIn } from '#engine/holes.js';
import { undetermined, type Slot, type Undetermined } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { appended, isAssumed, isBroken, put, removed } from './yaml-edits.js';
import { commentsOf, cut, deepest, readBody, type Body, type Mapping, type Node, type Pair } from './yaml-reader.js';
import { unbroken } from './yaml-template-edits.js';
import { mask, type Hole, type Masked } from './yaml-templates.js';
import { Text, type Value } from './yaml-text.js';

export { Text, type Value } from './yaml-text.js';

/** A YAML file: its documents, with templates made invisible. JSON files read the same way. */
export interface Yaml {
  readonly text: string;
  readonly documents: readonly Document[];
  readonly masked: Masked;
}

/** One document of a file. */
export interface Document extends Span {
  readonly yaml: Yaml;
  readonly body: Body;
  /** The outermost value. */
  readonly root: Place;
}

/** Reads a file. Documents whose text did not change are taken from `previous`, wherever they stand now. */
export function parseYaml(text: string, previous?: Yaml): Yaml {
  if (previous?.text === text) return previous;
  const masked = mask(text);
  const known = new Map(previous?.documents.map(({ body }) => [body.source, body]));
  const parts = new Map(previous?.documents.flatMap((document) => [...document.body.parts]));
  const documents: Document[] = [];
  const yaml: Yaml = { text, documents, masked };
  for (const { start, end } of cut(masked.text)) {
    const source = masked.text.slice(start, end);
    const body = known.get(source) ?? readBody(source, parts);
    documents.push(documentOf(yaml, body, start, end));
  }
  return yaml;
}

function documentOf(yaml: Yaml, body: Body, start: number, end: number): Document {
  let root: Place | undefined;
  const document: Document = {
    yaml,
    body,
    start,
    end,
    get root() {
      return (root ??= new Place(document, body.root));
    },
  };
  return document;
}

/** The comments of a file, for exceptions. */
export function yamlComments(yaml: Yaml): readonly Comment[] {
  return yaml.documents.flatMap(({ start, end, body }) => commentsOf(body.source, yaml.text.slice(start, end), start));
}

/** How a comment line is written. */
export const yamlComment = (text: string): string => `# ${text}`;

/**
 * A place of a document where something stands or could stand. Asking for what is not there gives a place that is
 * `absent` and can be written: parents that are missing are made.
 */
export class Place {
  /** The value of a list item or root, or the pair that holds it; none where nothing stands. */
  readonly #found: Node | undefined;

  constructor(
    readonly document: Document,
    found: Node | undefined,
    /** The map or list it is in; none for the root. */
    readonly parent?: Place,
    /** Its key in a map, or its number in a list. */
    readonly name?: string | number,
    readonly pair?: Pair,
    /** The alias or merge key it was reached through: what is written there would change other places too. */
    readonly borrowed?: Span,
    readonly depth: number = 0,
  ) {
    this.#found = found;
  }

  /** The node that stands here, with aliases followed. */
  get node(): Node | undefined {
    let node = this.#found;
    for (let hops = 0; node?.kind === 'alias'; hops++) node = hops < 10 ? this.document.body.anchors.get(node.name) : undefined;
    return node;
  }

  /** `absent`: nothing stands here. `null`: a key without a value. */
  get kind(): 'map' | 'list' | 'scalar' | 'null' | 'absent' {
    const kind = this.node?.kind;
    return kind === undefined || kind === 'alias' ? 'absent' : kind;
  }

  /** Whether the text says anything here, be it `null`. */
  get exists(): boolean {
    return this.#found !== undefined;
  }

  /** The key of a pair as text; empty for items and the root. */
  get key(): string {
    return typeof this.name === 'string' ? this.name : '';
  }

  /** The tag of the product's own on the value: `!secret`, `!Ref`. */
  get tag(): string | undefined {
    const node = this.node;
    return node && 'tag' in node ? node.tag : undefined;
  }

  /** The decoded text of a scalar; none where a template or a tag of the product's own decides it. */
  get text(): string | undefined {
    const node = this.node;
    return node?.kind === 'scalar' && this.obscured === undefined ? node.text : undefined;
  }

  /** How a scalar is written; numbers and booleans in quotes are text for most products. */
  get style(): 'plain' | 'quoted' | 'block' | undefined {
    const node = this.node;
    return node?.kind === 'scalar' ? node.style : undefined;
  }

  /** The value's own characters. A place reached through an alias gives the alias. */
  get span(): Span {
    if (this.borrowed) return this.borrowed;
    const from = this.document.start;
    if (this.#found) return { start: from + this.#found.start, end: from + this.#found.end };
    return this.parent?.head ?? { start: from, end: from };
  }

  /** What to point at: a pair's key with a value on the same line, the first pair of a map, the first line of anything else; where nothing stands, the nearest thing around it. */
  get head(): Span {
    if (this.borrowed) return this.borrowed;
    const { start: from } = this.document;
    const found = this.#found;
    if (!found) return this.parent?.head ?? { start: from, end: from };
    const { pair } = this;
    // A key that stands in the file that takes this one in is not here.
    if (pair && !isAssumed(this.parent?.node)) return this.#firstLine(from + pair.keyStart, from + (found.kind === 'map' || (found.kind === 'list' && !found.flow) ? pair.keyEnd : Math.max(found.end, pair.keyEnd)));
    if (found.kind === 'map' && found.pairs.length > 0) return this.#firstLine(from + found.pairs[0]!.keyStart, from + (found.pairs[0]!.value.kind === 'scalar' ? found.pairs[0]!.value.end : found.pairs[0]!.keyEnd));
    return this.#firstLine(from + found.start, from + found.end);
  }

  #firstLine(start: number, end: number): Span {
    const { text } = this.document.yaml;
    const stop = text.indexOf('\n', start);
    if (stop < 0 || stop >= end) return { start, end };
    return { start, end: text[stop - 1] === '\r' ? stop - 1 : stop };
  }

  /** The place at a path below this one: keys of maps, numbers of list items. */
  get(...path: readonly (string | number)[]): Place {
    let place: Place = this;
    for (const step of path) place = place.#step(step);
    return place;
  }

  #step(name: string | number): Place {
    const node = this.node;
    const depth = this.depth + 1;
    if (node && depth <= deepest) {
      if (typeof name === 'number') {
        if (node.kind === 'list' && node.items[name]) return new Place(this.document, node.items[name], this, name, undefined, this.#loan, depth);
      } else if (node.kind === 'map') {
        const own = lastNamed(node, name);
        if (own) return new Place(this.document, own.value, this, name, own, this.#loan, depth);
        const merged = this.#merged(node, (pair) => pair.key === name)[0];
        if (merged) return new Place(this.document, merged.pair.value, this, name, merged.pair, merged.via, depth);
      }
    }
    return new Place(this.document, undefined, this, name, undefined, this.#loan, depth);
  }

  /** What everything below is reached through: an alias of its own, or that of its parents. */
  get #loan(): Span | undefined {
    const found = this.#found;
    if (this.borrowed || found?.kind !== 'alias') return this.borrowed;
    return this.pair ? this.head : { start: this.document.start + found.start, end: this.document.start + found.end };
  }

  /** The pairs of a map in order, those of `<<` behind its own; a key that repeats counts once, with its last value. */
  get pairs(): readonly Place[] {
    const node = this.node;
    if (node?.kind !== 'map' || this.depth >= deepest) return [];
    const last = new Map(node.pairs.filter(({ key }) => key !== '<<').map((pair) => [pair.key, pair]));
    const own = [...last.values()].map((pair) => new Place(this.document, pair.value, this, pair.key, pair, this.#loan, this.depth + 1));
    const merged = this.#merged(node, ({ key }) => !last.has(key) && key !== '<<');
    return [...own, ...merged.map(({ pair, via }) => new Place(this.document, pair.value, this, pair.key, pair, via, this.depth + 1))];
  }

  /** The items of a list; none for anything else. */
  get items(): readonly Place[] {
    const node = this.node;
    if (node?.kind !== 'list' || this.depth >= deepest) return [];
    return node.items.map((item, i) => new Place(this.document, item, this, i, undefined, this.#loan, this.depth + 1));
  }

  #merged(node: Mapping, wanted: (pair: Pair) => boolean): readonly { readonly pair: Pair; readonly via: Span }[] {
    // Asked for every key that is not there: most maps merge nothing.
    if (!node.pairs.some(mergesOther)) return none;
    const from = this.document.start;
    const seen = new Map<string, { pair: Pair; via: Span }>();
    const visited = new Set<Node>();
    const visit = (map: Mapping, via: Span | undefined) => {
      visited.add(map);
      for (const merge of map.pairs) {
        if (merge.key !== '<<' || visited.size > deepest) continue;
        for (const source of merge.value.kind === 'list' ? merge.value.items : [merge.value]) {
          const target = source.kind === 'alias' ? this.document.body.anchors.get(source.name) : source;
          if (target?.kind !== 'map' || visited.has(target)) continue;
          const at = via ?? this.borrowed ?? { start: from + merge.keyStart, end: from + Math.max(merge.value.end, merge.keyEnd) };
          for (const pair of target.pairs) if (pair.key !== '<<' && wanted(pair) && !seen.has(pair.key)) seen.set(pair.key, { pair, via: at });
          visit(target, at);
        }
      }
    };
    visit(node, undefined);
    return [...seen.values()];
  }

  /** Every place below that the text itself writes, this one included; aliases are not followed. */
  *descend(): Generator<Place> {
    const waiting: Place[] = [this];
    for (let place = waiting.pop(); place; place = waiting.pop()) {
      yield place;
      const { node } = place;
      if (place.borrowed || place.#found?.kind === 'alias' || place.depth >= deepest) continue;
      const below = node?.kind === 'map' ? place.pairs.filter(({ borrowed }) => !borrowed) : place.items;
      for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i]!);
    }
  }

  /** Why what stands here, or is missing here, cannot be known from the text. */
  get obscured(): string | undefined {
    const node = this.node;
    if (this.#found?.kind === 'alias' && !node) return `the anchor ${this.#found.name} is not in this document`;
    if (node?.kind === 'null' && node.unread !== undefined) return node.unread;
    const { holes, conditional } = this.document.yaml.masked;
    if (holes.length + conditional.length > 0) {
      const why = this.#templated(holes, conditional);
      if (why !== undefined) return why;
    }
    const tag = node && 'tag' in node ? node.tag : undefined;
    if (tag !== undefined && node?.kind === 'scalar') return `the tag ${tag} fills it in`;
    return this.#found || !this.parent ? undefined : this.parent.incomplete;
  }

  /** Why a map or list may hold more than the text shows. */
  get incomplete(): string | undefined {
    const node = this.node;
    if (!node) return this.parent ? this.obscured : undefined;
    if (node.kind === 'scalar' || (node.kind === 'null' && node.unread !== undefined)) return this.obscured;
    if ('tag' in node && node.tag !== undefined) return `the tag ${node.tag} fills it in`;
    if (node.kind === 'map') {
      const merge = node.pairs.find(({ key, value }) => key === '<<' && value.kind === 'alias' && !this.document.body.anchors.has(value.name));
      if (merge) return 'an anchor it merges is not in this document';
    }
    const { holes } = this.document.yaml.masked;
    if (holes.length === 0) return undefined;
    const { start, end } = this.#region;
    const column = this.#column(node);
    const open = between(holes, start, end).some((hole) => hole.column !== undefined && (column === undefined || hole.column === column));
    return open ? 'a template may state it' : this.#templated(holes, this.document.yaml.masked.conditional);
  }

  #templated(holes: readonly Hole[], conditional: readonly Span[]): string | undefined {
    const found = this.#found;
    if (!found || this.borrowed) return undefined;
    const from = this.document.start;
    const node = this.node;
    if (node?.kind === 'scalar' && touches(holes, from + found.start, from + found.end)) return 'a template fills it in';
    if (node?.kind === 'null') {
      const { start, end } = this.#region;
      if (touches(holes, start, end)) return 'a template fills it in';
    }
    const at = from + (this.pair?.keyStart ?? found.start);
    const root = from + this.document.body.root.start;
    for (const span of conditional) if (span.start <= at && at < span.end && span.start > root) return 'a template decides whether it is stated';
    return undefined;
  }

  /** Where children of this place begin in their lines. */
  #column(node: Node): number | undefined {
    if ((node.kind !== 'map' && node.kind !== 'list') || node.flow) return undefined;
    const { text } = this.document.yaml;
    const at = this.document.start + node.start;
    return at - (text.lastIndexOf('\n', at - 1) + 1);
  }

  /** From its key to what follows it. */
  get #region(): Span {
    const from = this.document.start;
    const found = this.#found;
    if (!this.parent || !found) return { start: from, end: this.document.end };
    const around = this.parent.node;
    let end = this.parent.#region.end;
    if (around?.kind === 'map' && this.pair) {
      const next = around.pairs[around.pairs.indexOf(this.pair) + 1];
      if (next) end = from + next.keyStart;
    } else if (around?.kind === 'list' && typeof this.name === 'number') {
      const next = around.items[this.name + 1];
      if (next) end = from + next.start;
    }
    return { start: from + (this.pair?.keyEnd ?? found.start), end };
  }

  /** Its scalar as a slot: what a setting is made of. A map or list here is no scalar and cannot be told. */
  get slot(): Slot {
    const { node } = this;
    const because = this.obscured ?? (node?.kind === 'map' || node?.kind === 'list' ? 'it holds more than one value' : undefined);
    const raw = node?.kind === 'scalar' && because === undefined ? node.text : undefined;
    return { span: this.head, raw, obscured: because, write: (wanted) => (wanted === raw ? [] : this.put(wanted)) };
  }

  /** The same for a place where the product wants text: a number or boolean is written in quotes. */
  get textSlot(): Slot {
    const { slot } = this;
    return { ...slot, write: (wanted) => (wanted === slot.raw ? [] : this.put(new Text(wanted))) };
  }

  /** Whether it stands in what is no YAML: nothing is written into it. */
  get isBroken(): boolean {
    return isBroken(this);
  }

  /** The edits that make the file state a value here; none where it stands behind an alias or inside something else. */
  put(value: Value): readonly Edit[] {
    return unbroken(this, put(this, value));
  }

  /** The edits that add items to the list here, or make the list. */
  append(...items: readonly Value[]): readonly Edit[] {
    return unbroken(this, appended(this, items));
  }

  /** The edits that take the pair or item away with its lines, and what would be left empty with it. */
  remove(): readonly Edit[] {
    return unbroken(this, removed(this));
  }
}

const mergesOther = ({ key }: Pair) => key === '<<';
/** What is said of a value that a tag, an alias or a template makes elsewhere; nothing where the file writes it out. */
export function madeElsewhere(place: Place): Undetermined | undefined {
  const because = place.exists ? place.obscured : undefined;
  return because === undefined ? filledIn(place.text, place.head) : undetermined(place.head, because);
}

const none: readonly never[] = [];

/** A key may repeat: most readers let the last one count. */
function lastNamed({ pairs }: Mapping, name: string): Pair | undefined {
  for (let i = pairs.length - 1; i >= 0; i--) if (pairs[i]!.key === name) return pairs[i];
  return undefined;
}

/** The number of the first hole that ends behind an offset: found by halving, since they are in order. */
function firstBehind(holes: readonly Hole[], start: number): number {
  let low = 0;
  for (let high = holes.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function touches(holes: readonly Hole[], start: number, end: number): boolean {
  const hole = holes[firstBehind(holes, start)];
  return hole !== undefined && hole.start < end;
}

/** The holes that touch a range. */
function between(holes: readonly Hole[], start: number, end: number): readonly Hole[] {
  const low = firstBehind(holes, start);
  let stop = low;
  while (stop < holes.length && holes[stop]!.start < end) stop++;
  return holes.slice(low, stop);
}
