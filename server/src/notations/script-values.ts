/**
 * What variables, tables and loops of a script hold, as far as it spells them out: a value that depends on anything
 * else is not known.
 */
import {
  joinPath, readExpression, readJoinPath, readSum, skipped, type Expression, type Source,
} from './powershell-values.js';

/** A stretch between brackets, or the rest of a line behind a `for` of a batch file. */
export interface Block {
  readonly start: number;
  end: number;
  readonly above: Block | undefined;
  /** What runs it over and over: the variable, and what it goes through where that is known. */
  readonly loop?: { readonly name: string; readonly over: Expression | undefined };
  /** The function whose body it is. */
  readonly routine?: { readonly name: string; readonly parameters: readonly Parameter[] };
}

export interface Parameter {
  readonly name: string;
  readonly otherwise: Expression | undefined;
}

export interface Assignment {
  /** Behind the statement. */
  readonly at: number;
  readonly block: Block;
  readonly value: Expression | undefined;
  /** `$p.Value = 1`. */
  readonly member?: string | undefined;
  readonly appends: boolean;
}

/** The variables and blocks of a script. Names of a batch file stand between per cent signs. */
export interface Survey {
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>;
  /** In the order of their beginnings; the first is the whole text. */
  readonly blocks: readonly Block[];
}

/** Levels of brackets that are told apart. */
const deepest = 100;
const batchWords = /^[ \t]*@?(?:echo[ \t]+off|setlocal|rem\b|::|set[ \t]+"?\w+=)/im;
const routineHead = /function[ \t]+([\w:-]{1,80})[ \t]*(\()?/iy;
const parametersHead = /param[ \t\r\n]*\(/iy;
const loopHead = /foreach[ \t]*\([ \t]*\$(\w{1,80})[ \t]+in[ \t]+/iy;
const assigned = /(?:\[[\w.]{1,60}(?:\[\])?\][ \t]*)?\$(?:script:|global:|local:|private:)?(\w{1,80})(?:\.(\w{1,80})|\[['"](\w{1,80})['"]\])?[ \t]*(\+?=)(?!=)[ \t]*/iy;
const changed = /\$(?:script:|global:|local:|private:)?(\w{1,80})[ \t]*(?:(?:,[ \t]*\$\w{1,80}[ \t]*){1,9}=(?!=)|[-+*/%]?=(?!=)|\+\+|--)/iy;
const pipeline = /[ \t]*\|[ \t]*(?:\r?\n[ \t]*)?(?:ForEach-Object|foreach|%)[ \t]*(?:-Process[ \t]*)?\{|\.ForEach\(\{/iy;
const batchSet = /@?set[ \t]+(\/[ap][ \t]+)?("?)(\w{1,80})=/iy;
const quotedData = /[^"\r\n]*/y;
const bareData = /[^\r\n&|)]*/y;
const batchFor = /@?for[ \t]+(\/[a-z][^(\n]{0,80})?%%?([a-z])[ \t]+in[ \t]*\(([^()\n]{0,2000})\)[ \t]*do[ \t]*(\()?/iy;

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Reads a script once, from its first letter to its last. */
export function survey(text: string): Survey {
  const source: Source = { text, left: text.length / 2 + 1000 };
  const batch = batchWords.test(text.slice(0, 65_536));
  const blocks: Block[] = [{ start: 0, end: text.length, above: undefined }];
  const assignments = new Map<string, Assignment[]>();
  let block = blocks[0]!;
  let level = 0;
  const open = (start: number, more: Pick<Block, 'loop' | 'routine'> = {}, end = text.length) => {
    if (++level > deepest) return;
    block = { start, end, above: block, ...more };
    blocks.push(block);
  };
  const assign = (name: string, one: Assignment) => {
    const before = assignments.get(name);
    if (before) before.push(one);
    else assignments.set(name, [one]);
  };
  let fresh = true;
  let stop = -1;
  const lineStop = (from: number) => (from <= stop ? stop : stop = lineEnd(text, from));
  for (let at = 0; at < text.length;) {
    while (block.above && at >= block.end) block = block.above, level--;
    const letter = text[at]!;
    if (letter === '\n' || letter === ';' || letter === '&') fresh = true, at++;
    else if (letter === ' ' || letter === '\t' || letter === '\r') at++;
    else if (letter === '#' && !batch || fresh && /^(?:rem\b|::)/i.test(text.slice(at, at + 4))) at = lineEnd(text, at);
    else if (text.startsWith('<#', at)) at = behind(text, '#>', at);
    else if (letter === '@' && /^@["']\r?\n/.test(text.slice(at, at + 4))) at = behind(text, `\n${text[at + 1]!}@`,
      at + 2);
    else if (letter === '{' && !batch || letter === '(' && batch) open(at), fresh = true, at++;
    else if (letter === '}' && !batch || letter === ')' && batch) {
      if (level > deepest) level--;
      else if (block.above && block.end === text.length) {
        block.end = at;
        block = block.above;
        level--;
      }
      fresh = true;
      at++;
    } else if (batch) {
      const next = fresh || /[\s@]/.test(text[at - 1] ?? ' ') ? batchStatement(at) : undefined;
      if (next === undefined && letter === '"') at = quoted(text, at);
      else at = next ?? at + 1;
      if (next === undefined) fresh = letter === '@' && fresh;
    } else {
      const next = fresh ? statement(at) : undefined;
      if (next === undefined) {
        fresh = false;
        // Whatever else changes a variable leaves it unknown: several at once, counting, an assignment inside an
        // expression.
        const change = letter === '$' ? sticky(changed, text, at) : null;
        if (change) assign(change[1]!.toLowerCase(), { at, block, value: undefined, appends: false });
        at = letter === '"' || letter === "'" ? quoted(text, at) : at + 1;
      } else at = next;
    }
  }
  return { assignments, blocks };

  /** A statement that names a variable, runs a block or declares a function; how far it was read. */
  function statement(at: number): number | undefined {
    const routine = sticky(routineHead, text, at);
    if (routine) {
      const close = routine[2] ? closing(source, at + routine[0].length) : at + routine[0].length;
      const brace = skipped(text, close, true);
      if (text[brace] !== '{') return undefined;
      open(brace, { routine: { name: routine[1]!.toLowerCase(), parameters: routine[2] ? parameters(source,
        at + routine[0].length, close - 1) : [] } });
      return brace + 1;
    }
    const declared = sticky(parametersHead, text, at);
    if (declared) {
      const close = closing(source, at + declared[0].length);
      const found = parameters(source, at + declared[0].length, close - 1);
      const own = block;
      if (own.routine) Object.assign(own, { routine: { ...own.routine, parameters: found } });
      // What a whole script is called with is known to nobody here.
      else for (const { name } of found) assign(name, { at: close, block: own, value: undefined, appends: false });
      return close;
    }
    const loop = sticky(loopHead, text, at);
    if (loop) {
      const over = readExpression(source, at + loop[0].length);
      const paren = over ? skipped(text, over.end, true) : -1;
      const brace = over && text[paren] === ')' ? skipped(text, paren + 1, true)
        : at + loop[0].length + text.slice(at + loop[0].length, at + loop[0].length + 300).indexOf('{');
      if (text[brace] !== '{') return undefined;
      open(brace, { loop: { name: loop[1]!.toLowerCase(), over: over && text[paren] === ')' ? over.value
        : undefined } });
      fresh = true;
      return brace + 1;
    }
    const set = sticky(assigned, text, at);
    if (set) {
      const from = at + set[0].length;
      const read = sticky(joinPath, text, from) ? readJoinPath(source, from, 0) : readExpression(source, from);
      const whole = read !== undefined && ends(text, read.end);
      assign(set[1]!.toLowerCase(), { at: whole ? read.end : from, block, value: whole ? read.value : undefined,
        member: (set[2] ?? set[3])?.toLowerCase(), appends: set[4] === '+=' });
      fresh = false;
      return whole ? read.end : from;
    }
    if (!/['"@$(\d]/.test(text[at]!)) return undefined;
    const piped = readExpression(source, at);
    const into = piped && sticky(pipeline, text, piped.end);
    if (!into) return undefined;
    open(piped.end + into[0].length - 1, { loop: { name: '_', over: piped.value } });
    fresh = true;
    return piped.end + into[0].length;
  }

  function batchStatement(at: number): number | undefined {
    const set = sticky(batchSet, text, at);
    if (set) {
      const from = at + set[0].length;
      const end = from + sticky(set[2] ? quotedData : bareData, text, from)![0].length;
      const span = { start: from, end };
      const said = text.slice(from, end);
      // Behind an `if` on the same line it depends on more than the script says.
      const known = fresh && !set[1];
      const value: Expression | undefined = !known ? undefined : /[%!]/.test(said) ? { kind: 'template', text: said,
        span } : { kind: 'literal', text: said, span, quoted: false };
      assign(`%${set[3]!.toLowerCase()}%`, { at: end, block, value, appends: false });
      fresh = false;
      return set[2] && text[end] === '"' ? end + 1 : end;
    }
    const loop = fresh ? sticky(batchFor, text, at) : null;
    if (!loop) return undefined;
    const start = at + loop[0].length;
    const inside = text.indexOf('(', at) + 1;
    const items = [...loop[3]!.matchAll(/"([^"]{0,300})"|([^\s,;"]{1,300})/g)].map((item): Expression => {
      const from = inside + item.index + (item[1] === undefined ? 0 : 1);
      const said = item[1] ?? item[2]!;
      return { kind: 'literal', text: said, span: { start: from, end: from + said.length }, quoted: false };
    });
    const known = !loop[1] && !/[*?%!]/.test(loop[3]!);
    open(start - (loop[4] ? 1 : 0), { loop: { name: `%%${loop[2]!.toLowerCase()}`, over: known ? { kind: 'list',
      items } : undefined } }, loop[4] ? text.length : lineStop(start));
    fresh = true;
    return start;
  }
}

const lineEnd = (text: string, from: number) => {
  const stop = text.indexOf('\n', from);
  return stop < 0 ? text.length : stop;
};

const behind = (text: string, mark: string, from: number) => {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
};

function quoted(text: string, at: number): number {
  const quote = text[at]!;
  let close = at + 1;
  while (close < text.length && text[close] !== quote && text[close] !== '\n') close += text[close] === '`'
    && quote === '"' ? 2 : 1;
  return text[close] === quote ? close + 1 : Math.max(close, at + 1);
}

/** Whether a statement ends here, or goes on with something that is not a value. */
function ends(text: string, from: number): boolean {
  const at = skipped(text, from, false);
  return at >= text.length || /[\n;}#]/.test(text[at]!);
}

/** Behind the bracket that closes what was opened just before. */
function closing(source: Source, from: number): number {
  const { text } = source;
  let depth = 1;
  for (let at = from; at < text.length && source.left > 0; at++, source.left--) {
    const letter = text[at];
    if (letter === '"' || letter === "'") at = quoted(text, at) - 1;
    else if (letter === '(' || letter === '[' || letter === '{') depth++;
    else if ((letter === ')' || letter === ']' || letter === '}') && --depth === 0) return at + 1;
  }
  return text.length;
}

/**
 * `[string]$Path, $Value = 1`: names with what they hold where a call says nothing. Attributes in brackets are passed
 * over.
 */
function parameters(source: Source, start: number, stop: number): readonly Parameter[] {
  const { text } = source;
  const found: Parameter[] = [];
  for (let at = start; at < stop;) {
    const letter = text[at]!;
    if (letter === '[') at = closing(source, at + 1);
    else if (letter === '$') {
      const name = /^\$(\w{1,80})/.exec(text.slice(at, at + 90))?.[1];
      if (name === undefined) return found;
      const sign = skipped(text, at + name.length + 1, true);
      const read = text[sign] === '=' ? readSum(source, skipped(text, sign + 1, true)) : undefined;
      found.push({ name: name.toLowerCase(), otherwise: read?.value });
      at = comma(source, read ? read.end : sign, stop);
    } else at++;
  }
  return found;
}

function comma(source: Source, from: number, stop: number): number {
  const { text } = source;
  for (let at = from; at < stop; at++) {
    const letter = text[at];
    if (letter === ',') return at + 1;
    if (letter === '"' || letter === "'") at = quoted(text, at) - 1;
    else if (letter === '(' || letter === '[' || letter === '{') at = closing(source, at + 1) - 1;
  }
  return stop;
}
