import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyse, reconsider, type Analysis, type Surroundings } from '#engine/analysis.js';
import { globMatcher } from '#engine/glob.js';
import { lint, type Finding, type Unresolved } from '#engine/lint.js';
import { recogniser } from '#engine/recognise.js';
import { apply, collide, type Edit } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

/** A page: what a rule says of a format, as prose and as examples that are tests. */
export interface Page {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly rule: string;
  readonly format: string;
  readonly text: string;
  readonly examples: readonly Example[];
}

export const headings = ['Caught', 'Allowed', 'Cannot tell'] as const;
export type Heading = (typeof headings)[number];

/** One fenced block under a heading, with the fixed block behind it if there is one. */
export interface Example {
  readonly heading: Heading;
  /** The place of the block, and of the fixed block behind it, in the page. */
  readonly start: number;
  readonly end: number;
  /** The first line of the block in the page, 1-based. */
  readonly line: number;
  /** The files of the example without markers; a block without `==> name <==` lines is one file without a name. */
  readonly files: readonly ExampleFile[];
}

export interface ExampleFile {
  readonly name?: string;
  readonly text: string;
}

/** The folder of sources, from the working directory of the test command. */
const source = 'server/src';

/** Every page: of shared rules beside the formats, of a format's own rules beside the rules. */
export function pages(): readonly Page[] {
  return readdirSync(join(source, 'formats')).sort().flatMap((format) =>
    [['pages', ''], ['rules', `${format}/`]].flatMap(([folder, prefix]) => {
      const at = join(source, 'formats', format, folder!);
      if (!existsSync(at)) return [];
      return readdirSync(at).filter((name) => name.endsWith('.md')).sort().map((name) => readPage(join(at, name), `${prefix}${name.slice(0, -3)}`, format));
    }),
  );
}

export function readPage(path: string, rule: string, format: string): Page {
  const text = readFileSync(path, 'utf8');
  const examples: Example[] = [];
  const block = new RegExp('^```' + format + '\\n([\\s\\S]*?)^```\\n(?:\\n```' + format + ' fixed\\n[\\s\\S]*?^```\\n)?', 'gm');
  for (const match of text.matchAll(block)) {
    const heading = [...text.slice(0, match.index).matchAll(/^## (.+)$/gm)].at(-1)?.[1];
    if (!(headings as readonly (string | undefined)[]).includes(heading)) continue;
    examples.push({
      heading: heading as Heading,
      start: match.index,
      end: match.index + match[0].length,
      line: text.slice(0, match.index).split('\n').length,
      files: filesOf(match[1]!.replace(/^[ \t]*\^+ (?:error|warning|info|cannot tell): .*\n/gm, '')),
    });
  }
  return { path, rule, format, text, examples };
}

function filesOf(block: string): readonly ExampleFile[] {
  const parts = block.split(/^==> (.+) <==\n/m);
  if (parts.length === 1) return [{ text: block }];
  return Array.from({ length: (parts.length - 1) / 2 }, (_, i) => ({ name: parts[2 * i + 1]!, text: parts[2 * i + 2]! }));
}

/** What one rule, or all of them, says of an example. Every file is linted with the others as its surroundings. */
export interface Said {
  readonly file: ExampleFile;
  readonly findings: readonly Finding[];
  readonly unresolved: readonly Unresolved[];
  /** How often each rule found its subject as it should be. */
  readonly complied: ReadonlyMap<string, number>;
  readonly failures: readonly { readonly rule: string; readonly message: string }[];
}

/** The files of an example as a workspace of its own, each ready to be asked with the others as its surroundings. */
export function analysed(format: string, files: readonly ExampleFile[]): readonly Analysis[] {
  const declared = registry.formats.get(format);
  if (!declared) throw new Error(`there is no format ${format}`);
  const named = files.map((file) => ({ file, path: file.name ?? 'example' }));
  const bare = named.map(({ file, path }) => {
    const other = file.name === undefined ? undefined : companion(file.name, () => file.text);
    return other === undefined || other === format ? analyse(format, declared, path, file.text) : analyse(other, registry.formats.get(other)!, path, file.text);
  });
  const surroundingsOf = (asker: string): Surroundings => ({
    open: (path) => (files[0]?.name === undefined ? 'pending' : (bare.find((analysis) => analysis.path === path) ?? 'absent')),
    match: (glob) => (files[0]?.name === undefined ? 'pending' : bare.map(({ path }) => path).filter((path) => globMatcher(glob)(path)).sort()),
    marked: () => files.some(({ name, text }) => (name ?? 'example') === asker && text.startsWith('\ufeff')),
    includers: () => (files[0]?.name === undefined ? 'pending' : bare.filter(({ path, format: own, tree }) => path !== asker
      && registry.formats.get(own)!.includes?.(tree, path).some((places) => firstOf(places).includes(asker))).map(({ path }) => path).sort()),
    exported: (kind, key) => ({
      items: bare.flatMap(({ format: own, tree, path }) => (registry.formats.get(own)!.exports?.(tree, path) ?? []).filter((e) => e.kind === kind && e.key === key).map((e) => ({ path, value: e.value as never }))),
      complete: true,
    }),
    shared: (what, key) => what.answer(key, surroundingsOf(asker)),
  });
  const firstOf = (places: readonly string[]) =>
    places.map((place) => bare.map(({ path }) => path).filter((path) => globMatcher(place)(path))).find((found) => found.length > 0) ?? [];
  return bare.map((analysis) => (analysis.format === format ? reconsider(declared, analysis, surroundingsOf(analysis.path)) : analysis));
}

/** Lints an example as a workspace of its own. */
export function ask(format: string, files: readonly ExampleFile[], only?: (rule: string) => boolean): readonly Said[] {
  return analysed(format, files).map((analysis, i) => {
    if (analysis.format !== format) return { file: files[i]!, findings: [], unresolved: [], complied: new Map(), failures: [] };
    const { findings, unresolved, complied, failures } = lint(analysis, registry, undefined, only);
    return { file: files[i]!, findings, unresolved, complied, failures };
  });
}

/** The format of a named file. One of another format is there to be asked by the first, and is not linted itself. */
const companion = recogniser(registry.formats);

/** Applies fixes of a rule again and again, until none is left or nothing changes. */
export function fixed(format: string, files: readonly ExampleFile[], rule: string): readonly ExampleFile[] {
  let now = files;
  for (let round = 0; round < 20; round++) {
    const next = ask(format, now, (id) => id === rule).map(({ file, findings }) => ({ ...file, text: apply(file.text, compatible(findings)) }));
    if (next.every((file, i) => file.text === now[i]!.text)) break;
    now = next;
  }
  return now;
}

function compatible(findings: readonly Finding[]): readonly Edit[] {
  return findings.reduce<readonly Edit[]>((taken, { fix }) => {
    const edits = fix?.edits() ?? [];
    return collide(taken, edits) || edits.some((edit) => taken.some((other) => other.start === edit.start && other.end === edit.end && other.text === edit.text)) ? taken : [...taken, ...edits];
  }, []);
}

/** The page as it should read: markers under what was found, and the fixed text behind it. */
export function rewritten(page: Page): string {
  let result = '';
  let at = 0;
  for (const example of page.examples) {
    const said = ask(page.format, example.files, (id) => id === page.rule);
    const after = fixed(page.format, example.files, page.rule);
    result += page.text.slice(at, example.start);
    result += fence(page.format, '', said.map(({ file, findings, unresolved }) => ({ ...file, text: marked(file.text, findings, unresolved) })));
    if (after.some((file, i) => file.text !== example.files[i]!.text)) result += `\n${fence(page.format, ' fixed', after)}`;
    at = example.end;
  }
  return result + page.text.slice(at);
}

function fence(format: string, suffix: string, files: readonly ExampleFile[]): string {
  const body = files.map(({ name, text }) => (name === undefined ? text : `==> ${name} <==\n${text}`)).join('');
  return `\`\`\`${format}${suffix}\n${body}${body.endsWith('\n') ? '' : '\n'}\`\`\`\n`;
}

function marked(text: string, findings: readonly Finding[], unresolved: readonly Unresolved[]): string {
  const notes = [
    ...findings.flatMap((one) => [one, ...(one.also ?? [])].map(({ span, message }) => ({ span, says: `${one.severity}: ${message}` }))),
    ...unresolved.flatMap(({ span, because, also }) => [span, ...(also ?? [])].map((place) => ({ span: place, says: `cannot tell: ${because}` }))),
  ].sort((a, b) => a.span.start - b.span.start);
  let offset = 0;
  const lines = text.split('\n');
  return lines.map((line, i) => {
    const start = offset;
    offset += line.length + 1;
    const here = notes.filter(({ span }) => span.start >= start && (span.start < offset || i === lines.length - 1) && (line !== '' || span.start === start));
    if (i === lines.length - 1 && line === '') return here.map((note) => `^ ${note.says}\n`).join('');
    const under = here.map(({ span, says }) => {
      const width = Math.max(1, Math.min(span.end, start + line.length) - span.start);
      return `\n${' '.repeat(span.start - start)}${'^'.repeat(width)} ${says}`;
    });
    return line + under.join('') + (i === lines.length - 1 ? '' : '\n');
  }).join('');
}
