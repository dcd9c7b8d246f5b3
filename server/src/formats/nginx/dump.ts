import { oncePer } from '#engine/attached.js';
import { groupedBy } from '#engine/grouping.js';
import { parseBlocks, type Block, type Blocks, type Statement } from '#notations/blocks.js';

/** One file of a configuration that `nginx -T` printed. */
export interface Printed extends Block {
  readonly path: string;
  /** How many statements it holds, those within blocks included, and itself. */
  readonly weight: number;
}

const heading = /^# configuration file (\S+):[ \t]*\r?$/m;

/** Whether a text is what `nginx -T` prints. */
export const isDump = (text: string) => text.includes('# configuration file ') && heading.test(text);

/** Reads a file. What stands before the first file of a dump is what nginx says of its test. */
export function parseNginx(text: string): Blocks {
  const start = text.includes('# configuration file ') ? text.search(heading) : -1;
  return start <= 0 ? parseBlocks(text) : { ...parseBlocks(' '.repeat(start) + text.slice(start)), text };
}

/** The files of a dump in the order nginx first read them, the main file first; none where the file is no dump. */
export const printedFiles = oncePer((file: Blocks): readonly Printed[] => {
  const heads = file.comments.flatMap(({ start, end, text }) => {
    const path = /^ configuration file (\S+):$/.exec(text.trimEnd())?.[1];
    return path !== undefined && (start === 0 || file.text[start - 1] === '\n') ? [{ path, start, end }] : [];
  });
  let next = 0;
  return heads.map(({ path, end: from }, i) => {
    const end = heads[i + 1]?.start ?? file.text.length;
    const first = next;
    while (next < file.statements.length && file.statements[next]!.span.start < end) next++;
    const statements = file.statements.slice(first, next).filter(({ span }) => span.start >= from);
    return { path, start: from, end, statements, weight: weightOf(statements) };
  });
});

function weightOf(statements: readonly Statement[]): number {
  let weight = 1;
  const pending = [statements];
  for (let some = pending.pop(); some; some = pending.pop()) {
    weight += some.length;
    for (const { block } of some) if (block) pending.push(block.statements);
  }
  return weight;
}

/** The printed files that an include names; nginx reads relative names from the folder of its main file. */
export function printedAs(target: string, dump: Blocks): readonly Printed[] {
  const files = printedFiles(dump);
  if (files.length < 2) return none;
  const main = files[0]!.path;
  const path = target.startsWith('/') ? target : main.slice(0, main.lastIndexOf('/') + 1) + target;
  const found = named(dump);
  if (!path.includes('*')) return (found.get(path) ?? none).filter((file) => file !== files[0]);
  let matching = found.get(path);
  if (!matching) {
    if (found.size > files.length + mostGlobs) return none;
    const parts = path.split('*');
    found.set(path, (matching = files.filter((file) => file !== files[0] && matches(parts, file.path))));
  }
  return matching;
}

const none: readonly Printed[] = [];
/** Each glob is compared with every printed file: a configuration has a handful. */
const mostGlobs = 64;

/** The printed files by their paths, and by the globs that were asked for. */
const named = oncePer((dump: Blocks) => new Map<string, readonly Printed[]>(groupedBy(printedFiles(dump), ({ path }) => path)));

/** Whether a path is the parts of a pattern with something without a slash between them. */
function matches(parts: readonly string[], path: string): boolean {
  const [first, last] = [parts[0]!, parts.at(-1)!];
  if (!path.startsWith(first) || !path.endsWith(last) || path.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = path.indexOf(part, at);
    if (found < 0 || path.slice(at, found).includes('/')) return false;
    at = found + part.length;
  }
  return at <= path.length - last.length && !path.slice(at, path.length - last.length).includes('/');
}
