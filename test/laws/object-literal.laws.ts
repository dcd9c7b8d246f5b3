import { parseExported, slot } from '#notations/object-literal.js';
import type { LawExample } from '../support/law.js';

const at = (writing: 'string' | 'literal', ...path: readonly string[]) => (text: string) => slot(parseExported(text), path, writing);

/** A page's script hands its object to the page, or a function that makes it. */
const inPage = (writing: 'string' | 'literal', ...path: readonly string[]) => (text: string) =>
  slot(parseExported(text, { targets: ['window.config'], called: true }), path, writing);

const words = ['plain', "it's", 'say "hi"', 'C:\\dir', '', 'a, b', '// no comment', 'two\nlines'];

const examples: readonly LawExample[] = [
  { title: 'a string', text: 'module.exports = {\n  // uiHost: "x",\n  uiHost: "127.0.0.1", /* here */\n  uiPort: 1880\n}\n', at: at('string', 'uiHost'), besides: at('literal', 'uiPort'), values: words },
  { title: 'a string in single quotes', text: "module.exports = { a: 'b', c: 1 };", at: at('string', 'a'), besides: at('literal', 'c'), values: words },
  { title: 'a literal', text: 'module.exports = {\n  a: { b: false, c: 1 },\n}\n', at: at('literal', 'a', 'b'), besides: at('literal', 'a', 'c'), values: ['true', '5'] },
  { title: 'an absent value', text: 'module.exports = {\n    a: 1\n}\n', at: at('string', 'b'), besides: at('literal', 'a'), values: words },
  { title: 'absent parents', text: 'module.exports = {\r\n\ta: 1,\r\n}\r\n', at: at('literal', 'b', 'c', 'd'), besides: at('literal', 'a'), values: ['true'] },
  { title: 'an absent value in an object of one line', text: 'module.exports = { a: { b: 1 } }', at: at('literal', 'a', 'c'), besides: at('literal', 'a', 'b'), values: ['true'] },
  { title: 'an absent value in an empty object', text: 'module.exports = { a: {}, b: 1 }', at: at('literal', 'a', 'c'), besides: at('literal', 'b'), values: ['true'] },
  { title: 'an absent value in an object of comments', text: 'module.exports = {\n  a: {\n    // c: 1\n  },\n  b: 1\n}\n', at: at('literal', 'a', 'c'), besides: at('literal', 'b'), values: ['true'] },
  { title: 'behind functions and patterns', text: 'const q = /["\'{]/;\nmodule.exports = {\n  f: function (a) { return a / 2 + "}"; },\n  g(x) { return `}${x}`; },\n  h: (y) => ({ z: /[/}]/ }),\n  a: 1,\n}\n', at: at('literal', 'a'), values: ['2'] },
  { title: 'an object with a name', text: 'const settings = {\n  a: 1\n};\nmodule.exports = settings;\n', at: at('literal', 'a'), values: ['2'] },
  { title: 'an exported default', text: 'export default {\n  a: 1\n}\n', at: at('literal', 'a'), values: ['2'] },
  { title: 'the last of two members', text: 'module.exports = { a: 1, a: 2 }', at: at('literal', 'a'), values: ['3'] },
  { title: 'a name in quotes', text: "module.exports = { 'a-b': 1, c: 2 }", at: at('literal', 'a-b'), besides: at('literal', 'c'), values: ['3'] },
  { title: 'a name that needs quotes', text: 'module.exports = { c: 2 }', at: at('literal', 'a-b'), besides: at('literal', 'c'), values: ['3'] },
  { title: 'an object of a page', text: 'window.other = { a: 0 };\nwindow.config = {\n  a: 1,\n  p: /.*/,\n};\n', at: inPage('literal', 'a'), values: ['2'] },
  { title: 'what a function gives', text: 'window.config = function (b) {\n  const c = { a: 0 };\n  if (b) { b(); }\n  return {\n    a: 1\n  };\n};\n', at: inPage('literal', 'a'), values: ['2'] },
  { title: 'what an arrow function gives', text: 'window.config = ({ servicesManager, x = {} } = {}) => ({\n  a: 1, b: 2\n});\nwindow.a = 3;\n', at: inPage('literal', 'a'), besides: inPage('literal', 'b'), values: ['2'] },
  { title: 'a name that a function gives', text: 'window.config = props => {\n  const own = {\n    a: 1,\n    f: () => { return { a: 5 }; },\n  };\n  return own;\n};\n', at: inPage('literal', 'a'), values: ['2'] },
];

export default examples;

/** The environment, a call, a name that is defined elsewhere. */
export const elsewhere = (): readonly string[] => ['process.env.SITE_VALUE', 'siteValue()', 'site.value'];
