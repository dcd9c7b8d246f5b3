import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import { groupedBy } from '#engine/grouping.js';
import type { Slot } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { argument, words, type Block, type Blocks, type Statement } from '#notations/blocks.js';
import { printedAs, printedFiles } from './dump.js';
import { includedFiles, mayState, nearestMain, sitesOf, type Site } from './includes.js';

/** A directive with the file it stands in. */
export interface Placed {
  readonly statement: Statement;
  readonly file: Blocks;
  readonly path: string;
  /** The include of this file through which it came; absent where it stands in the analysed file itself. */
  readonly through?: Span;
  /** What it stands in, where that is not the block of its level: an included file that a dump prints as well. */
  readonly block?: Block;
}

/** One level of the configuration with its includes put in place: what inner levels inherit from. */
export interface Level {
  /** `fragment`: the top of a file that another file includes, at a level nobody here knows. */
  readonly kind: 'main' | 'http' | 'server' | 'location' | 'if' | 'limit_except' | 'fragment' | 'stream' | 'relay';
  readonly head?: Statement;
  readonly block: Block;
  readonly file: Blocks;
  /** Whether it stands in the analysed file itself. */
  readonly here: boolean;
  readonly parent?: Level;
  readonly statements: readonly Placed[];
  /** Targets of includes that could not be read. */
  readonly missing: readonly string[];
  /** Why a directive that is stated nowhere may be stated above. */
  readonly above?: string;
}

/** How many files one lint may read: more than any one server needs, fewer than a hostile tree of includes would take. */
const mostFiles = 48;

/** How many times its own statements the printed files of a dump may come to where they are put in place, beside what every dump may. */
const mostPrinted = { times: 4, besides: 1024 };

/** How deep levels lie in each other where printed files name each other again and again, which nginx refuses. */
const deepest = 48;

interface Budget {
  left: number;
  /** Statements of printed files that may still be put in place. */
  printed: number;
}

const budgetFor = (file: Blocks): Budget =>
  ({ left: mostFiles, printed: mostPrinted.times * printedFiles(file).reduce((sum, { weight }) => sum + weight, 0) + mostPrinted.besides });

/** The levels of a file, outermost first, with what it includes and what includes it, as far as the workspace has them. */
export function levelsOf(analysis: Analysis<Blocks>): readonly Level[] {
  const { tree, path } = analysis;
  const budget = budgetFor(tree);
  const whole: Block = printedFiles(tree)[0] ?? tree;
  const root = expand({ kind: 'main', block: whole, file: tree, here: true }, path, analysis, budget);
  const isMain = whole.statements.some(({ name, block }) => block && (name === 'http' || name === 'events' || name === 'stream' || name === 'mail'));
  const levels: Level[] = [];
  // A stack instead of recursion through includes; the depth of blocks is bounded by the reader.
  const pending: Level[] = [isMain ? root : { ...root, kind: 'fragment', ...home(analysis, budget) }];
  while (pending.length > 0) {
    const level = pending.pop()!;
    levels.push(level);
    for (let i = level.statements.length - 1; i >= 0; i--) {
      const { statement, file, path: from, through } = level.statements[i]!;
      const kind = statement.block && kinds.get(statement.name);
      if (!kind || (statement.name === 'server' && isStream(statement))) continue;
      pending.push(expand({ kind, head: statement, block: statement.block!, file, here: level.here && through === undefined, parent: level }, from, analysis,
        budget, through));
    }
  }
  return levels;
}

const kinds = new Map<string, Level['kind']>([['http', 'http'], ['server', 'server'], ['location', 'location'], ['if', 'if'],
  ['limit_except', 'limit_except']]);

/** The servers of `stream`, which pass bytes on and know no requests, with what they inherit from. A fragment shows them by what stands in them. */
export function relaysOf(analysis: Analysis<Blocks>): readonly Level[] {
  const { tree, path } = analysis;
  const budget = budgetFor(tree);
  const inner = (kind: Level['kind'], parent: Level, { statement, file, path: from, through }: Placed) =>
    expand({ kind, head: statement, block: statement.block!, file, here: parent.here && through === undefined, parent }, from, analysis, budget, through);
  const blocks = tree.statements.filter(({ name, block }) => name === 'stream' && block);
  if (blocks.length > 0) {
    const root = expand({ kind: 'main', block: tree, file: tree, here: true }, path, analysis, budget);
    return blocks.map((statement) => inner('stream', root, { statement, file: tree, path }))
      .flatMap((stream) => named(stream, 'server').filter(({ statement: { block } }) => block).map((placed) => inner('relay', stream, placed)));
  }
  const own = tree.statements.filter(({ name, block }) => name === 'server' && block).filter(isStream);
  if (own.length === 0) return [];
  const top = expand({ kind: 'fragment', block: tree, file: tree, here: true }, path, analysis, budget);
  const fragment: Level = { ...top, above: 'the file that includes this one may state it' };
  return own.map((statement) => inner('relay', fragment, { statement, file: tree, path }));
}

/** In a stream server `proxy_pass` stands in the server itself, which the web server does not allow. */
function isStream({ block }: Statement): boolean {
  return block!.statements.some(({ name }) => name === 'proxy_pass' || name === 'ssl_preread');
}

function expand(of: Omit<Level, 'statements' | 'missing'>, path: string, analysis: Analysis<Blocks>, budget: Budget, outer?: Span): Level {
  const statements: Placed[] = [];
  const missing: string[] = [];
  const depth = outwards(of.parent).length;
  const pending: { file: Blocks; block: Block; path: string; at: number; through: Span | undefined }[] = [{ file: of.file, block: of.block, path, at: 0,
    through: outer }];
  while (pending.length > 0) {
    const top = pending.at(-1)!;
    const statement = top.block.statements[top.at++];
    if (!statement) {
      pending.pop();
      continue;
    }
    if (statement.name !== 'include') {
      // What files are included in inherits directives; the servers beside them, which may be thousands, say nothing to it.
      if (statement.block && !of.here && (of.kind === 'main' || of.kind === 'http')) continue;
      const { file, path: from, through, block } = top;
      statements.push({ statement, file, path: from, ...(through && { through }), ...(block !== of.block && !through && { block }) });
      continue;
    }
    const target = statement.args[0]?.value ?? '';
    const printed = printedAs(target, top.file);
    const weight = printed.reduce((sum, file) => sum + file.weight, 0);
    if (printed.length > 0 && weight <= budget.printed && depth < deepest) {
      budget.printed -= weight;
      for (const block of [...printed].reverse()) pending.push({ file: top.file, block, path: top.path, at: 0, through: top.through });
      continue;
    }
    const found = includedFiles(target, top.path, analysis.path, analysis.surroundings, budget.left);
    if (found === undefined || found.length > budget.left) {
      missing.push(target);
      continue;
    }
    for (const { path: next, tree } of [...found].reverse()) {
      budget.left--;
      pending.push({ file: tree, block: tree, path: next, at: 0, through: top.through ?? statement.span });
    }
  }
  return { ...of, statements, missing };
}

/**
 * The level that a fragment is read in: where the one file that includes it does so, else `http` of the nearest `nginx.conf`,
 * if the workspace has one.
 */
function home(analysis: Analysis<Blocks>, budget: Budget): { parent: Level } | { above: string } {
  const sites = sitesOf(analysis);
  if (sites !== 'pending' && sites.length > 0) {
    const inner = sites.filter(({ around }) => around.some(({ name }) => name !== 'http'));
    if (inner.length > 0 && sites.length > 1) return { above: 'the files that include this one may state it' };
    const [site] = inner;
    if (site?.around.every(({ name }) => kinds.has(name))) return { parent: levelAt(site, analysis, budget) };
    if (site) return { above: 'the file that includes this one may state it' };
  }
  const main = nearestMain(analysis);
  if (!main) return { above: 'nginx.conf, which includes this file, may state it' };
  const file = main.tree;
  const http = file.statements.filter(({ name, block }) => name === 'http' && block).at(-1);
  if (!http) return { above: 'the file that includes this one may state it' };
  return { parent: expand({ kind: 'http', head: http, block: http.block!, file, here: false }, main.path, analysis, budget) };
}

/** The level at which a file includes another. */
function levelAt({ path, file, around }: Site, analysis: Analysis<Blocks>, budget: Budget): Level {
  const whole = around[0]?.name === 'http';
  const above = { above: 'the file that includes this one may state it' };
  let level = expand({ kind: whole ? 'main' : 'fragment', block: file, file, here: false, ...(!whole && above) }, path, analysis, budget);
  for (const head of around) {
    level = expand({ kind: kinds.get(head.name)!, head, block: head.block!, file, here: false, parent: level }, path, analysis, budget);
  }
  return level;
}

/** The directives of a name at a level. */
export function named(level: Level, name: string): readonly Placed[] {
  if (level.statements.length < worthAnIndex) {
    let found: Placed[] | undefined;
    for (const placed of level.statements) if (placed.statement.name === name) (found ??= []).push(placed);
    return found ?? nothing;
  }
  return byName(level.statements).get(name) ?? nothing;
}

const nothing: readonly Placed[] = [];
/** A server or location of fewer directives is read through in less time than an index of it takes to build. */
const worthAnIndex = 32;
const byName = oncePer((statements: readonly Placed[]) => groupedBy(statements, ({ statement }) => statement.name));

/** A directive as it holds at a level: the slot to write in, and whether the deciding line stands in another file. */
export interface Inherited extends Slot {
  readonly statement?: Statement;
  /** What the statement stands in, in this file. */
  readonly block?: Block;
  readonly elsewhere: boolean;
}

/**
 * The value of a directive that inner levels inherit unless they state it. Absent, it is written at the level that
 * was asked. `all` reads every argument, else the first is read.
 */
export function inherited(level: Level, name: string, all = false): Inherited {
  const read = all ? words : argument;
  for (let at: Level | undefined = level; at; at = at.parent) {
    const found = named(at, name).at(-1);
    if (found) {
      if (at.here && found.through === undefined) {
        const block = found.block ?? at.block;
        const { span, raw, write } = read(at.file, block, name);
        return { span, raw, write, statement: found.statement, block, elsewhere: false };
      }
      const raw = all ? found.statement.args.map(({ value }) => value).join(' ') : (found.statement.args[0]?.value ?? '');
      return { span: found.through ?? level.head?.span ?? { start: 0, end: 0 }, raw, statement: found.statement, elsewhere: true, write: () => [] };
    }
    const reason = obscures(at, name);
    if (reason !== undefined) return unstated(level, read(level.file, level.block, name, reason), reason);
  }
  return unstated(level, read(level.file, level.block, name));
}

function unstated(level: Level, { write }: Slot, obscured?: string): Inherited {
  return { span: level.head?.span ?? { start: 0, end: 0 }, raw: undefined, obscured, write, elsewhere: false };
}

/** Why a directive that a level does not state may be stated there all the same. */
export function obscures(level: Level, name: string): string | undefined {
  const { missing } = level;
  if (missing.length === 0) return level.above;
  const known = obscuring(missing);
  let reason = known.get(name);
  if (reason === undefined) {
    const target = missing.find((file) => mayState(file, name));
    known.set(name, (reason = target === undefined ? '' : `${target} may state it`));
  }
  return reason === '' ? level.above : reason;
}

/** By the includes that could not be read and the name of the directive: every server asks its outer levels the same. Empty where none may state it. */
const obscuring = oncePer((_missing: readonly string[]) => new Map<string, string>());

/** The directives of a name that hold at a level: those of the innermost level that states any, as array directives are inherited. */
export function array(level: Level, name: string): { readonly placed: readonly Placed[]; readonly at?: Level; readonly obscured?: string } {
  for (let at: Level | undefined = level; at; at = at.parent) {
    const placed = named(at, name);
    if (placed.length > 0) return { placed, at };
    const obscured = obscures(at, name);
    if (obscured !== undefined) return { placed: [], obscured };
  }
  return { placed: [] };
}

/** The level itself and the levels around it, innermost first. */
export function outwards(level: Level | undefined): readonly Level[] {
  const around: Level[] = [];
  for (let at: Level | undefined = level; at; at = at.parent) around.push(at);
  return around;
}

/** The server a level belongs to. */
export function serverOf(level: Level): Level | undefined {
  let at: Level | undefined = level;
  while (at && at.kind !== 'server') at = at.parent;
  return at;
}
