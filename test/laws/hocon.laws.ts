import { parseHocon, slot } from '#notations/hocon.js';
import type { LawExample } from '../support/law.js';

const at = (...path: readonly string[]) => (text: string) => slot(parseHocon(text), path);

const words = ['true', '8883', 'two words', 'say "hi"', 'a: b', 'C:\\dir', 'x # y', ''];

const examples: readonly LawExample[] = [
  { title: 'a value with dots in its key', text: 'node.cookie = abc # note\nnode.name = x\n', at: at('node', 'cookie'), besides: at('node', 'name'), values: words },
  { title: 'a value in a block', text: 'listeners.tcp.default {\n  bind = "0.0.0.0:1883"\n  enable = true\n}\n', at: at('listeners', 'tcp', 'default', 'bind'), besides: at('listeners', 'tcp', 'default', 'enable'), values: words },
  { title: 'an absent value in a block', text: 'listeners.tcp.default {\n  bind = "0.0.0.0:1883"\n}\nnode.name = x\n', at: at('listeners', 'tcp', 'default', 'enable'), besides: at('node', 'name'), values: words },
  { title: 'an absent value in an empty block', text: 'a {\n}\nb = 1\n', at: at('a', 'c'), besides: at('b'), values: ['2'] },
  { title: 'an absent value in a block of one line', text: 'a { c = 1 }\nb = 1\n', at: at('a', 'd'), besides: at('a', 'c'), values: ['2', 'x, y'] },
  { title: 'an absent value in an empty block of one line', text: 'a {}\nb = 1\n', at: at('a', 'd'), besides: at('b'), values: ['2'] },
  { title: 'absent parents', text: 'a = 1', at: at('b', 'c d', 'e'), besides: at('a'), values: ['2'] },
  { title: 'absent parents in nested blocks', text: 'a {\r\n  b {\r\n    c = 1\r\n  }\r\n}\r\n', at: at('a', 'b', 'd', 'e'), besides: at('a', 'b', 'c'), values: ['2'] },
  { title: 'the last of two values', text: 'a.b = 1\na { b = 2 }\n', at: at('a', 'b'), values: ['3'] },
  { title: 'JSON', text: '{\n  "a": { "b": "x" },\n  "c": 1\n}\n', at: at('a', 'b'), besides: at('c'), values: words },
  { title: 'absent in JSON', text: '{\n  "a": 1\n}\n', at: at('b', 'c'), besides: at('a'), values: ['2'] },
  { title: 'an address without quotes', text: 'listener.tcp.external = 0.0.0.0:1883\nurl = http://a.example:80/x // note\n', at: at('listener', 'tcp', 'external'), besides: at('url'), values: ['127.0.0.1:1883'] },
  { title: 'an empty file', text: '', at: at('a', 'b'), values: ['1'] },
  { title: 'a value behind a list', text: 'v = [tlsv1.2,\n  tlsv1.3] # both\nb : x\n', at: at('b'), values: ['y'] },
];

export default examples;

/** A substitution. */
export const elsewhere = (): readonly string[] => ['${SITE_VALUE}', '${?SITE_VALUE}'];
