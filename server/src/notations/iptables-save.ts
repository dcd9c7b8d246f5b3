import { oncePer } from '#engine/attached.js';
import type { Comment } from '#engine/format.js';
import { groupedBy } from '#engine/grouping.js';
import type { Slot } from '#engine/setting.js';
import { lineEnd, type Edit, type Span } from '#engine/text.js';

/** A rule: `-A INPUT -p tcp --dport 22 -j ACCEPT`. */
export interface Rule extends Span {
  readonly chain: string;
  /** The words behind the chain, without quotes. */
  readonly words: readonly string[];
}

/** A chain of a table: `:INPUT DROP [0:0]`. Chains of the user's own have `-` for a policy. */
export interface Chain extends Span {
  readonly name: string;
  readonly policy: string;
  readonly policySpan: Span;
}

/** From `*filter` to `COMMIT`. */
export interface Table extends Span {
  readonly name: string;
  readonly chains: readonly Chain[];
  readonly rules: readonly Rule[];
  /** Where `COMMIT` begins, or the text ends. */
  readonly stop: number;
  /** Whether `COMMIT` ends it: iptables-restore refuses a file with another, and nothing is written into that. */
  readonly committed: boolean;
}

/** The rules of a table by their chain. */
export const rulesByChain = oncePer((table: Table): ReadonlyMap<string, readonly Rule[]> => groupedBy(table.rules, ({ chain }) => chain));

export interface RuleFile {
  readonly text: string;
  readonly tables: readonly Table[];
  readonly comments: readonly Comment[];
}

interface Growing extends Table {
  readonly chains: Chain[];
  rules: Rule[];
  stop: number;
  committed: boolean;
}

/** Reads the output of iptables-save in one pass. Lines outside a table say nothing. */
export function parseIptables(text: string): RuleFile {
  const tables: Table[] = [];
  const comments: Comment[] = [];
  let table: Growing | undefined;
  let first: Rule[] = [];
  const finish = () => {
    if (table && first.length > 0) table.rules = [...first.reverse(), ...table.rules];
    first = [];
  };
  for (let start = 0, next: number; start < text.length; start = next) {
    const stop = text.indexOf('\n', start);
    next = stop < 0 ? text.length : stop + 1;
    const line = text.slice(start, next).trimEnd();
    const from = start + (line.length - line.trimStart().length);
    const span = { start: from, end: start + line.length };
    const said = line.trimStart();
    if (said === '') continue;
    if (said[0] === '#') comments.push({ ...span, text: said.slice(1) });
    else if (said[0] === '*') {
      finish();
      tables.push((table = { name: said.slice(1).trim(), ...span, chains: [], rules: [], stop: text.length, committed: false }));
    } else if (said === 'COMMIT') {
      finish();
      if (table) Object.assign(table, { stop: start, committed: true });
      table = undefined;
    } else if (table && said[0] === ':') {
      const match = /^:(\S+)([ \t]+)(\S+)/.exec(said);
      if (match) {
        const at = from + 1 + match[1]!.length + match[2]!.length;
        table.chains.push({ name: match[1]!, policy: match[3]!, policySpan: { start: at, end: at + match[3]!.length }, ...span });
      }
    } else if (table) {
      const words = split(said.replace(/^\[\d+:\d+\]\s*/, ''));
      if ((words[0] === '-A' || words[0] === '--append') && words[1]) table.rules.push({ chain: words[1], words: words.slice(2), ...span });
      else if ((words[0] === '-I' || words[0] === '--insert') && words[1])
        first.push({ chain: words[1], words: words.slice(/^\d+$/.test(words[2] ?? '') ? 3 : 2), ...span });
      else if (words[0] === '-P' && words[2]) {
        const at = span.end - words[2].length;
        table.chains.push({ name: words[1]!, policy: words[2], policySpan: { start: at, end: span.end }, ...span });
      }
    }
  }
  finish();
  return { text, tables, comments };
}

/** Words as a shell would see them: quotes hold blanks together, a backslash takes the next character as it is. */
function split(line: string): readonly string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\])+/g))
    words.push(match[0].replace(/\\(.)|["']/g, (_, escaped: string | undefined) => escaped ?? ''));
  return words;
}

/** The policy of a chain of a table; absent, a line for the chain is written below the heading of the table. */
export function policySlot(file: RuleFile, table: Table, name: string): Slot {
  const chain = table.chains.filter((each) => each.name === name).at(-1);
  return {
    span: chain ?? { start: table.start, end: table.end },
    raw: chain?.policy,
    write: (raw) => {
      if (!table.committed) return [];
      if (chain) return raw === chain.policy ? [] : [{ ...chain.policySpan, text: raw }];
      return lineAt(file, below(file.text, table.end), `:${name} ${raw} [0:0]`);
    },
  };
}

/** The edits that take a line of a table away. */
export function removal({ text }: RuleFile, table: Table, { start, end }: Span): readonly Edit[] {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  return table.committed ? [{ start: from, end: below(text, end), text: '' }] : [];
}

/** The edits that add a rule before another, or as the last of a table. */
export function insertion(file: RuleFile, table: Table, rule: string, before?: Rule): readonly Edit[] {
  return !table.committed ? [] : lineAt(file, before ? file.text.lastIndexOf('\n', before.start - 1) + 1 : table.stop, rule);
}

function lineAt({ text }: RuleFile, at: number, line: string): readonly Edit[] {
  const eol = lineEnd(text);
  return [{ start: at, end: at, text: `${at > 0 && text[at - 1] !== '\n' ? eol : ''}${line}${eol}` }];
}

function below(text: string, at: number): number {
  const stop = text.indexOf('\n', at);
  return stop < 0 ? text.length : stop + 1;
}
