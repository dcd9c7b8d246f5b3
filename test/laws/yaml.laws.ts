import { parseYaml } from '#notations/yaml.js';
import type { LawExample } from '../support/law.js';

/** The slot at a path of the first document. */
const at = (...path: readonly (string | number)[]) => (text: string) => parseYaml(text).documents[0]!.root.get(...path).slot;
/** The slot at a path of the last document. */
const last = (...path: readonly (string | number)[]) => (text: string) => parseYaml(text).documents.at(-1)!.root.get(...path).slot;

const words = ['true', '8443', 'two words', "it's", 'a: b', 'x # y', '', 'null', '- a', '@at', 'say "hi"', 'C:\\dir', '*', '{a}', '{{ hole }}x'.replace('{{ hole }}', '%')];

const examples: readonly LawExample[] = [
  { title: 'a stated value', text: 'port: 1883\nhost: a\n', at: at('port'), besides: at('host'), values: words },
  { title: 'a value in single quotes', text: "port: 'a''b' # note\nhost: a\n", at: at('port'), besides: at('host'), values: words },
  { title: 'a value in double quotes', text: 'port: "a\\tb"\nhost: a\n', at: at('port'), besides: at('host'), values: words },
  { title: 'a block scalar', text: 'a:\n  text: |\n    one\n    two\n  host: b\n', at: at('a', 'text'), besides: at('a', 'host'), values: ['x', 'a: b'] },
  { title: 'a block scalar at the end', text: 'a:\n  host: b\n  text: >-\n    one\n\n    two\n', at: at('a', 'text'), besides: at('a', 'host'), values: ['x'] },
  { title: 'a plain value over several lines', text: 'a: one\n  two\nb: c\n', at: at('a'), besides: at('b'), values: ['x'] },
  { title: 'an absent value', text: 'a: 1\nb:\n  c: 2 # note\n# end\n', at: at('b', 'd'), besides: at('b', 'c'), values: words },
  { title: 'an absent value without a last line end', text: 'a: 1', at: at('b'), besides: at('a'), values: ['2'] },
  { title: 'an absent value behind a block scalar', text: 'a:\n  t: |\n    x\n\nb: 1\n', at: at('a', 'u'), besides: at('b'), values: ['2'] },
  { title: 'an absent value behind a block scalar at the end', text: 'a:\n  t: |\n    x\n', at: at('a', 'u'), values: ['2'] },
  { title: 'an absent value behind a block scalar without a line end', text: 'a:\n  t: |\n    x', at: at('a', 'u'), besides: at('a', 't'), values: ['2'] },
  { title: 'an absent value behind a list', text: 'a:\n  l:\n  - 1\n  - 2\nb: 3\n', at: at('a', 'u'), besides: at('a', 'l', 1), values: ['2'] },
  { title: 'an absent value behind an empty one', text: 'a:\n  l:\nb: 3\n', at: at('a', 'u'), besides: at('b'), values: ['2'] },
  { title: 'absent parents', text: 'a:\n    b: 1\nz: 0\n', at: at('a', 'c', 'd', 'e'), besides: at('a', 'b'), values: words },
  { title: 'absent parents below a key without a value', text: 'a: # note\nz: 0\n', at: at('a', 'c', 'd'), besides: at('z'), values: ['1'] },
  { title: 'a key without a value', text: 'a:\nz: 0\n', at: at('a'), besides: at('z'), values: words.filter((word) => word !== '') },
  { title: 'a key without a value and a comment', text: 'a:   # note\nz: 0\n', at: at('a'), besides: at('z'), values: ['1', 'x # y'] },
  { title: 'a key that says null', text: 'a: ~\nz: null\n', at: at('a'), values: ['1'] },
  { title: 'absent below null', text: 'a: null\nz: 1\n', at: at('a', 'b', 'c'), besides: at('z'), values: ['1', 'x, y'] },
  { title: 'inside a list item', text: 'l:\n  - name: x\n    port: 1\n  - name: y\n', at: at('l', 0, 'port'), besides: at('l', 1, 'name'), values: ['2'] },
  { title: 'absent in a list item', text: 'l:\n- name: x\n- name: y\nz: 0\n', at: at('l', 0, 'sec', 'run'), besides: at('l', 1, 'name'), values: ['2'] },
  { title: 'absent in the last list item', text: 'l:\n- name: x\n- name: y', at: at('l', 1, 'sec', 'run'), besides: at('l', 0, 'name'), values: ['2'] },
  { title: 'a list item', text: 'l:\n- one\n- two # note\n', at: at('l', 1), besides: at('l', 0), values: words },
  { title: 'a flow map', text: 'a: {b: 1, c: "2"}\nz: 0\n', at: at('a', 'b'), besides: at('a', 'c'), values: [...words, 'x, y'] },
  { title: 'absent in a flow map', text: 'a: {b: 1}\nz: 0\n', at: at('a', 'd', 'e'), besides: at('a', 'b'), values: [...words, 'x, y'] },
  { title: 'absent in an empty flow map', text: 'a: {}\nz: 0\n', at: at('a', 'd'), besides: at('z'), values: words },
  { title: 'absent in a flow map with a trailing comma', text: 'a: {b: 1,}\nz: 0\n', at: at('a', 'd'), besides: at('a', 'b'), values: ['1'] },
  { title: 'absent in a flow map over lines', text: 'a: {\n  b: 1,\n  c: 2\n}\n', at: at('a', 'd'), besides: at('a', 'c'), values: ['1'] },
  { title: 'JSON', text: '{\n  "a": {\n    "b": "x"\n  },\n  "z": [1]\n}\n', at: at('a', 'b'), besides: at('z', 0), values: ['y', 'say "hi"', 'C:\\x'] },
  { title: 'absent in JSON', text: '{\n  "a": {\n    "b": 1\n  },\n  "z": {}\n}\n', at: at('a', 'c', 'd'), besides: at('a', 'b'), values: ['true', '8', 'text', 'a "b"'] },
  { title: 'absent in an empty object of JSON', text: '{\n  "a": {\n    "b": 1\n  },\n  "z": {}\n}\n', at: at('z', 'c'), besides: at('a', 'b'), values: ['true', 'text'] },
  { title: 'an empty file', text: '', at: at('a', 'b'), values: ['1'] },
  { title: 'a file of comments', text: '# nothing yet', at: at('a'), values: ['1'] },
  { title: 'the second document', text: '---\na: 1\n---\nb: 2\n...\n', at: last('b'), values: ['3'] },
  { title: 'absent in the second document', text: 'a: 1\n---\nb:\n  c: 2\n', at: last('b', 'd'), besides: at('a'), values: ['3'] },
  { title: 'absent in the first document', text: 'a:\n  b: 1\n---\nb: 2\n', at: at('a', 'c'), besides: last('b'), values: ['3'] },
  { title: 'carriage returns', text: 'a:\r\n  b: 1 # note\r\nz: 0\r\n', at: at('a', 'c', 'd'), besides: at('a', 'b'), values: ['1', 'x y'] },
  { title: 'carriage returns and a block scalar', text: 'a:\r\n  b: |\r\n    1\r\nz: 0\r\n', at: at('a', 'c'), besides: at('z'), values: ['1'] },
  { title: 'a key that repeats', text: 'a: 1\na: 2\n', at: at('a'), values: ['3'] },
  { title: 'a value from a merge key', text: 'x: &x\n  a: 1\ny:\n  <<: *x\n  b: 2\n', at: at('y', 'a'), besides: at('x', 'a'), values: ['3'] },
  { title: 'absent beside an anchor', text: 'x: &x\n  a: 1\ny: *x\n', at: at('x', 'b'), besides: at('x', 'a'), values: ['3'] },
  { title: 'a value with an anchor', text: 'x: &x 1\ny: *x\n', at: at('x'), values: ['3'] },
  { title: 'an anchor without a value', text: 'x: &x\ny: 1\n', at: at('x'), besides: at('y'), values: ['3'] },
  { title: 'a key in quotes', text: '"a b": 1\nc: 2\n', at: at('a b'), besides: at('c'), values: ['3'] },
  { title: 'a key that needs quotes', text: 'c: 2\n', at: at('a: b', '# d'), besides: at('c'), values: ['3'] },
  { title: 'Helm', text: '{{- if .Values.on }}\na:\n  b: {{ .Values.b }}\n  c: 1\n{{- end }}\n', at: at('a', 'd'), besides: at('a', 'c'), values: ['3'] },
  { title: 'a key below a half-typed word', text: 'a: 1\nmeta\nspec:\n  b: 2\n', at: at('spec', 'b'), besides: at('a'), values: ['3'] },
];

export default examples;

/** Substitutions and templates; a tag that takes the value from another file stands in no quotes. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0];
  const holes = ['${SITE_VALUE}', '{{ site_value }}'];
  return quote === undefined ? ['${SITE_VALUE}', '"{{ site_value }}"', '*site_value', '!secret site_value', '!include site.yaml'] : holes.map((hole) => quote + hole + quote);
};
