/** A registry of one format that asks, tells and can be fixed in every way there is: for tests of what files say to each other. */
import type { Analysis } from '#engine/analysis.js';
import { format, type ExportKind } from '#engine/format.js';
import { query } from '#engine/query.js';
import { registryOf } from '#engine/registry.js';
import { rule, type Verdict } from '#engine/rule.js';
import { shared, type Shared } from '#engine/shared.js';
import type { Span } from '#engine/text.js';

interface Line extends Span {
  readonly word: string;
  readonly rest: string;
}

const told: ExportKind<string> = { name: 'told' };

/**
 * `tell KEY VALUE`, `ask KEY`, `open PATH`, `match GLOB`, `count GLOB` (words), `itself`, `include PLACE PLACE…`, `whose` (includes it),
 * `bad` (fixed to `good`, safely), `worse` (fixed to `bad`), `slow MS`, `# comment`. */
const note = format<readonly Line[]>({
  title: 'Note',
  files: ['**/*.note', { named: ['**/*.txt'], saying: /^#!note/ }],
  languages: ['note'],
  parse: (text) => {
    if (text.includes('break the parser')) throw new Error('a parser that throws');
    return [...text.matchAll(/^(\S+)[ \t]*([^\r\n]*)/gm)].map((match) => ({ start: match.index, end: match.index + match[0].length, word: match[1]!, rest: match[2]! }));
  },
  comments: (lines) => lines.filter(({ word }) => word === '#').map(({ start, end, rest }) => ({ start, end, text: rest })),
  comment: (text) => `# ${text}`,
  facts: [],
  includes: (lines) => lines.filter(({ word }) => word === 'include').map(({ rest }) => rest.split(' ')),
  exports: (lines) => lines.filter(({ word }) => word === 'tell').map(({ rest }) => ({ kind: told, key: rest.split(' ')[0]!, value: rest.split(' ').slice(1).join(' ') })),
});

/** How often each path was asked: what a keystroke must not do for files that did not ask. */
export const asked = new Map<string, number>();

/** How often each shared answer was worked out. */
export const answered = new Map<string, number>();
const answering = (name: string) => answered.set(name, (answered.get(name) ?? 0) + 1);

const wordsOf = shared<number>('words of a file', (path, { open }) => {
  answering(path);
  const opened = open(path);
  return typeof opened === 'string' ? 0 : opened.text.split(/\s+/).filter(Boolean).length;
});

const wordsTogether = shared<number | 'pending' | 'too few'>('words of files', (glob, surroundings) => {
  answering(glob);
  const paths = surroundings.match(glob);
  if (paths === 'pending') return 'pending';
  const sum = paths.reduce((all, path) => all + surroundings.shared(wordsOf, path), 0);
  return sum < 5 ? 'too few' : sum;
});

const circular: Shared<number> = shared('itself', (key, surroundings) => surroundings.shared(circular, key));

const lines = query<readonly Line[], { line: Line; analysis: Analysis }>('note', 'line', (analysis) => {
  asked.set(analysis.path, (asked.get(analysis.path) ?? 0) + 1);
  return analysis.tree.map((line) => ({ line, analysis }));
});

const text = { title: 'Notes agree', family: 'access', safeguards: ['164.312(a)(1)'], severity: 'warning' } as const;

const says = (span: Span, message: string): Verdict => ({ verdict: 'violates', span, message });

const talk = rule(lines, {
  ...text,
  check: ({ line, analysis }) => {
    const { surroundings } = analysis;
    if (line.word === 'ask') {
      const { items, complete } = surroundings.exported(told, line.rest);
      if (items.length === 0 && !complete) return { verdict: 'cannot tell', span: line, because: 'not every file has been read' };
      return says(line, `${line.rest} is ${items.map(({ path, value }) => `${value} (${path})`).join(', ') || 'told by nobody'}`);
    }
    if (line.word === 'open') {
      const opened = surroundings.open(line.rest);
      return says(line, `${line.rest} ${typeof opened === 'string' ? `is ${opened}` : `has ${opened.text.length} characters`}`);
    }
    if (line.word === 'match') {
      const matched = surroundings.match(line.rest);
      return says(line, `${line.rest} matches ${typeof matched === 'string' ? matched : matched.join(', ')}`);
    }
    if (line.word === 'count') return says(line, `${line.rest}: ${surroundings.shared(wordsTogether, line.rest)}`);
    if (line.word === 'itself') return says(line, `${surroundings.shared(circular, '')}`);
    if (line.word === 'whose') {
      const by = surroundings.includers();
      return says(line, `included by ${by === 'pending' ? by : by.join(', ') || 'nobody'}`);
    }
    if (line.word === 'slow') {
      for (const end = performance.now() + Number(line.rest); performance.now() < end;);
      return says(line, `lint ${asked.get(analysis.path)} of ${analysis.text.length} characters`);
    }
    return undefined;
  },
});

const good = rule(lines, {
  ...text,
  check: ({ line }) => {
    if (line.word !== 'bad' && line.word !== 'worse') return undefined;
    const to = line.word === 'bad' ? 'good' : 'bad';
    const edits = () => [{ start: line.start, end: line.start + line.word.length, text: to }];
    return { ...says(line, `This is ${line.word}`), fix: { title: `Write ${to}`, safety: 'safe', edits } } as Verdict;
  },
});

const risky = rule(lines, {
  ...text,
  check: ({ line }) => (line.word !== 'risky' ? undefined
    : ({ ...says(line, 'This is risky'), fix: { title: 'Remove it', safety: 'review', risk: 'Somebody may need it.', edits: () => [{ start: line.start, end: line.end, text: '' }] } } as Verdict)),
});

const failing = rule(lines, {
  ...text,
  check: ({ line }) => {
    if (line.word === 'fail') throw new Error('a rule that throws');
    return line.word !== 'trap' ? undefined : ({ ...says(line, 'This is a trap'), fix: { title: 'Fall', safety: 'safe', edits: () => { throw new Error('a fix that throws'); } } } as Verdict);
  },
});

export const registry = registryOf({ note }, { talk, good, risky, failing });
export const reasons: Readonly<Record<string, string>> = { talk: 'Notes talk.', good: 'Notes are good.', risky: 'Notes are not risky.', failing: 'Rules fail.' };
