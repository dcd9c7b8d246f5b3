/** Inputs made of the examples on the pages, so that every format there is is covered without being listed. */
import { headLength, recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { pages } from './pages.js';

let texts: Map<string, readonly string[]> | undefined;

/** The text of every example of a format, longest first. */
export function exampleTexts(format: string): readonly string[] {
  if (!texts) {
    texts = new Map([...registry.formats.keys()].map((name) => [name, [] as string[]]));
    for (const page of pages()) for (const { files } of page.examples) for (const { text } of files) (texts.get(page.format) as string[]).push(text);
    for (const [name, all] of texts) texts.set(name, [...new Set(all)].sort((a, b) => b.length - a.length));
  }
  return texts.get(format) ?? [];
}

/** A file of a format with about so many lines, and a path under which it is recognised as that. */
export interface Workload {
  readonly format: string;
  readonly path: string;
  readonly text: string;
}

const recognise = recogniser(registry.formats);

/**
 * The examples of a format again and again, joined as its notation allows, so that the result is one file of it. Nothing
 * for a format without examples or without a name it is known by.
 */
export function workload(format: string, lines: number): Workload | undefined {
  const declared = registry.formats.get(format);
  const examples = exampleTexts(format).filter((text) => text.trim() !== '');
  if (!declared || examples.length === 0) return undefined;
  const globs = declared.files.flatMap((claim) => (typeof claim === 'string' ? [claim] : claim.named));
  const paths = [...new Set([...exampleNames(format), ...globs.map(nameOfGlob)])];
  // A signature may be met by some examples only: the first that is recognised begins the file.
  for (const path of paths) {
    for (const first of examples) {
      const text = repeated([first, ...examples.filter((example) => example !== first && shapeOf(example) === shapeOf(first))], lines);
      if (recognise(path, () => text.slice(0, headLength)) === format) return { format, path, text };
    }
  }
  return undefined;
}

function exampleNames(format: string): readonly string[] {
  return pages().filter((page) => page.format === format).flatMap(({ examples }) => examples.flatMap(({ files }) => files.flatMap(({ name }) => name ?? [])));
}

function nameOfGlob(glob: string): string {
  return glob.replaceAll('**/', '').replace(/\{([^,}]*)[^}]*\}/g, '$1').replace(/\[(.)[^\]]*\]/g, '$1').replaceAll('*', 'x').replaceAll('?', 'x');
}

type Shape = 'object' | 'array' | 'element' | 'documents' | 'lines';

function shapeOf(text: string): Shape {
  const start = text.replace(/^(?:\s|\/\/.*|<\?[^>]*>|<!--[\s\S]*?-->|<![^>]*>)+/, '');
  if (start.startsWith('{')) return 'object';
  if (start.startsWith('[') && /\]\s*$/.test(start) && /^\[\s*[{["\d]/.test(start)) return 'array';
  if (start.startsWith('<')) return 'element';
  return /^apiVersion:/m.test(text) ? 'documents' : 'lines';
}

function repeated(examples: readonly string[], lines: number): string {
  const count = (text: string) => text.split('\n').length - 1;
  const shape = shapeOf(examples[0]!);
  const parts: string[] = [];
  for (let i = 0, sum = 0; sum < lines && i < lines; i++) {
    const example = examples[i % examples.length]!;
    parts.push(example);
    sum += Math.max(1, count(example));
  }
  const inner = (text: string, [open, close]: readonly [string, string]) => text.slice(text.indexOf(open) + 1, text.lastIndexOf(close)).replace(/,?\s*$/, '');
  switch (shape) {
    case 'object': return `{${parts.map((part) => inner(part, ['{', '}'])).filter(Boolean).join(',')}\n}\n`;
    case 'array': return `[${parts.map((part) => inner(part, ['[', ']'])).filter(Boolean).join(',')}\n]\n`;
    case 'element': {
      const root = /<([\w:.-]+)[^>]*>/.exec(examples[0]!.replace(/<[?!][^>]*>/g, ''));
      const head = root ? examples[0]!.slice(0, examples[0]!.indexOf(root[0]) + root[0].length) : '';
      const body = (text: string) => (root ? text.slice(text.indexOf('>', text.search(/<[\w]/)) + 1, Math.max(0, text.lastIndexOf('</'))) : text);
      return root ? `${head}${parts.map(body).join('')}</${root[1]}>\n` : parts.join('');
    }
    case 'documents': return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('---\n');
    case 'lines': return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
  }
}
