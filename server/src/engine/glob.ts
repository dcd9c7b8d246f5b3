/**
 * Patterns of file names, as `.hipaa-lint.yaml`, `.gitignore`, the formats and the includes of products have them. Patterns come with a
 * workspace nobody may trust, so that matching never goes back: a path is read once, segment by segment, along all patterns.
 */
export interface GlobOptions {
  /** Whether `*`, `?` and `**` also stand for names that begin with a dot. */
  readonly hidden?: boolean;
  /** Whether upper and lower case are the same. */
  readonly anyCase?: boolean;
  /** Whether `{a,b}` is a choice; otherwise braces stand for themselves. */
  readonly choices?: boolean;
  /** Whether a segment may be `!(name)`: any but that. Only the patterns of formats have it. */
  readonly except?: boolean;
  /** Whether `folder/**` is only what is in the folder, and not the folder itself. */
  readonly within?: boolean;
}

/** More choices than this in one pattern are an attack on the reader: such a pattern matches nothing. */
export const mostChoices = 256;
/** No system has longer paths; what is longer matches nothing. */
const longestPath = 8_192;

interface Node {
  readonly names: Map<string, Node>;
  readonly wild: Map<string, { readonly test: (name: string) => boolean; readonly node: Node }>;
  /** The node behind a `**` that begins here: it stays where it is for any name. */
  anywhere?: Node;
  readonly stays: boolean;
  /** The patterns that end here, by their number. */
  readonly ends: number[];
}

const nodeOf = (stays = false): Node => ({ names: new Map(), wild: new Map(), stays, ends: [] });

/** Patterns that are tried together: what they begin with in common is read once. */
export class Globs {
  readonly #root = nodeOf();
  readonly #options: GlobOptions;

  constructor(globs: readonly string[], options: GlobOptions = {}) {
    this.#options = options;
    for (const [number, glob] of globs.entries()) {
      for (const plain of options.choices === false ? [glob] : (choicesOf(glob) ?? [])) this.#add(plain, number);
    }
  }

  /** Whether any pattern matches. */
  matches(path: string): boolean {
    return this.numbers(path).length > 0;
  }

  /** The patterns that match a path, by their number, in no particular order. */
  numbers(path: string): readonly number[] {
    if (path.length > longestPath) return [];
    const names = (this.#options.anyCase ? path.toLowerCase() : path).split('/');
    let now = new Set<Node>();
    enter(now, this.#root);
    for (const name of names) {
      const next = new Set<Node>();
      const isShown = this.#options.hidden || !name.startsWith('.');
      for (const node of now) {
        if (node.stays && isShown) enter(next, node);
        const same = node.names.get(name);
        if (same) enter(next, same);
        for (const { test, node: behind } of node.wild.values()) if (test(name)) enter(next, behind);
      }
      if (next.size === 0) return [];
      now = next;
    }
    return [...now].flatMap(({ ends }) => ends);
  }

  #add(glob: string, number: number): void {
    const { anyCase, except, hidden, within } = this.#options;
    const segments = (anyCase ? glob.toLowerCase() : glob).split('/');
    let node = this.#root;
    for (const [i, segment] of segments.entries()) {
      if (segment === '**') {
        const isLast = i === segments.length - 1;
        if (node.stays && !(isLast && within)) continue;
        if (isLast && within) node = wildChild(node, '*', () => nameTest('*', hidden === true));
        node = node.anywhere ??= nodeOf(true);
      } else if (except && segment.startsWith('!(') && segment.endsWith(')')) {
        const named = nameTest(segment.slice(2, -1), true);
        const isShown = nameTest('*', hidden === true);
        node = wildChild(node, segment, () => (name) => isShown(name) && !named(name));
      } else if (isMagic(segment)) node = wildChild(node, segment, () => nameTest(segment, hidden === true));
      else node = nameChild(node, segment.replaceAll(/\\(.)/g, '$1'));
    }
    node.ends.push(number);
  }
}

function nameChild({ names }: Node, name: string): Node {
  const known = names.get(name) ?? nodeOf();
  names.set(name, known);
  return known;
}

function wildChild({ wild }: Node, segment: string, test: () => (name: string) => boolean): Node {
  const known = wild.get(segment) ?? { test: test(), node: nodeOf() };
  wild.set(segment, known);
  return known.node;
}

/** A node with those that are reached without a name. */
function enter(nodes: Set<Node>, node: Node): void {
  for (let at: Node | undefined = node; at && !nodes.has(at); at = at.anywhere) nodes.add(at);
}

/** A pattern by itself. */
export function globMatcher(glob: string, options: GlobOptions = {}): (path: string) => boolean {
  const globs = new Globs([glob], options);
  return (path) => globs.matches(path);
}

/** Whether a text of a pattern is more than a name. */
export function isMagic(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at++;
    else if (letter === '*' || letter === '?' || letter === '[' && classEnd(text, at) > 0) return true;
  }
  return false;
}

const star = Symbol('any letters');
type Token = typeof star | ((letter: string) => boolean);

/** Tells whether a name is what one segment of a pattern means. Only the last star is ever tried again: stars before it are settled. */
function nameTest(segment: string, hidden: boolean): (name: string) => boolean {
  const tokens = tokensOf(segment);
  const opensWithDot = segment.startsWith('.') || segment.startsWith('\\.');
  return (name) => {
    if (name === '' || !hidden && !opensWithDot && name.startsWith('.')) return false;
    let [at, token, mark, from] = [0, 0, -1, 0];
    while (at < name.length) {
      const test = tokens[token];
      if (test === star) [mark, from] = [token++, at];
      else if (test !== undefined && test(name[at]!)) [at, token] = [at + 1, token + 1];
      else if (mark >= 0) [at, token] = [++from, mark + 1];
      else return false;
    }
    while (tokens[token] === star) token++;
    return token === tokens.length;
  };
}

function tokensOf(segment: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < segment.length; at++) {
    const letter = segment[at]!;
    const end = letter === '[' ? classEnd(segment, at) : -1;
    if (letter === '*') {
      if (tokens.at(-1) !== star) tokens.push(star);
    } else if (letter === '?') tokens.push(() => true);
    else if (end > 0) {
      tokens.push(classOf(segment.slice(at + 1, end)));
      at = end;
    } else {
      const plain = letter === '\\' && at + 1 < segment.length ? segment[++at]! : letter;
      tokens.push((other) => other === plain);
    }
  }
  return tokens;
}

/** The place of the bracket that ends a class; -1 where none does, so that the opening one stands for itself. */
function classEnd(segment: string, at: number): number {
  const first = at + (segment[at + 1] === '!' || segment[at + 1] === '^' ? 2 : 1);
  return segment.indexOf(']', first + 1);
}

function classOf(said: string): (letter: string) => boolean {
  const not = said.startsWith('!') || said.startsWith('^');
  const letters = not ? said.slice(1) : said;
  const singles = new Set<string>();
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < letters.length; at++) {
    if (letters[at + 1] === '-' && at + 2 < letters.length) {
      ranges.push([letters[at]!, letters[at + 2]!]);
      at += 2;
    } else singles.add(letters[at]!);
  }
  return (letter) => (singles.has(letter) || ranges.some(([from, to]) => letter >= from && letter <= to)) !== not;
}

/** The patterns without choices that one with `{a,b}` stands for; nothing where there are too many. A brace that does not close stands for itself. */
export function choicesOf(glob: string): readonly string[] | undefined {
  let done = [''];
  let at = 0;
  for (let open = braceFrom(glob, 0); open; open = braceFrom(glob, at)) {
    const said = glob.slice(at, open.start);
    const inner: string[] = [];
    for (const one of open.parts) {
      const all = choicesOf(one);
      if (!all || inner.length + all.length > mostChoices) return undefined;
      inner.push(...all);
    }
    if (done.length * inner.length > mostChoices) return undefined;
    done = done.flatMap((head) => inner.map((part) => head + said + part));
    at = open.end;
  }
  return done.map((head) => head + glob.slice(at));
}

/** Choices within choices deeper than this stand for themselves. */
const deepest = 8;

function braceFrom(glob: string, from: number): { readonly start: number; readonly end: number; readonly parts: readonly string[] } | undefined {
  let [depth, start, part] = [0, -1, 0];
  let parts: string[] = [];
  for (let at = from; at < glob.length; at++) {
    const letter = glob[at];
    if (letter === '\\') at++;
    else if (letter === '{' && depth++ === 0) [start, part, parts] = [at, at + 1, []];
    else if (depth === 0) continue;
    else if (letter === ',' && depth === 1) {
      parts.push(glob.slice(part, at));
      part = at + 1;
    } else if (letter === '}' && --depth === 0) {
      if (parts.length > 0) return { start, end: at + 1, parts: [...parts, glob.slice(part, at)] };
    }
    if (depth > deepest) return undefined;
  }
  return undefined;
}
