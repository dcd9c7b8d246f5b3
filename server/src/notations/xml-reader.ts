/**
 * What {@link file://./xml.ts} reads a file into: elements that know nothing of where they stand but their place in their
 * parent. So an edit inside one element costs that element and the way up from it, however long the file is.
 */
export interface Green {
  readonly name: string;
  /** From `<` to behind `>` of the start tag. */
  readonly tagLength: number;
  /** Between start and end tag. */
  readonly contentLength: number;
  /** From `<` of the start tag to behind `>` of the end tag. */
  readonly length: number;
  readonly selfClosing: boolean;
  /** Whether its own end tag closes it, not that of a parent or the end of the file. */
  readonly closed: boolean;
  readonly children: readonly Green[];
  /** Where each child begins, from the start of this element. */
  readonly starts: readonly number[];
  /** Start and end of each comment directly in this element, from its start. */
  readonly comments: readonly number[];
  /** Whether an end tag directly in it matched nothing: read in another place it might have matched. */
  readonly strays: boolean;
  /** Whether its start tag ends with `>`, and its quotes are closed. */
  readonly begun: boolean;
  /** Whether all of it is XML: it and every element in it are closed, and no tag in it is broken off. */
  readonly sound: boolean;
}

interface Open {
  readonly name: string;
  readonly start: number;
  readonly tagEnd: number;
  readonly parent?: Open;
  readonly begun: boolean;
  readonly children: Green[];
  readonly starts: number[];
  readonly comments: number[];
  strays: boolean;
}

/**
 * Reads a text in one pass, without recursion. An end tag closes the nearest open element of its name; one that matches
 * nothing is skipped; what stays open ends with its parent. The result is a nameless element around everything.
 */
export function readXml(text: string): Green {
  const root: Open = { name: '', start: 0, tagEnd: 0, begun: true, children: [], starts: [], comments: [], strays: false };
  const openNames = new Map<string, number>();
  let current = root;
  const close = (contentEnd: number, end: number, closed: boolean) => {
    const { parent, name, start } = current;
    if (!parent) return;
    openNames.set(name, openNames.get(name)! - 1);
    parent.children.push(finished(current, contentEnd, end, closed));
    parent.starts.push(start - parent.start);
    current = parent;
  };
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const next = text.charCodeAt(at + 1);
    if (next === slash) {
      const own = at + 2 + current.name.length;
      if (current.parent && text.charCodeAt(own) === greater && text.startsWith(current.name, at + 2)) {
        close(at, own + 1, true);
        at = own + 1;
        continue;
      }
      const end = after(text, '>', at);
      const name = text.slice(at + 2, end - 1).trim();
      if (openNames.get(name)) {
        while (current.name !== name) close(at, at, false);
        close(at, end, true);
      } else current.strays = true;
      at = end;
    } else if (next === exclamation) {
      if (text.startsWith('<!--', at)) {
        const end = after(text, '-->', at + 4);
        current.comments.push(at - current.start, end - current.start);
        at = end;
      } else at = text.startsWith('<![CDATA[', at) ? after(text, ']]>', at) : doctypeEnd(text, at);
    } else if (next === question) at = after(text, '?>', at);
    else {
      const nameEnd = endOfName(text, at + 1);
      if (nameEnd === at + 1) {
        at++;
        continue;
      }
      const name = text.slice(at + 1, nameEnd);
      const tag = text.charCodeAt(nameEnd) === greater ? { end: nameEnd + 1, selfClosing: false, whole: true } : readTag(text, nameEnd);
      if (tag.selfClosing) {
        const length = tag.end - at;
        current.children.push({
          name, tagLength: length, contentLength: 0, length, selfClosing: true, closed: true, children: none, starts: none, comments: none,
          strays: false, begun: tag.whole, sound: tag.whole,
        });
        current.starts.push(at - current.start);
      } else {
        openNames.set(name, (openNames.get(name) ?? 0) + 1);
        current = { name, start: at, tagEnd: tag.end, parent: current, begun: tag.whole, children: [], starts: [], comments: [], strays: false };
      }
      at = tag.end;
    }
  }
  while (current.parent) close(text.length, text.length, false);
  return finished(root, text.length, text.length, true);
}

const none: readonly never[] = [];
const [slash, greater, exclamation, question] = [47, 62, 33, 63];

function finished({ name, start, tagEnd, begun, children, starts, comments, strays }: Open, contentEnd: number, end: number, closed: boolean): Green {
  return {
    name, tagLength: tagEnd - start, contentLength: contentEnd - tagEnd, length: end - start, selfClosing: false, closed, children, starts, comments,
    strays, begun, sound: closed && begun && !strays && children.every(isSound),
  };
}

const isSound = ({ sound }: Green) => sound;

function hasStrays(green: Green): boolean {
  const waiting = [green];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.strays) return true;
    for (const child of next.children) waiting.push(child);
  }
  return false;
}


function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function doctypeEnd(text: string, from: number): number {
  let inside = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 /* [ */) inside++;
    else if (code === 93 /* ] */) inside--;
    else if (code === greater && inside <= 0) return at + 1;
  }
  return text.length;
}

/** White space, `/`, `>`, `=` and `<` end a name. */
function endOfName(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === slash || code === greater || code === 61 || code === 60) break;
  }
  return at;
}

/** An attribute as it stands: offsets in the text, the value without quotes. */
export interface RawAttribute {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Reads a start tag from behind its name; a `<` ends one that was not finished. `whole`: it ends with `>`, and its quotes are closed. */
export function readTag(
  text: string, from: number, attributes?: RawAttribute[],
): { readonly end: number; readonly selfClosing: boolean; readonly whole: boolean } {
  let at = from;
  let selfClosing = false;
  for (let code; at < text.length && (code = text.charCodeAt(at)) !== greater && code !== 60; ) {
    if (code === slash && text.charCodeAt(at + 1) === greater) selfClosing = true;
    const start = at;
    at = endOfName(text, at);
    if (at === start) {
      at++;
      continue;
    }
    const nameEnd = at;
    at = skipBlank(text, at);
    if (text.charCodeAt(at) !== 61) continue;
    at = skipBlank(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'") continue;
    const found = text.indexOf(quote, at + 1);
    const valueEnd = found < 0 ? text.length : found;
    attributes?.push({ name: text.slice(start, nameEnd), start, end: Math.min(valueEnd + 1, text.length), valueStart: at + 1, valueEnd });
    at = valueEnd + 1;
  }
  const whole = text.charCodeAt(at) === greater;
  return { end: Math.min(whole ? at + 1 : at, text.length), selfClosing, whole };
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32) at++;
  return at;
}

/**
 * Reads a text again after an edit. The smallest element that holds the edit between its tags is read anew, and if that
 * cannot be told apart from its surroundings, one at least four times as long, so that all attempts together stay linear.
 */
export function rereadXml(text: string, previous: Green, before: string): Green {
  const start = commonStart(before, text);
  const tail = commonEnd(before, text, Math.min(before.length, text.length) - start);
  const delta = text.length - before.length;
  const way = wayTo(previous, start, before.length - tail);
  let least = 0;
  for (let depth = way.length - 1; depth > 0; depth--) {
    const { green, at } = way[depth]!;
    if (green.length < least) continue;
    least = green.length * 4;
    if (least > before.length * 2) break;
    const length = green.length + delta;
    const fragment = readXml(text.slice(at, at + length));
    const own = fragment.children[0];
    // What an unread end tag in it or in one of its parents may have meant is not known from the part alone.
    if (hasStrays(fragment) || fragment.children.length !== 1 || !own?.closed || own.selfClosing || own.length !== length || fragment.comments.length > 0) continue;
    return replaced(way.slice(0, depth + 1), own, delta, start);
  }
  return readXml(text);
}

interface Step {
  readonly green: Green;
  /** Its offset in the text. */
  readonly at: number;
  /** Its number among the children of its parent. */
  readonly index: number;
}

/** The elements that hold a range between their tags, from the outermost in. */
function wayTo(root: Green, start: number, end: number): readonly Step[] {
  const way: Step[] = [{ green: root, at: 0, index: 0 }];
  for (;;) {
    const { green, at } = way.at(-1)!;
    let low = 0;
    let high = green.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (at + green.starts[middle]! <= start) low = middle;
      else high = middle - 1;
    }
    const child = green.children[low];
    if (!child?.closed || child.selfClosing) return way;
    const from = at + green.starts[low]!;
    const inside = from + child.tagLength;
    if (inside > start || end > inside + child.contentLength) return way;
    way.push({ green: child, at: from, index: low });
  }
}

function replaced(way: readonly Step[], own: Green, delta: number, edited: number): Green {
  let now = own;
  for (let depth = way.length - 1; depth > 0; depth--) {
    const { index } = way[depth]!;
    const { green, at } = way[depth - 1]!;
    const children = green.children.slice();
    children[index] = now;
    const shift = (offset: number) => (at + offset > edited ? offset + delta : offset);
    const starts = delta === 0 ? green.starts : green.starts.map((offset, i) => (i > index ? offset + delta : offset));
    now = {
      ...green, children, starts, comments: green.comments.map(shift), contentLength: green.contentLength + delta, length: green.length + delta,
      sound: green.closed && green.begun && !green.strays && children.every(isSound),
    };
  }
  return now;
}

/** The number of characters two texts share at their start. Compares whole runs, which machines do fast. */
function commonStart(a: string, b: string): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The number of characters two texts share at their end, at most `most`. */
function commonEnd(a: string, b: string, most: number): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.slice(a.length - middle, a.length - low) === b.slice(b.length - middle, b.length - low)) low = middle;
    else high = middle - 1;
  }
  return low;
}
