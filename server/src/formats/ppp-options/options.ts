import type { Comment, Inclusion } from '#engine/format.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';
import { placesOf } from '#notations/included-files.js';
import { readComment } from '#notations/words.js';

/** One word of a file of options. */
interface Word extends Span {
  readonly value: string;
}

/** An option with its arguments. */
export interface Option {
  readonly name: string;
  readonly args: readonly string[];
  readonly nameSpan: Span;
  /** From the name to the last argument. */
  readonly span: Span;
}

/** A file of options for pppd: words between white space, in any layout. */
export interface Options {
  readonly text: string;
  readonly comments: readonly Comment[];
  readonly options: readonly Option[];
}

/** Options of pppd 2.4.9 that take one argument; pppd(8). Every other word is an option by itself. */
const withArgument = new Set(['name', 'user', 'password', 'remotename', 'ms-dns', 'ms-wins', 'mtu', 'mru', 'idle', 'maxconnect', 'maxfail', 'ipparam', 'connect', 'disconnect',
  'call', 'file', 'plugin', 'logfile', 'logfd', 'linkname', 'domain', 'asyncmap', 'holdoff', 'lcp-echo-failure', 'lcp-echo-interval', 'lcp-max-configure', 'lcp-max-failure',
  'lcp-max-terminate', 'lcp-restart', 'chap-interval', 'chap-restart', 'chap-max-challenge', 'pap-restart', 'pap-timeout', 'pap-max-authreq', 'ipcp-restart', 'netmask', 'pty',
  'welcome', 'init', 'unit', 'ifname', 'connect-delay', 'active-filter', 'pass-filter', 'escape', 'bsdcomp', 'deflate', 'kdebug', 'xonxoff-escape', 'cert', 'key', 'ca', 'crl', 'crl-dir',
  'eap-interval', 'eap-restart', 'srp-interval', 'record', 'speed', 'ipv6', 'set', 'unset', 'vj-max-slots', 'radius-config-file', 'allow-ip', 'allow-number', 'bundle', 'mrru', 'endpoint']);

/** Reads a file in one pass: quotes, backslashes and comments as pppd(8), OPTIONS FILES, describes them. */
export function parseOptions(text: string): Options {
  const comments: Comment[] = [];
  const words: Word[] = [];
  for (let at = 0; at < text.length;) {
    const ch = text[at]!;
    if (/\s/.test(ch)) at++;
    else if (ch === '#') at = readComment(text, at, comments);
    else {
      const start = at;
      const close = ch === '"' || ch === "'" ? closing(text, at) : -1;
      if (close > 0) at = close + 1;
      else while (at < text.length && !/\s/.test(text[at]!)) at += text[at] === '\\' ? 2 : 1;
      at = Math.min(at, text.length);
      words.push({ value: close > 0 ? text.slice(start + 1, close) : text.slice(start, at), start, end: at });
    }
  }
  const options: Option[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const argument = withArgument.has(word.value) ? words[++i] : undefined;
    options.push({ name: word.value, args: argument ? [argument.value] : [], nameSpan: { start: word.start, end: word.end }, span: { start: word.start, end: (argument ?? word).end } });
  }
  return { text, comments, options };
}

/** pppd(8): `file` names a file of options by its path, `call` one of `/etc/ppp/peers`. */
export const inclusionsOf = ({ options }: Options, path: string): readonly Inclusion[] => options.flatMap(({ name, args: [target = ''] }) => (
  name === 'file' ? [placesOf(target, path, ['/etc/ppp/'])]
    : name === 'call' ? [[...placesOf(`/etc/ppp/peers/${target}`, path, ['/etc/ppp/']), ...placesOf(`../peers/${target}`, path, [])]] : []));

/** The quote that ends what begins here, on this line. */
function closing(text: string, from: number): number {
  for (let at = from + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
  }
  return -1;
}

/** The last option of one of these names. */
export function last({ options }: Options, ...names: readonly string[]): Option | undefined {
  return options.filter(({ name }) => names.includes(name)).at(-1);
}

/** The edits that add a line at the end; none where it would be taken for the argument of what stands there. */
export function added({ text, options }: Options, line: string): readonly Edit[] {
  const eol = lineEnd(text);
  const before = options.at(-1);
  if (before && before.args.length === 0 && withArgument.has(before.name)) return [];
  return [{ start: text.length, end: text.length, text: `${text === '' || text.endsWith('\n') ? '' : eol}${line}${eol}` }];
}

/** The edit that takes an option away, with its line where it has one to itself. */
export function removed({ text }: Options, { span }: Option): Edit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const stop = text.indexOf('\n', span.end);
  const end = stop < 0 ? text.length : stop + 1;
  return text.slice(start, span.start).trim() === '' && text.slice(span.end, end).trim() === '' ? { start, end, text: '' } : { ...span, text: '' };
}
