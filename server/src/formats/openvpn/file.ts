import type { Analysis } from '#engine/analysis.js';
import { oncePer } from '#engine/attached.js';
import type { Comment, Inclusion } from '#engine/format.js';
import { documented } from '#engine/release.js';
import type { Slot } from '#engine/setting.js';
import { sharedReading } from '#engine/shared.js';
import type { Edit, Span } from '#engine/text.js';
import { placesOf } from '#notations/included-files.js';
import { insertion, parseDirectives, removal, slot, type Dialect, type Directive, type Directives } from '#notations/directives.js';

/** Where the defaults are from. */
export const manual = documented('OpenVPN', '2.4 to 2.7', 'openvpn(8)');

/** openvpn(8): options without the leading dashes, `#` and `;` begin comments. */
const dialect: Dialect = { comment: '#;', trailingComments: true, assignment: 'space', separator: ' ' };

/** A file of OpenVPN, with the contents of files that stand in it kept apart. */
export interface OpenVpn {
  readonly file: Directives;
  readonly comments: readonly Comment[];
  /** `<ca> ... </ca>`: the name, its place, and whether anything but comments is in it. The contents are not kept. */
  readonly inline: readonly { readonly name: string; readonly span: Span; readonly privateKey: boolean; readonly lines: number }[];
  /** Why an option that is not here may be stated in another file: this one names others with `config`, or others name it. */
  readonly others?: string;
  /** What the files that name it are for. */
  readonly side?: 'server' | 'client' | undefined;
}

/** Reads a file in one pass. What stands between `<name>` and `</name>` is never read as options. */
export function parseOpenVpn(text: string): OpenVpn {
  const inline: OpenVpn['inline'][number][] = [];
  const kept: string[] = [];
  let open: { name: string; span: Span; key: boolean; lines: number } | undefined;
  for (let start = 0, stop: number; start < text.length; start = stop) {
    const end = text.indexOf('\n', start);
    stop = end < 0 ? text.length : end + 1;
    const line = text.slice(start, stop);
    const trimmed = line.trim();
    const close = open !== undefined && trimmed === `</${open.name}>`;
    const head = open === undefined && trimmed.length < 64 ? /^<([\w-]+)>$/.exec(trimmed)?.[1] : undefined;
    if (head !== undefined) {
      const at = start + line.indexOf('<');
      open = { name: head, span: { start: at, end: at + trimmed.length }, key: false, lines: 0 };
    } else if (close) {
      inline.push({ name: open!.name, span: open!.span, privateKey: open!.key, lines: open!.lines });
      open = undefined;
      kept.push(blank(line));
      continue;
    } else if (open) {
      if (/^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----$/.test(trimmed)) open.key = true;
      if (trimmed !== '' && !/^[#;]/.test(trimmed)) open.lines++;
    }
    kept.push(open ? blank(line) : line);
  }
  if (open) inline.push({ name: open.name, span: open.span, privateKey: open.key, lines: open.lines });
  const parsed = parseDirectives(kept.join(''), dialect);
  const directives = parsed.directives.map((one) => (one.name.startsWith('--') ? { ...one, name: one.name.slice(2) } : one));
  return { file: { ...parsed, text, directives }, comments: parsed.comments, inline };
}

const blank = (line: string) => line.replace(/[^\r\n]/g, ' ');

/** The last option of a name: for most options it is the one that counts. */
export function last({ file }: OpenVpn, ...names: readonly string[]): Directive | undefined {
  return file.directives.filter(({ name }) => names.includes(name)).at(-1);
}

/** The arguments of an option, without quotes. */
export function words({ value }: Directive): readonly string[] {
  return value.split(/\s+/).filter(Boolean).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
}

/** Whether the file names something, as an option or with its contents. */
export function has(vpn: OpenVpn, ...names: readonly string[]): boolean {
  return last(vpn, ...names) !== undefined || vpn.inline.some(({ name }) => names.includes(name));
}

/** The slot of an option with all its arguments; added in front of contents that stand in the file. */
export function option(vpn: OpenVpn, name: string): Slot {
  const at = slot(vpn.file, vpn.file, name, { wins: 'last' });
  return at.raw === undefined ? { ...at, span: place(vpn), write: (raw) => added(vpn, name, `${name} ${raw}`) } : at;
}

/** Where a person would look for what is missing: the option that says what the file is for. */
export function place(vpn: OpenVpn): Span {
  return (last(vpn, 'client', 'server', 'server-bridge', 'tls-server', 'tls-client', 'remote', 'dev') ?? vpn.file.directives[0])?.span ?? { start: 0, end: 0 };
}

/** The edits that add an option. */
export function added(vpn: OpenVpn, name: string, line: string): readonly Edit[] {
  const first = vpn.inline[0];
  const end = first ? Math.min(first.span.start, vpn.file.end) : vpn.file.end;
  const start = vpn.file.text.lastIndexOf('\n', end - 1) + 1;
  return insertion(vpn.file, { directives: [], end: first ? start : end }, name, line);
}

/** The edits that take an option away, however often it stands. */
export function taken({ file }: OpenVpn, { name }: Directive): readonly Edit[] {
  return file.directives.filter((one) => one.name === name).map(({ span }) => removal(file.text, span));
}

/** A file that others name is read once for all of those it names. */
const reading = sharedReading('files of OpenVPN', parseOpenVpn);

/** The files that a file names with `config`; openvpn(8) reads them as if they stood there. */
export const inclusionsOf = ({ file }: OpenVpn, path: string): readonly Inclusion[] =>
  file.directives.filter(({ name }) => name === 'config').map(({ value }) => placesOf(value, path, homes));

const homes = ['/etc/openvpn/server/', '/etc/openvpn/client/', '/etc/openvpn/'];

/** A file with what is known of the files around it. */
export const wholeOf = oncePer(({ tree, surroundings }: Analysis<OpenVpn>): OpenVpn => {
  const includers = surroundings.includers();
  const by = includers === 'pending' ? [] : includers.slice(0, most);
  const config = last(tree, 'config');
  const others = config ? `${config.value} may state it` : by.length > 0 ? 'the file that names this one with `config` may state it' : undefined;
  if (others === undefined) return tree;
  const sides = by.flatMap((path) => {
    const file = surroundings.shared(reading, path);
    return typeof file === 'object' ? [role(file)] : [];
  });
  return { ...tree, others, side: sides.find((side) => side !== undefined) };
});

/** More than this many files that name one are not looked into. */
const most = 4;

/** What the file is for: answering, calling, or either. */
export function role(vpn: OpenVpn): 'server' | 'client' | undefined {
  const mode = last(vpn, 'mode');
  if (last(vpn, 'server', 'server-bridge', 'server-ipv6', 'tls-server') || mode?.value === 'server') return 'server';
  return last(vpn, 'client', 'tls-client', 'pull') ? 'client' : vpn.side;
}

/** Both ends share one key for ever, and no TLS. */
export function isStatic(vpn: OpenVpn): boolean {
  return has(vpn, 'secret') && role(vpn) === undefined;
}
