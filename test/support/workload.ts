/** Inputs made of the examples on the pages, so that every format there is is covered without being listed. */
import { readFileSync } from 'node:fs';
import { analyse } from '#engine/analysis.js';
import type { Format } from '#engine/format.js';
import { lint } from '#engine/lint.js';
import { headLength, recogniser } from '#engine/recognise.js';
import { registry } from '#registry/registry.generated.js';
import { pages, type Heading } from './pages.js';

const recognise = recogniser(registry.formats);
let texts: Map<string, ReadonlyMap<string, Heading>> | undefined;

/** Every example of a format, longest first, with the heading it stands under; `Caught` where it stands under several. */
function examplesOf(format: string): ReadonlyMap<string, Heading> {
  if (!texts) {
    const found = new Map([...registry.formats.keys()].map((name) => [name, new Map<string, Heading>()]));
    for (const { format: name, examples } of pages()) {
      for (const { heading, files } of examples) {
        for (const { name: path, text } of files) {
          // What stands beside may be of another format, or of none.
          if (path !== undefined && recognise(path, () => text) !== name) continue;
          if (found.get(name)!.get(text) !== 'Caught') found.get(name)!.set(text, heading);
        }
      }
    }
    texts = new Map([...found].map(([name, all]) => [name, new Map([...all].sort(([a], [b]) => b.length - a.length))]));
  }
  return texts.get(format) ?? new Map();
}

/** The text of every example of a format, longest first. */
export function exampleTexts(format: string): readonly string[] {
  return [...examplesOf(format).keys()];
}

/** A file of a format with about so many lines, and a path under which it is recognised as that. */
export interface Workload {
  readonly format: string;
  readonly path: string;
  readonly text: string;
}

/** `dense`: every example, so that almost every statement is a finding; `typical`: examples no rule objects to, and one caught in twenty. */
export type Density = 'dense' | 'typical';

/** The hardened example's channel with its destination repeated up to a length, and its firmware options among 3,000 others. */
export function largeFiles(length = 2e6): readonly { readonly title: string; readonly format: string; readonly path: string; readonly text: string }[] {
  const channel = readFileSync('examples/clinic-hardened/hl7/channels/adt-inbound.xml', 'utf8');
  const [start, end] = [channel.indexOf('    <connector '), channel.indexOf('  </destinationConnectors>')];
  const connector = channel.slice(start, end);
  const options = readFileSync('examples/clinic/wearables/wristband/sdkconfig', 'utf8');
  return [
    {
      title: 'Mirth channel export', format: 'mirth-channel', path: 'hl7/adt-inbound.xml',
      text: channel.slice(0, start) + connector.repeat(Math.ceil(length / connector.length)) + channel.slice(end),
    },
    {
      title: 'sdkconfig', format: 'sdkconfig', path: 'wristband/sdkconfig',
      text: `${options}${Array.from({ length: 3000 }, (_, i) => `CONFIG_COMPONENT_${i}_BUFFER_SIZE=${i}\n`).join('')}`,
    },
  ];
}

/**
 * The examples of a format again and again, joined as its notation allows, so that the result is one file of it. Nothing
 * for a format without examples or without a name it is known by.
 */
export function workload(format: string, lines: number, density: Density = 'dense'): Workload | undefined {
  const declared = registry.formats.get(format);
  if (!declared) return undefined;
  const examples = chosen(format, declared, density);
  if (examples.length === 0) return undefined;
  const globs = declared.files.flatMap((claim) => (typeof claim === 'string' ? [claim] : claim.named));
  const paths = [...new Set([...exampleNames(format), ...globs.map(nameOfGlob)])];
  // A signature may be met by some examples only: the first that is recognised begins the file, and most of the others can be joined to it.
  const shared = new Map<Shape, number>();
  for (const example of examples) shared.set(shapeOf(example), (shared.get(shapeOf(example)) ?? 0) + 1);
  // What has no shape is joined line by line, which suits a structure only where nearly all is like that.
  const joins = (example: string) => shared.get(shapeOf(example))! / (shapeOf(example) === 'lines' ? 3 : 1);
  const firsts = [...examples].sort((a, b) => joins(b) - joins(a));
  for (const path of paths) {
    for (const first of firsts) {
      const text = repeated([first, ...examples.filter((example) => example !== first && shapeOf(example) === shapeOf(first))], lines, listOf[format]);
      if (recognise(path, () => text.slice(0, headLength)) === format) return { format, path, text };
    }
  }
  return undefined;
}

function chosen(name: string, declared: Format, density: Density): readonly string[] {
  const all = [...examplesOf(name)].filter(([text]) => text.trim() !== '');
  if (density === 'dense') return all.map(([text]) => text);
  const under = (wanted: Heading) => all.flatMap(([text, heading]) => (heading === wanted ? [text] : []));
  const [allowed, caught] = [under('Allowed'), under('Caught')];
  const quiet = allowed.filter((text) => lint(analyse(name, declared, 'example', text), registry).findings.length === 0);
  const most = quiet.length > 0 ? quiet : allowed;
  return caught.length === 0 ? most : Array.from({ length: 20 * Math.max(1, Math.ceil(most.length / 19)) }, (_, i) => (i % 20 === 19 ? caught[Math.floor(i / 20) % caught.length]! : most[(i - Math.floor(i / 20)) % most.length]!));
}

function exampleNames(format: string): readonly string[] {
  return pages().filter((page) => page.format === format).flatMap(({ examples }) => examples.flatMap(({ files }) => files.flatMap(({ name }) => name ?? [])));
}

function nameOfGlob(glob: string): string {
  return glob.replaceAll('**/', '').replace(/\{([^,}]*)[^}]*\}/g, '$1').replace(/\[(.)[^\]]*\]/g, '$1').replaceAll('*', 'x').replaceAll('?', 'x');
}

type Shape = 'object' | 'array' | 'element' | 'documents' | 'mapping' | 'lines';

function shapeOf(text: string): Shape {
  const start = text.replace(/^(?:\s|\/\/.*|<\?[^>]*>|<!--[\s\S]*?-->|<![^>]*>)+/, '');
  if (start.startsWith('{')) return 'object';
  if (start.startsWith('[') && /\]\s*$/.test(start) && /^\[\s*[{["\d]/.test(start)) return 'array';
  if (start.startsWith('<')) return 'element';
  if (/^apiVersion:/m.test(text)) return 'documents';
  return /^(?:#.*\n|\s*\n)*[\w-]+:\n  [\w-]+:/.test(text) && !/^[^\w\s#]|^---/m.test(text) ? 'mapping' : 'lines';
}

/** The element around several examples, for formats whose root elements may stand in a list as they are. */
const listOf: Readonly<Record<string, string>> = { 'mirth-channel': 'list' };

function repeated(examples: readonly string[], lines: number, list?: string): string {
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
      if (list !== undefined) return `<${list}>\n${parts.map((part) => part.replace(/<\?[^>]*>\s*/, '')).join('')}</${list}>\n`;
      const root = /<([\w:.-]+)[^>]*>/.exec(examples[0]!.replace(/<[?!][^>]*>/g, ''));
      const head = root ? examples[0]!.slice(0, examples[0]!.indexOf(root[0]) + root[0].length) : '';
      const body = (text: string) => (root ? text.slice(text.indexOf('>', text.search(/<[\w]/)) + 1, Math.max(0, text.lastIndexOf('</'))) : text);
      return root ? `${head}${parts.map(body).join('')}</${root[1]}>\n` : parts.join('');
    }
    case 'documents': return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('---\n');
    case 'mapping': return merged(parts);
    case 'lines': return parts.map((part) => (part.endsWith('\n') ? part : `${part}\n`)).join('');
  }
}

/** Several YAML maps as one: what stands under the same key is put together, and gets a number where its own key is taken. */
function merged(parts: readonly string[]): string {
  const under = new Map<string, { text: string; readonly taken: Set<string> }>();
  for (const [i, part] of parts.entries()) {
    for (const [, head, body] of part.matchAll(/^([\w-]+:.*)\n((?:(?![\w-]+:).*(?:\n|$))*)/gm)) {
      const place = under.get(head!) ?? { text: '', taken: new Set<string>() };
      if (!under.has(head!) || body!.startsWith('  ')) place.text += body!.replace(/^  ([\w.-]+):/gm, (line, key: string) => (place.taken.size < place.taken.add(key).size ? line : `  ${key}-${i}:`));
      if (!place.text.endsWith('\n')) place.text += '\n';
      under.set(head!, place);
    }
  }
  return [...under].map(([head, { text }]) => `${head}\n${text}`).join('');
}
