import type { Edit } from '#engine/text.js';
import type { Note } from './notes.js';

/** How long a hand rests before what it wrote is taken for finished, in milliseconds. */
export const restAfter = 500;

/** An edit with the lines of its span, in the text as it was before. */
export interface Stroke extends Edit {
  readonly line: number;
  readonly endLine: number;
}

/** What of a text may be shown now, and how long the rest waits, in milliseconds; absent where nothing waits. */
export interface Settled {
  readonly notes: readonly Note[];
  readonly again?: number;
}

/**
 * Decides which findings of a text that is being written are shown: a word that is half typed is not a fault yet, nor is a block whose next
 * line is being begun. What was shown stays, moves and vanishes at once. What is new waits until the hand rests, or goes on elsewhere:
 * then what was written is as finished as the rest. Times are in milliseconds and given by whoever has a clock.
 */
export class Settling {
  /** Where what is shown begins, in the order it was given, as the text is now. */
  #shown: { readonly name: string; start: number }[] = [];
  /** The lines the hand is on. */
  #lines: number[] = [];
  /** A place in each line that was written since the hand last rested or went elsewhere. */
  #written: number[] = [];
  /** The same of what was written before it went elsewhere. */
  #left: number[] = [];
  #changed = -Infinity;

  /** The text was changed, one stroke after the other. */
  edited(strokes: readonly Stroke[], now: number): void {
    const goesOn = strokes.some(({ line, endLine }) => this.#lines.includes(line) || this.#lines.includes(endLine));
    if (!goesOn) {
      this.#left.push(...this.#written);
      this.#written = [];
    }
    this.#lines = [];
    for (const { start, end, text, line } of strokes) {
      const moved = (at: number) => (at <= start ? at : at >= end ? at + start + text.length - end : start);
      for (const one of this.#shown) one.start = moved(one.start);
      this.#left = this.#left.map(moved);
      this.#written = [...this.#written.map(moved), start, start + text.length];
      this.#lines.push(line + text.split('\n').length - 1);
    }
    if (strokes.every(isTyped)) this.#changed = now;
    else this.#rest();
  }

  /** Everything was replaced: whatever is found is shown. */
  replaced(): void {
    this.#rest();
  }

  /** What is to be shown of all there is to say of the text. `lineOf` numbers the line of an offset. */
  show(notes: readonly Note[], lineOf: (offset: number) => number, now: number): Settled {
    const waiting = this.#changed + restAfter - now;
    if (waiting <= 0) {
      this.#rest();
      return this.#keep(notes);
    }
    const { fresh, gone } = this.#compare(notes, lineOf);
    if (fresh.length === 0) return this.#keep(notes);
    const written = new Set(this.#written.map(lineOf));
    const left = new Set(this.#left.map(lineOf).filter((line) => !written.has(line)));
    const held = new Set(fresh.filter((note) => {
      // A rule that had something to say elsewhere and has not any more says the same of another place.
      const moved = gone.get(nameOf(note)) ?? 0;
      if (moved > 0) return gone.set(nameOf(note), moved - 1), false;
      return !left.has(lineOf(note.span.start));
    }));
    if (held.size === 0) return this.#keep(notes);
    return { ...this.#keep(notes.filter((note) => !held.has(note))), again: waiting };
  }

  /** The notes of which nothing was shown on their line, and how many of each name were shown on a line that has none now. */
  #compare(notes: readonly Note[], lineOf: (offset: number) => number): { readonly fresh: readonly Note[]; readonly gone: Map<string, number> } {
    const shown = new Map<string, { readonly lines: number[]; next: number }>();
    for (const { name, start } of this.#shown) {
      let known = shown.get(name);
      if (!known) shown.set(name, (known = { lines: [], next: 0 }));
      known.lines.push(lineOf(start));
    }
    for (const { lines } of shown.values()) lines.sort((a, b) => a - b);
    const fresh: Note[] = [];
    const gone = new Map<string, number>();
    const passed = (name: string, count: number) => { if (count > 0) gone.set(name, (gone.get(name) ?? 0) + count); };
    for (const note of [...notes].sort((a, b) => a.span.start - b.span.start)) {
      const name = nameOf(note);
      const known = shown.get(name);
      const line = known ? lineOf(note.span.start) : -1;
      const from = known?.next ?? 0;
      if (known) while (known.next < known.lines.length && known.lines[known.next]! < line) known.next++;
      passed(name, (known?.next ?? 0) - from);
      if (known && known.lines[known.next] === line) known.next++;
      else fresh.push(note);
    }
    for (const [name, { lines, next }] of shown) passed(name, lines.length - next);
    return { fresh, gone };
  }

  #rest(): void {
    this.#changed = -Infinity;
    this.#left = [];
    this.#written = [];
  }

  #keep(notes: readonly Note[]): Settled {
    this.#shown = notes.map((note) => ({ name: nameOf(note), start: note.span.start }));
    return { notes };
  }
}

/** Whether a change is of a hand that writes: a key, a word that was completed, a new line with its indent, a part of a line taken away. */
function isTyped({ start, end, text, line, endLine }: Stroke): boolean {
  const takes = line === endLine || end - start <= '\r\n'.length;
  return takes && /^(?:\r?\n)?[\t ]*(?:\S+[\t ]*)?$/.test(text);
}

/** What makes two notes of one place the same. That nobody can tell is another thing to say than that something is wrong. */
function nameOf({ rule, severity, message }: Note): string {
  return rule === undefined ? message : severity === 'quiet' ? `? ${rule}` : rule;
}
