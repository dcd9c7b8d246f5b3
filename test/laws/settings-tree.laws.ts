import { parseSettingsTree, slot, type Group } from '#notations/settings-tree.js';
import type { LawExample } from '../support/law.js';

const at = (path: string, key: string) => (text: string) => {
  const tree = parseSettingsTree(text);
  let group: Group = tree;
  for (const name of path.split('.').filter(Boolean)) group = group.groups.find((inner) => inner.name === name)!;
  return slot(tree, group, key);
};
const site = '# sites\nconnections {\n  clinic : base {\n    version = 1 # old\n    local { auth = psk }\n    children {\n      net {\n        mode = tunnel\n      }\n    }\n  }\n}\nsecrets { }\n';

const examples: readonly LawExample[] = [
  { title: 'a value in front of a comment', text: site, at: at('connections.clinic', 'version'), besides: at('connections.clinic.children.net', 'mode'), values: ['2', 'two words', 'a # b'] },
  { title: 'a value in front of a brace', text: site, at: at('connections.clinic.local', 'auth'), besides: at('connections.clinic', 'version'), values: ['pubkey', 'a } b'] },
  { title: 'an absent value', text: site, at: at('connections.clinic', 'aggressive'), besides: at('connections.clinic', 'version'), values: ['no'] },
  { title: 'an absent value in a section on one line', text: site, at: at('connections.clinic.local', 'id'), besides: at('connections.clinic.local', 'auth'), values: ['a.example'] },
  { title: 'an absent value in a section without settings', text: site, at: at('connections.clinic.children', 'x'), besides: at('connections.clinic.children.net', 'mode'), values: ['1'] },
  { title: 'an absent value in an empty section', text: site, at: at('secrets', 'x'), besides: at('connections.clinic', 'version'), values: ['1'] },
  { title: 'an absent value of the file', text: site, at: at('', 'x'), besides: at('connections.clinic', 'version'), values: ['1'] },
  { title: 'a quoted value over two lines', text: 'a {\r\n  b = "x\r\ny \\" z"\r\n  c = 1\r\n}\r\n', at: at('a', 'b'), besides: at('a', 'c'), values: ['q', 'x "y"'] },
  { title: 'an empty value', text: 'a {\n  b =\n  c = 1\n}\n', at: at('a', 'b'), besides: at('a', 'c'), values: ['q'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}'].map((hole) => quote + hole + quote);
};
