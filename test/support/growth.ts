/**
 * Inputs that grow, for every format there is, without listing them: a long file made of its examples, one block of an example
 * again and again, and many files of one folder. What is judged in time linear in its input costs four times as much when there
 * is four times as much of it.
 */
import { alone, analyse, reconsider, type Surroundings } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { headLength, recogniser } from '#engine/recognise.js';
import { filesInMemory } from '#hosts/workspace-files.js';
import { Workspace } from '#hosts/workspace.js';
import type { Fix } from '#engine/rule.js';
import { registry } from '#registry/registry.generated.js';
import { pages } from './pages.js';
import { exampleTexts, workload } from './workload.js';

const recognise = recogniser(registry.formats);

/** Files of a workspace, as many or as long as asked for. */
export interface Growing {
  readonly title: string;
  files(size: number): ReadonlyMap<string, string>;
}

/** The processor's time for reading and judging a workspace of files and writing every fix, in milliseconds. */
export async function cost(files: ReadonlyMap<string, string>): Promise<number> {
  const workspace = new Workspace(registry, filesInMemory(files));
  const before = process.cpuUsage();
  await workspace.scan({
    lint: true,
    each: ({ outcome }) => { for (const { fix } of outcome.findings) written(fix); },
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The edits of a fix, which may throw where a file is broken: those who offer it then do not. */
function written(fix: Fix | undefined): void {
  try {
    fix?.edits();
  } catch {
    // That is for other tests to find.
  }
}

/** A file of a format with so many lines. */
export function longFile(format: string): Growing | undefined {
  if (!workload(format, 50)) return undefined;
  const files = (size: number) => {
    const { path, text } = workload(format, size)!;
    return new Map([[path, text]]);
  };
  return { title: `${format}: a long file`, files };
}

/** A file of a format in which one block of an example stands as often as asked for, under one name or each under its own. */
export function blocks(format: string, most = Infinity): readonly Growing[] {
  const path = workload(format, 50)?.path;
  if (path === undefined) return [];
  const found: Growing[] = [];
  const seen = new Set<string>();
  for (const text of exampleTexts(format)) {
    if (text.length > longest || recognise(path, () => text.slice(0, headLength)) !== format) continue;
    const lines = text.split('\n');
    for (let from = 0; from < lines.length; from++) {
      if (lines[from]!.trim() === '') continue;
      const to = endOf(lines, from);
      const kind = `${to > from + 1} ${lines[from]!.replace(/\d+/g, '0').trim().split(/[\s=:"']+/).slice(0, 2).join(' ')}`;
      if (found.length >= most || seen.size === seen.add(kind).size) continue;
      // Where only some are looked at, those of several lines that have a name of their own.
      if (most < Infinity && to === from + 1) continue;
      for (const named of most < Infinity ? [true] : [false, true]) {
        const title = `${format}: ${named ? 'named' : 'alike'} ${JSON.stringify(lines.slice(from, to).join('\n').slice(0, 60))}`;
        found.push({ title, files: (size) => new Map([[path, repeated(lines, from, to, size, named)]]) });
      }
    }
  }
  return found;
}

/** Examples longer than this, in characters, would make repeated blocks of them a load rather than a test. */
const longest = 6000;

/** Where the block that begins at a line ends: behind what stands deeper than its first line, and what closes it. */
function endOf(lines: readonly string[], from: number): number {
  const depth = (line: string) => line.length - line.trimStart().length;
  let to = from + 1;
  while (to < lines.length && lines[to]!.trim() !== '' && depth(lines[to]!) > depth(lines[from]!)) to++;
  const closes = to > from + 1 && to < lines.length && depth(lines[to]!) === depth(lines[from]!) && /^\s*(?:[}\])]|<\/|end\b)/.test(lines[to]!);
  return closes ? to + 1 : to;
}

function repeated(lines: readonly string[], from: number, to: number, times: number, named: boolean): string {
  const [first, ...rest] = lines.slice(from, to);
  const copies = Array.from({ length: times }, (_, i) => {
    const copy = [named ? first!.replace(/[A-Za-z][\w-]*/, (name) => `${name}${i}`) : first!, ...rest].join('\n');
    return /^\s*["{[]/.test(copy) && !/[,{[(]\s*$/.test(copy) ? `${copy},` : copy;
  });
  return [...lines.slice(0, from), ...copies, ...lines.slice(to)].join('\n');
}

/** The files of an example with one of them as often as asked for, in its folder: of formats whose files ask for others. */
export function folders(format: string, most = Infinity): readonly Growing[] {
  const declared = registry.formats.get(format)!;
  const found: Growing[] = [];
  const seen = new Set<string>();
  const own = workload(format, 50)?.path;
  const examples = pages().filter((page) => page.format === format).flatMap((page) => page.examples);
  for (const { files } of [...examples].sort((a, b) => b.files.length - a.files.length).slice(0, tried)) {
    if (found.length >= most) break;
    for (const { name: path = own, text } of files) {
      if (path === undefined || recognise(path, () => text.slice(0, headLength)) !== format) continue;
      const { surroundings, asked } = listening();
      lint(reconsider(declared, analyse(format, declared, path, text), surroundings), registry);
      const kind = `${path.slice(0, path.lastIndexOf('/') + 1)} ${[...asked].sort().join(' ')}`;
      const copy = (i: number) => path.replace(/([^/.]*)(\.[^/]*)?$/, (_all, name: string, ending = '') => `${name}-${i}${ending}`);
      if (asked.size === 0 || recognise(copy(1), () => text.slice(0, headLength)) !== format || seen.size === seen.add(kind).size) continue;
      const others = files.flatMap(({ name, text: said }) => (name === undefined ? [] : [[name, said] as const]));
      const grown = (size: number) => new Map([...others, ...Array.from({ length: size }, (_, i) => [copy(i), varied(text, i)] as const)]);
      found.push({ title: `${format}: many files of a folder, each as ${path}, ${[...asked].sort().join(', ')}`, files: grown });
    }
  }
  return found;
}

/** A file of each of several formats that includes others one by one, each a line or entry of its own, and what it includes. */
export function inclusions(): readonly Growing[] {
  const growing = (title: string, main: (parts: readonly string[]) => readonly [path: string, text: string], folder: string, part: string): Growing => ({
    title: `${title}: files included one by one`,
    files: (size) => {
      const parts = Array.from({ length: size }, (_, i) => `parts/p${i}.part`);
      return new Map([main(parts), ...parts.map((path) => [folder + path, part] as const)]);
    },
  });
  const lines = (before: string, parts: readonly string[], line: (part: string) => string, after = '') =>
    `${before}${parts.map(line).join('')}${after}`;
  return [
    growing('nginx', (parts) => ['nginx.conf', lines('http {\n', parts,
      (part) => `server { listen 443 ssl; include ${part}; }\n`, '}\nevents {}\n')], '', 'ssl_protocols TLSv1;\n'),
    growing('sshd', (parts) => ['ssh/sshd_config', lines('', parts, (part) => `Include ${part}\n`)], 'ssh/', 'PermitRootLogin yes\n'),
    growing('postgresql', (parts) => ['postgresql.conf', lines("listen_addresses = '*'\n", parts, (part) => `include '${part}'\n`)], '', 'ssl = off\n'),
    growing('swanctl', (parts) => ['swanctl/swanctl.conf', lines('connections {\n', parts, (part) => `include ${part}\n`, '}\n')], 'swanctl/',
      'ward {\n  version = 1\n}\n'),
    growing('openvpn', (parts) => ['ward.ovpn', lines('dev tun\nclient\n', parts, (part) => `config ${part}\n`)], '', 'tls-version-min 1.0\n'),
    growing('home-assistant', (parts) => ['configuration.yaml', lines('homeassistant:\n  packages:\n', parts,
      (part) => `    ${part.slice(6, -5)}: !include ${part}\n`)], '', 'rest_command:\n  call:\n    url: http://10.20.1.9/call\n'),
    growing('esphome', (parts) => ['bed.yaml', lines('esphome:\n  name: bed\nesp32:\n  board: esp32dev\npackages:\n', parts,
      (part) => `  ${part.slice(6, -5)}: !include ${part}\n`)], '', 'wifi:\n  ssid: devices\n'),
  ];
}

/** Of how many examples, those of several files first, it is looked whether they ask. */
const tried = 40;

/** Quoted names get numbers, so that what is stated in one file is not stated again in all others. */
function varied(text: string, i: number): string {
  return i % 2 === 0 ? text : text.replace(/(resource "\w+" ")(\w+)/g, (_all, head: string, name: string) => `${head}${name}${i}`);
}

/** Surroundings that know nothing, and what was asked of them. */
function listening(): { readonly surroundings: Surroundings; readonly asked: ReadonlySet<string> } {
  const asked = new Set<string>();
  const surroundings: Surroundings = {
    open: (path) => (asked.add('opening'), alone.open(path)),
    match: (glob) => (asked.add('matching'), alone.match(glob)),
    exported: (kind, key) => (asked.add(`asking for ${kind.name}`), alone.exported(kind, key)),
    includers: () => (asked.add('asking for includers'), alone.includers()),
    marked: () => alone.marked(),
    shared: (what, key) => (asked.add(`sharing ${what.name}`), what.answer(key, alone)),
  };
  return { surroundings, asked };
}
