import type { Span } from '#engine/text.js';
import { decode, type Element, type Xml } from '#notations/xml.js';
import { valueOf, type MirthChannel } from './channels.js';

/** A call in a script, as text: scripts are read, never run. */
export interface ScriptCall {
  readonly span: Span;
  /** What stands between the brackets, with XML entities decoded. */
  readonly inside: string;
  /** The arguments that are plain text in quotes, in their places; `undefined` for any other. */
  readonly words: readonly (string | undefined)[];
  /** The element the script is in: `script`, `preprocessingScript`. */
  readonly element: string;
}

/** A longer call is not looked into. */
const longest = 2000;

/**
 * The calls that begin with a word in the scripts of a channel, without those in comments and in steps that are switched off.
 * `rest` is what must follow, up to the bracket.
 */
export function scriptCalls(channel: MirthChannel, word: string, rest: RegExp): readonly ScriptCall[] {
  const { text } = channel.file;
  return occurrences(channel, word).flatMap(({ at, holder }) => {
    const behind = rest.exec(text.slice(at + word.length, at + word.length + 40));
    if (!behind) return [];
    const from = at + word.length + behind[0].length;
    const inside = upToBracket(decode(text.slice(from, Math.min(from + longest, holder.content.end))));
    return inside === undefined ? [] : [{ span: { start: at, end: from - 1 }, inside, words: quotedWords(inside), element: holder.name }];
  });
}

/** Where a word stands in the live scripts of a channel. */
export function occurrences({ file, scripted }: MirthChannel, word: string): readonly { readonly at: number; readonly holder: Element }[] {
  return scripted.flatMap((within) => {
    const found: { at: number; holder: Element }[] = [];
    const { start, end } = within.span;
    const text = file.text.slice(start, end);
    for (let next = text.indexOf(word); next >= 0; next = text.indexOf(word, next + word.length)) {
      const at = start + next;
      const holder = holderOf(within, at);
      if (holder && isLive(file, holder) && !isComment(file.text, holder, at)) found.push({ at, holder });
    }
    return found;
  });
}

function holderOf(within: Element, at: number): Element | undefined {
  let element = within;
  for (;;) {
    const child = element.children.find(({ content }) => content.start <= at && at < content.end);
    if (!child) break;
    element = child;
  }
  return /script$|^mapping$|^select$|^update$|^query$/i.test(element.name) && element.children.length === 0 ? element : undefined;
}

/** A step, rule or destination may be switched off; what is in it does not run. */
function isLive(file: Xml, holder: Element): boolean {
  for (let element: Element | undefined = holder; element; element = element.parent) if (valueOf(file, element, 'enabled') === 'false') return false;
  return true;
}

function isComment(text: string, holder: Element, at: number): boolean {
  const before = text.slice(Math.max(holder.content.start, at - 20_000), at);
  if (before.lastIndexOf('/*') > before.lastIndexOf('*/')) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return /(?:^|[^:'"])\/\//.test(line);
}

function upToBracket(text: string): string | undefined {
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]!;
    if (mark === '\\') at++;
    else if (quote !== '') quote = mark === quote ? '' : quote;
    else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === '(') depth++;
    else if (mark === ')' && depth-- === 0) return text.slice(0, at);
  }
  return undefined;
}

/** The arguments of a call, split at commas that stand outside of quotes and brackets. */
function quotedWords(inside: string): readonly (string | undefined)[] {
  const parts: string[] = [''];
  let depth = 0;
  let quote = '';
  for (const mark of inside) {
    if (quote === '' && depth === 0 && mark === ',') {
      parts.push('');
      continue;
    }
    if (quote !== '') quote = mark === quote ? '' : quote;
    else if (mark === '"' || mark === "'") quote = mark;
    else if ('([{'.includes(mark)) depth++;
    else if (')]}'.includes(mark)) depth--;
    parts[parts.length - 1] += mark;
  }
  return parts.map((part) => /^\s*(["'])([^"']*)\1\s*$/.exec(part)?.[2]);
}

/** Whether what a call is given is a whole message, or a segment that identifies the patient. */
export function givesContent({ inside, element }: ScriptCall): boolean {
  const clipped = inside.slice(0, 500);
  if (/\b(?:msg|tmp)\s*\[\s*["'](?:PID|NK1|IN1|GT1|DG1|PatientID|PatientName)["']/.test(clipped)) return true;
  const bare = clipped.replace(/"[^"]*"|'[^']*'/g, '');
  return /\b(?:msg|tmp)\b(?!\s*[[.\w:])/.test(bare)
    || /\b(?:msg|tmp)\s*\.\s*to(?:XML)?String\s*\(/.test(bare)
    || /\.\s*get(?:Raw|Encoded|Transformed|ProcessedRaw)Data\s*\(\s*\)/.test(bare)
    || (element === 'preprocessingScript' && /\bmessage\b(?!\s*[[.\w:])/.test(bare));
}
