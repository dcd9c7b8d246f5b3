import { flag, parseDirectives, sections, slot, type Dialect } from '#notations/directives.js';
import type { LawExample } from '../support/law.js';

const spaced: Dialect = { comment: '#', trailingComments: false, assignment: 'space', separator: ' ' };
const equals: Dialect = { comment: '#;', trailingComments: true, assignment: 'either', separator: ' = ', quotes: "'\"", bare: /^[\w.+-]+$/, foldCase: true };

const whole = (dialect: Dialect, name: string, wins: 'first' | 'last') => (text: string) => {
  const file = parseDirectives(text, dialect);
  return slot(file, file, name, { wins });
};

const inListener = (name: string) => (text: string) => {
  const file = parseDirectives(text, spaced);
  return slot(file, sections(file, (d) => d.name === 'listener')[1]!, name, { wins: 'last' });
};

const examples: readonly LawExample[] = [
  { title: 'a stated value', text: 'port 1883\nmax_connections 10\n', at: whole(spaced, 'port', 'last'), besides: whole(spaced, 'max_connections', 'last'), values: ['8883', '0'] },
  { title: 'an absent value in an empty file', text: '', at: whole(spaced, 'port', 'last'), values: ['8883'] },
  { title: 'an absent value without a last line end', text: 'a 1', at: whole(spaced, 'port', 'last'), besides: whole(spaced, 'a', 'last'), values: ['8883'] },
  { title: 'an absent value below its comment', text: '# Limits\n#port 1883\na 1\n', at: whole(spaced, 'port', 'last'), besides: whole(spaced, 'a', 'last'), values: ['8883'] },
  { title: 'the last of several', text: 'port 1\nport 2\n', at: whole(spaced, 'port', 'last'), values: ['3'] },
  { title: 'the first of several', text: 'Port 1\nport 2\n', at: whole(equals, 'Port', 'first'), values: ['3'] },
  { title: 'carriage returns', text: 'a = 1\r\nb = 2 # note\r\n', at: whole(equals, 'b', 'last'), besides: whole(equals, 'a', 'last'), values: ['3', 'two words', "it's"] },
  { title: 'quotes and a trailing comment', text: "a = 'x # y'   # note\nb=2\n", at: whole(equals, 'a', 'last'), besides: whole(equals, 'b', 'last'), values: ['z', 'x # z'] },
  { title: 'a bare word given a value', text: 'deny\nb 2\n', at: whole(equals, 'deny', 'last'), besides: whole(equals, 'b', 'last'), values: ['5'] },
  { title: 'inside a section', text: 'a 1\nlistener 1\n  b 2\nlistener 2\n  b 3\n', at: inListener('b'), values: ['9'] },
  { title: 'absent inside a section', text: 'a 1\nlistener 1\n  b 2\nlistener 2\n  c 3\n', at: inListener('c'), values: ['9'] },
  { title: 'a flag set and unset', text: 'a = 1\nenforce\nb = 2\n', at: (text) => { const file = parseDirectives(text, equals); return flag(file, file, 'enforce'); }, besides: whole(equals, 'b', 'last'), values: ['yes'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}', '<%= site_value %>'].map((hole) => quote + hole + quote);
};
