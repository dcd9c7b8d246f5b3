import type { Comment } from '#engine/format.js';
import type { Span } from '#engine/text.js';

/** One system the server may send images to. */
export interface KnownSystem {
  /** The AE title; it may end in `*`. */
  readonly title: string;
  /** A name or address; one that ends in `*` is filled in by whoever asks. */
  readonly host: string;
  readonly port: number | undefined;
  readonly span: Span;
}

export interface KnownSystems {
  readonly text: string;
  readonly systems: readonly KnownSystem[];
  readonly comments: readonly Comment[];
}

/** Reads `title host port compression` lines past comments: in C's manner, and behind `#`, `;` or two slashes. Rows of fewer words are skipped. */
export function parseKnownSystems(text: string): KnownSystems {
  const comments: Comment[] = [];
  const bare = withoutBlocks(text, comments);
  const systems: KnownSystem[] = [];
  for (let start = 0, stop: number; start < bare.length; start = stop + 1) {
    stop = bare.indexOf('\n', start);
    if (stop < 0) stop = bare.length;
    const line = bare.slice(start, stop);
    const mark = /[#;]|\/\//.exec(line);
    if (mark) {
      const from = start + mark.index;
      const end = start + line.trimEnd().length;
      comments.push({ start: from, end, text: text.slice(from + mark[0].length, end) });
    }
    const row = mark ? line.slice(0, mark.index) : line;
    const [title, host, port] = row.trim().split(/\s+/);
    if (title === undefined || host === undefined || port === undefined) continue;
    const from = start + row.length - row.trimStart().length;
    systems.push({ title, host, port: /^\d{1,5}$/.test(port) ? Number(port) : undefined, span: { start: from, end: from + row.trim().length } });
  }
  return { text, systems, comments };
}

/** The text with blanks where comments in C's manner stood, line ends kept. */
function withoutBlocks(text: string, comments: Comment[]): string {
  let bare = '';
  let at = 0;
  for (let start = text.indexOf('/*'); start >= 0; start = text.indexOf('/*', at)) {
    const close = text.indexOf('*/', start + 2);
    const end = close < 0 ? text.length : close + 2;
    comments.push({ start, end, text: text.slice(start + 2, close < 0 ? end : close) });
    bare += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return bare + text.slice(at);
}
