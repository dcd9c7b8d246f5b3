import { parseJson, slot, type JSONPath, type Writing } from '#notations/json.js';
import type { LawExample } from '../support/law.js';

const at = (path: JSONPath, writing: Writing) => (text: string) => slot(parseJson(text), path, writing);

const examples: readonly LawExample[] = [
  { title: 'a string', text: '{ "a": "x", "b": 1 }', at: at(['a'], 'string'), besides: at(['b'], 'literal'), values: ['y', 'with "quotes"', ''] },
  { title: 'a literal', text: '{\n  // note\n  "a": true, /* more */\n  "b": 1,\n}\n', at: at(['a'], 'literal'), besides: at(['b'], 'literal'), values: ['false', '5'] },
  { title: 'an absent value', text: '{\n  "b": 1 // one\n}\n', at: at(['a'], 'literal'), besides: at(['b'], 'literal'), values: ['true'] },
  { title: 'an absent parent', text: '{\r\n\t"b": 1\r\n}\r\n', at: at(['a', 'c'], 'string'), besides: at(['b'], 'literal'), values: ['x'] },
  { title: 'in an array', text: '{"l":[{"a":1},{"a":2}]}', at: at(['l', 1, 'a'], 'literal'), besides: at(['l', 0, 'a'], 'literal'), values: ['3'] },
  { title: 'the last of two properties of one name', text: '{"a":1,"a":2}', at: at(['a'], 'literal'), values: ['3'] },
  { title: 'an empty file', text: '', at: at(['a'], 'literal'), values: ['3'] },
];

export default examples;

/** Templates fill values in, in strings or where a number or a truth value stands. */
export const elsewhere = (value: string): readonly string[] =>
  (value.startsWith('"') ? ['"${SITE_VALUE}"', '"{{ site_value }}"'] : ['"${SITE_VALUE}"', '{{ site_value }}']);
