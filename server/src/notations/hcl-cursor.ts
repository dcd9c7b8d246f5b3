import type { Comment } from '#engine/format.js';

/** How deep blocks, brackets and interpolations may nest; what lies deeper is skipped as a whole. */
export const deepest = 80;

/** What can only stand at the top of a file: met at the start of a line, it closes what was left open. */
const topmost = /(?:(?:resource|data|variable|module|output|provider)[ \t]+"|(?:locals|terraform)[ \t]*\{)/y;

/** Where a pass over a text in HCL stands. Used by the reader of this notation alone. */
export class HclCursor {
  readonly comments: Comment[] = [];
  at = 0;
  depth = 0;
  /** Whether line ends are white space: inside parentheses and lists, not between attributes. */
  folded = false;
  /** How many heredocs lacked their end so far. */
  unended = 0;

  constructor(readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  /** The character here; the empty string at the end. */
  get next(): string {
    return this.text[this.at] ?? '';
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0];
    if (word !== undefined) this.at += word.length;
    return word;
  }

  /** An identifier, which HCL lets contain hyphens and letters of every script. */
  word(): string | undefined {
    const start = this.at;
    let code = this.text.charCodeAt(start);
    if (code >= 48 && code <= 57) return undefined;
    for (; isWord(code) && (code !== 45 || this.at > start); code = this.text.charCodeAt(this.at)) this.at++;
    return this.at === start ? undefined : this.text.slice(start, this.at);
  }

  /** What stands before the next sign that may begin a hole, or, between quotes, an escape or the end. */
  words(stop: number, quoted: boolean): string {
    const start = this.at;
    for (; this.at < stop; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === 36 || code === 37 || (quoted && (code === 34 || code === 92 || code === 10))) break;
    }
    return this.text.slice(start, this.at);
  }

  /** Whether something that can only stand at the top of a file begins here, at the start of a line. */
  atTopmost(): boolean {
    if (this.at > 0 && this.text[this.at - 1] !== '\n') return false;
    topmost.lastIndex = this.at;
    return topmost.test(this.text);
  }

  /** Skips white space and comments; line ends too where `lines` says so. */
  blank(lines: boolean): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.at);
      if (code === 32 || code === 9 || code === 13 || (code === 10 && lines)) {
        this.at++;
        if (code === 10 && this.depth > 0 && this.atTopmost()) return;
      } else if (code === 35 || (code === 47 && text[this.at + 1] === '/')) {
        const end = text.indexOf('\n', this.at);
        this.#comment(end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end, code === 35 ? 1 : 2, 0);
      } else if (code === 47 && text[this.at + 1] === '*') {
        const close = text.indexOf('*/', this.at + 2);
        this.#comment(close < 0 ? text.length : close + 2, 2, close < 0 ? 0 : 2);
      } else return;
    }
  }

  #comment(end: number, head: number, tail: number): void {
    // White space is looked at twice where an operator could have followed it.
    if (this.at > (this.comments.at(-1)?.start ?? -1)) this.comments.push({ start: this.at, end, text: this.text.slice(this.at + head, end - tail) });
    this.at = end;
  }

  restOfLine(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  /** Behind an opening bracket: moves behind the one that closes it, whatever stands between, or to the next top. */
  skipBrackets(): void {
    const { text } = this;
    for (let open = 1; this.at < text.length && open > 0; ) {
      const next = text[this.at++]!;
      if (next === '\n') {
        if (this.atTopmost()) return;
      } else if (next === '"') {
        while (this.at < text.length && text[this.at] !== '"' && text[this.at] !== '\n') this.at += text[this.at] === '\\' ? 2 : 1;
        if (text[this.at] === '"') this.at++;
      } else if ('([{'.includes(next)) open++;
      else if (')]}'.includes(next)) open--;
    }
    this.at = Math.min(this.at, text.length);
  }

  /** Reads with line ends as white space, or not. */
  folding<T>(folded: boolean, read: () => T): T {
    const before = this.folded;
    this.folded = folded;
    const value = read();
    this.folded = before;
    return value;
  }
}

/** Letters, digits, `_`, `-`, and whatever is not ASCII. */
function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code > 127;
}
