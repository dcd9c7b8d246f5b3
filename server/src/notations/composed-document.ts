import type { Embedded, Piece } from '#engine/embedded.js';
import type { Edit, Span } from '#engine/text.js';

/** A setting that a program is given in other words than those of its configuration file. */
export interface Given {
  /** Where it stands in the configuration: `['mqtt', 'server']`. */
  readonly path: readonly string[];
  readonly value: string;
  readonly span: Span;
  /** Whether a finding may point at it; what another file states is judged there. */
  readonly isHere: boolean;
  readonly write?: ((value: string) => readonly Edit[]) | undefined;
}

interface Branch {
  readonly children: Map<string, Branch>;
  given?: Given;
}

/** What else goes into a composed document. */
interface Composition {
  /** What holds unless a setting says otherwise. No finding of the file rests on it. */
  readonly shipped?: Readonly<Record<string, boolean>> | undefined;
  /** A document that states other settings. */
  readonly whole?: Embedded | undefined;
  /** A map of YAML is pointed at by its first key: that is none of the settings. */
  readonly isYaml?: boolean;
}

/** The configuration file that settings come to, as JSON, which YAML and HOCON read as well. */
export function composedJson(name: string, format: string, given: readonly Given[], { shipped = {}, whole, isYaml }: Composition = {}): Embedded {
  const root: Branch = { children: new Map() };
  for (const one of given) {
    let branch = root;
    for (const step of one.path) branch = childOf(branch, step);
    branch.given = one;
  }
  const written = new Writer();
  const opens = whole ? whole.text.indexOf('{') : -1;
  written.say('{');
  const own = Object.entries(shipped).filter(([key]) => !root.children.has(key) && !whole?.text.includes(`"${key}"`)).map(([key, value]) => () => written.say(`"${key}": ${value}`));
  const stated = [...root.children].map(([key, child]) => () => written.member(key, child));
  const first = isYaml ? [() => written.say('"#": null')] : [];
  [...first, ...own, ...stated].forEach((write, i) => {
    if (i > 0) written.say(', ');
    write();
  });
  if (!whole || opens < 0) written.say('}');
  else written.rest(whole, opens + 1, first.length + own.length + stated.length > 0 && /[^\s}]/.test(whole.text.slice(opens + 1)));
  return { name, format, text: written.text, pieces: written.pieces };
}

/** The configuration file that settings come to, as lines of `name = value`. */
export function composedLines(name: string, format: string, given: readonly Given[]): Embedded {
  const written = new Writer();
  // What a file leaves out is said of its first line, which no setting states.
  written.say('# \n');
  for (const one of given) {
    written.piece(one, () => written.say(`${one.path.join('.')} = ${one.value.replace(/[\r\n]+/g, ' ')}`), (text) => text.slice(text.indexOf('=') + 1).trim());
    written.say('\n');
  }
  return { name, format, text: written.text, pieces: written.pieces };
}

function childOf(branch: Branch, step: string): Branch {
  let child = branch.children.get(step);
  if (!child) branch.children.set(step, (child = { children: new Map() }));
  return child;
}

function firstGiven({ given, children }: Branch): Given | undefined {
  if (given) return given;
  for (const child of children.values()) {
    const found = firstGiven(child);
    if (found) return found;
  }
  return undefined;
}

class Writer {
  text = '';
  readonly pieces: Piece[] = [];

  say(text: string): void {
    this.text += text;
  }

  /** A stretch that stands for a setting. `read` gives the value of the setting from the text of the stretch. */
  piece({ span, isHere, write }: Given, say: () => void, read?: (text: string) => string | undefined): void {
    const start = this.text.length;
    say();
    if (!isHere || this.text.length === start) return;
    const place = { start, end: this.text.length, at: span };
    this.pieces.push(write && read ? { ...place, write: (text) => {
      const value = read(text);
      return value === undefined ? [] : write(value);
    } } : place);
  }

  member(key: string, branch: Branch): void {
    const first = firstGiven(branch)!;
    this.piece(first, () => this.say(`${JSON.stringify(key)}: `));
    if (branch.given) {
      this.piece(branch.given, () => this.say(tokenOf(branch.given!.value)), valueOf);
      return;
    }
    this.piece(first, () => this.say('{'));
    [...branch.children].forEach(([name, child], i) => {
      if (i > 0) this.say(', ');
      this.member(name, child);
    });
    this.piece(first, () => this.say('}'));
  }

  /** What a document says behind an offset, at its places. */
  rest({ text, pieces }: Embedded, from: number, comma: boolean): void {
    if (comma) this.say(', ');
    const by = this.text.length - from;
    this.say(text.slice(from));
    for (const piece of pieces) {
      if (piece.end <= from) continue;
      const start = Math.max(piece.start, from);
      const place = { ...piece, start: start + by, end: piece.end + by };
      if ('from' in place) this.pieces.push({ ...place, from: place.from + start - piece.start });
      else this.pieces.push(place.write ? { ...place, write: (said) => place.write!(text.slice(piece.start, start) + said) } : place);
    }
  }
}

/** A value as a program reads it that takes JSON where a text is JSON, and words for switches in any case. */
function tokenOf(value: string): string {
  const said = value.trim();
  if (/^(true|false)$/i.test(said)) return said.toLowerCase();
  if (/^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$|^null$/.test(said)) return said;
  if (/^[[{]/.test(said)) {
    try {
      return JSON.stringify(JSON.parse(said));
    } catch {
      // It is a text that begins like JSON.
    }
  }
  return JSON.stringify(value);
}

function valueOf(token: string): string | undefined {
  if (!token.trim().startsWith('"')) return token.trim();
  try {
    return String(JSON.parse(token));
  } catch {
    return undefined;
  }
}
