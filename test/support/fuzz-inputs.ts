/**
 * Inputs nobody would write, for every format there is: its examples and the files of the examples' folder, broken, mixed and
 * stretched by chance. The same seed and number make the same input while the examples stay the same.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { headLength, recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { numbers } from './numbers.js';
import { exampleTexts, workload } from './workload.js';

/** A text to be judged, and the one before its last change, as an editor would have it. */
export interface Input {
  readonly format: string;
  readonly path: string;
  readonly text: string;
  readonly before: string;
  /** Whether the file is the only one of a workspace that was read whole; else nobody knows what is beside it. */
  readonly complete: boolean;
}

/** What the inputs of one format are made of. */
interface Stock {
  readonly path: string;
  readonly texts: readonly string[];
}

/** Longer examples cost more than they show. In UTF-16 units. */
const longestExample = 1500;
/** What an input may grow to, but for the rare ones that are stretched on purpose. */
const longestInput = 4000;

const stocks = new Map<string, Stock>();

function stockOf(format: string): Stock {
  let stock = stocks.get(format);
  if (!stock) {
    const all = [...exampleTexts(format), ...(samples().get(format) ?? [])].filter((text) => text.trim() !== '');
    const short = all.filter(({ length }) => length <= longestExample);
    stock = { path: workload(format, 50)?.path ?? 'example', texts: short.length > 0 ? short : all.map((text) => text.slice(0, longestExample)) };
    stocks.set(format, stock);
  }
  return stock;
}

let sampled: ReadonlyMap<string, readonly string[]> | undefined;

/** The files of the examples' folder by format. */
function samples(): ReadonlyMap<string, readonly string[]> {
  if (sampled) return sampled;
  const recognise = recogniser(registry.formats);
  const found = new Map<string, string[]>();
  for (const entry of readdirSync('examples', { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    const path = join(entry.parentPath, entry.name).split(/[/\\]/).slice(2).join('/');
    const format = recognise(path, () => text.slice(0, headLength));
    if (format !== undefined) found.set(format, [...(found.get(format) ?? []), text]);
  }
  return (sampled = found);
}

/** The formats, in the order in which inputs go through them. */
export const fuzzedFormats: readonly string[] = [...registry.formats.keys()].sort();

/** The input of a seed with a number; `only` makes all inputs ones of one format. */
export function inputOf(seed: number, number: number, only?: string): Input {
  const next = numbers(mixed(seed, number));
  const format = only ?? fuzzedFormats[number % fuzzedFormats.length]!;
  const { path, texts } = stockOf(format);
  let text = texts[next(texts.length)]!;
  let before = text;
  const changes = 1 + Math.min(next(4), next(6));
  for (let change = 0; change < changes; change++) {
    before = text;
    text = mutations[next(mutations.length)]!(text, next, format);
    if (text.length > longestInput && next(50) > 0) text = text.slice(0, longestInput);
  }
  return { format, path: next(25) === 0 ? `${path}${endings[next(endings.length)]}` : path, text, before, complete: next(2) === 0 };
}

/** Endings that make a file a template, or one that is there to be copied. */
const endings = ['.j2', '.tmpl', '.erb', '.example', '.in'];

function mixed(seed: number, number: number): number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  return (state ^ (state >>> 13)) >>> 0;
}

type Next = (below: number) => number;
type Mutation = (text: string, next: Next, format: string) => string;

const hostile = [
  '"', "'", '`', '\\', '\\"', '{', '}', '[', ']', '(', ')', '<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '/*', '*/', '//', '#', ';', ':', ',',
  '=', '=>', '+=', '|', '>-', '&', '&amp;', '&x;', '*', '**', '?', '!', '!!', '@', '%', '$', '$(', '${', '${X}', '{{', '}}', '{{ .x }}', '{% if x %}',
  '{% endif %}', '<%= x %>', '{{- range .x }}', '{{- end }}', '@X@', '__X__', '\n', '\n\n', '\r\n', '\r', '\t', ' ', '  ', '\\\n', '\0', '\u0001', '\ufeff',
  '\u00a0', '\u2028', '\u2029', '\u0085', '\u200b', '\u202e', '\ud800', '\udc00', 'é', 'ß', 'İ', 'Ⅷ', '🏥', 'e\u0301', '- ', '---\n', '...\n', '? ', '<<', '<<EOF\n',
  'EOF\n', "@'\n", '"""', "'''", '0', '-1', '1e999', '0x10', '99999999999999999999', '0.0.0.0/0', '::/0', 'null', 'true', 'no', 'NaN', '__proto__',
  'constructor', 'toString', 'hasOwnProperty', 'include', 'default', 'password', 'a'.repeat(300), '['.repeat(60), '{"a":'.repeat(40), '<a>'.repeat(40),
];
const closingOf: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')', '"': '"', "'": "'" };
const holes = ['{{ x }}', '${X}', '$X', '<%= x %>', '@X@', '%X%', '{% if x %}', '{% endif %}', '{{- if .x }}', '{{- end }}', '{{/* x */}}', '!Ref x', '${x:y}'];

/** Words, runs of white space and single marks. */
const tokensOf = (text: string) => text.match(/\w+|\s+|[^\w\s]/g) ?? [''];
const linesOf = (text: string) => text.split(/(?<=\n)/);

/** A change of some neighbouring pieces of a text, such as tokens or lines. */
function pieces(cut: (text: string) => string[], most: number, change: (all: string[], at: number, count: number, next: Next) => void): Mutation {
  return (text, next) => {
    const all = cut(text);
    change(all, next(all.length), 1 + next(most), next);
    return all.join('');
  };
}

const inserted = (text: string, next: Next, what: string) => {
  const at = next(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
};

/** A stretch of whole lines of an example. */
function excerpt(format: string, next: Next): string[] {
  const { texts } = stockOf(format);
  const lines = linesOf(texts[next(texts.length)]!);
  const from = next(lines.length);
  return lines.slice(from, from + 1 + next(8));
}

const spliced = (from: (format: string, next: Next) => string): Mutation => (text, next, format) => {
  const lines = linesOf(text);
  lines.splice(next(lines.length + 1), next(3), ...excerpt(from(format, next), next));
  return lines.join('');
};

const own = spliced((format) => format);
const foreign = spliced((_format, next) => fuzzedFormats[next(fuzzedFormats.length)]!);

const mutations: readonly Mutation[] = [
  pieces(tokensOf, 3, (all, at, count) => void all.splice(at, count)),
  pieces(tokensOf, 3, (all, at, count) => void all.splice(at, 0, ...all.slice(at, at + count))),
  pieces(tokensOf, 1, (all, at, _count, next) => { const other = next(all.length); [all[at], all[other]] = [all[other]!, all[at]!]; }),
  pieces(tokensOf, 1, (all, at, _count, next) => { all[at] = hostile[next(hostile.length)]!; }),
  pieces(tokensOf, 1, (all, at, _count, next) => { all[at] = all[next(all.length)]!; }),
  pieces(linesOf, 3, (all, at, count) => void all.splice(at, count)),
  pieces(linesOf, 6, (all, at, count) => void all.splice(at, 0, ...all.slice(at, at + count))),
  pieces(linesOf, 3, (all, at, count, next) => { const moved = all.splice(at, count); all.splice(next(all.length + 1), 0, ...moved); }),
  pieces(linesOf, 1, (all, at) => { all[at] = all[at]!.replace(/\r?\n$/, ''); }),
  pieces(linesOf, 2, (all, at, count, next) => {
    for (let i = at; i < Math.min(all.length, at + count); i++) all[i] = next(2) ? `${' '.repeat(1 + next(4))}${all[i]}` : all[i]!.replace(/^[ \t]{1,2}/, '');
  }),
  pieces(linesOf, 1, (all, at, _count, next) => { all[at] = ['#', '//', ';', '!', '<!--', '/*', "'", 'rem '][next(8)]! + all[at]; }),
  own, own, foreign,
  (text, next) => inserted(text, next, hostile[next(hostile.length)]!.repeat(1 + next(3))),
  (text, next) => inserted(text, next, hostile[next(hostile.length)]!.repeat(1 + next(3))),
  (text, next) => inserted(text, next, holes[next(holes.length)]!),
  // Something in the place of a value: what stands behind a colon, an equals sign or a blank.
  (text, next) => {
    const places = [...text.matchAll(/(?<=[:=]\s?)[^\s,;:=]+(?=\s*(?:[,;]|$))/gm)];
    const place = places[next(Math.max(1, places.length))];
    if (!place) return text;
    const value = next(2) ? holes[next(holes.length)]! : hostile[next(hostile.length)]!;
    return text.slice(0, place.index) + value + text.slice(place.index + place[0].length);
  },
  // Unbalanced: a quote or bracket that is gone, or a word that is in them.
  (text, next) => {
    const places = [...text.matchAll(/["'`()[\]{}<>]/g)];
    const place = places[next(Math.max(1, places.length))];
    return place ? text.slice(0, place.index) + text.slice(place.index + 1) : `${text}"`;
  },
  (text, next) => {
    const mark = Object.keys(closingOf)[next(5)]!;
    const at = next(text.length + 1);
    const end = Math.min(text.length, at + next(40));
    return text.slice(0, at) + mark + text.slice(at, end) + (next(3) ? closingOf[mark]! : '') + text.slice(end);
  },
  (text, next) => text.slice(0, next(text.length + 1)),
  (text, next) => text.slice(next(Math.min(text.length, 60) + 1)),
  (text, next) => (next(2) ? text.replaceAll('\n', '\r\n') : next(2) ? text.replace(/\n/g, () => (next(2) ? '\r\n' : '\n')) : text.replaceAll('\n', '\r')),
  (text, next) => (next(2) ? `\ufeff${text}` : text.replace(/\s+$/, '')),
  (text, next) => (next(2) ? text.replaceAll(' ', '\t') : text.toUpperCase()),
  (text, next) => (next(4) ? `${text}${text}` : text.repeat(1 + next(4))),
  (text, next) => (next(8) ? text : inserted(text, next, hostile[next(hostile.length)]!.repeat(next(3000)))),
];
