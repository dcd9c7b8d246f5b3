import type { Span } from '#engine/text.js';

/** A place where a template writes text into a YAML file: Helm and Ansible `{{ }}`, Jinja `{% %}` and `{# #}`. */
export interface Hole extends Span {
  /** For a hole that fills lines of its own: the column at which its output begins. */
  readonly column?: number;
}

/** A text with its templates made invisible at the same length, so that offsets stay as they are. */
export interface Masked {
  readonly text: string;
  /** What is written by a template, in order. */
  readonly holes: readonly Hole[];
  /** What stands between `if`, `range` or `with` and its `end`: stated only if the template says so. */
  readonly conditional: readonly Span[];
  /** Every token of the templates, in order. */
  readonly tokens: readonly Token[];
}

/** One `{{ … }}` or `{% … %}`. */
export interface Token extends Span {
  readonly kind: 'output' | 'open' | 'else' | 'close' | 'other';
}

/**
 * Hides templates: output inside a line becomes a word, output on lines of its own and control structures become white
 * space. A template that is not closed ends with its line.
 */
export function mask(text: string): Masked {
  if (!text.includes('{{') && !text.includes('{%')) return { text, holes: [], conditional: [], tokens: [] };
  const tokens = tokensOf(text);
  const holes: Hole[] = [];
  const pieces: string[] = [];
  let done = 0;
  for (let i = 0, j: number; i < tokens.length; i = j) {
    for (j = i + 1; j < tokens.length && /^[ \t]*$/.test(text.slice(tokens[j - 1]!.end, tokens[j]!.start)); j++);
    const line = text.lastIndexOf('\n', tokens[i]!.start - 1) + 1;
    const stop = text.indexOf('\n', tokens[j - 1]!.end);
    const alone = text.slice(line, tokens[i]!.start).trim() === '' && text.slice(tokens[j - 1]!.end, stop < 0 ? undefined : stop).trim() === '';
    for (const token of tokens.slice(i, j)) {
      const said = text.slice(token.start, token.end);
      const hidden = alone || token.kind !== 'output';
      pieces.push(text.slice(done, token.start), hidden ? said.replace(/[^\r\n]/g, ' ') : 'x'.repeat(said.length));
      done = token.end;
      if (token.kind === 'output') holes.push(alone ? { start: token.start, end: token.end, column: columnOf(said, token.start - line) } : { start: token.start, end: token.end });
      else if (!alone) holes.push({ start: token.start, end: token.end });
    }
  }
  return { text: pieces.join('') + text.slice(done), holes, conditional: conditionals(tokens), tokens };
}

/** Helm's `nindent` and `indent` say where the output begins; without one it begins where the template stands. */
function columnOf(said: string, column: number): number {
  const indent = /\b(n?)indent\s+(\d{1,3})/.exec(said);
  return indent ? Number(indent[2]) + (indent[1] ? 0 : column) : column;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = text.indexOf('{'); at >= 0 && at < text.length; at = text.indexOf('{', at)) {
    const mark = text[at + 1];
    if (mark !== '{' && mark !== '%' && mark !== '#') {
      at++;
      continue;
    }
    const close = mark === '{' ? '}}' : `${mark}}`;
    const found = boundedIndexOf(text, close, at + 2);
    const line = text.indexOf('\n', at);
    const end = found >= 0 ? found + 2 : line < 0 ? text.length : line;
    tokens.push({ start: at, end, kind: mark === '#' ? 'other' : kindOf(text.slice(at + 2, Math.min(end, at + 60)), mark === '%') });
    at = end;
  }
  return tokens;
}

/** A template longer than this is one that was never closed. */
const longest = 8192;

function boundedIndexOf(text: string, mark: string, from: number): number {
  const found = text.slice(from, from + longest).indexOf(mark);
  return found < 0 ? found : from + found;
}

function kindOf(inside: string, statement: boolean): Token['kind'] {
  const word = /^[-+]?\s*(\/\*|[\w.]*)/.exec(inside)?.[1] ?? '';
  if (statement) return /^(if|for|with|block|macro|call|filter|raw)$/.test(word) ? 'open' : /^end/.test(word) ? 'close' : /^el/.test(word) ? 'else' : 'other';
  if (/^(if|range|with|define|block)$/.test(word)) return 'open';
  if (word === 'end') return 'close';
  if (word === 'else') return 'else';
  return word === '/*' || /^[-+]?\s*\$\w+\s*:?=/.test(inside) ? 'other' : 'output';
}

function conditionals(tokens: readonly Token[]): readonly Span[] {
  const open: number[] = [];
  const spans: Span[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') open.push(token.end);
    else if (token.kind === 'close' && open.length > 0) spans.push({ start: open.pop()!, end: token.start });
  }
  return spans;
}
