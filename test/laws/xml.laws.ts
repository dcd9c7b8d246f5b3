import { attributeSlot, childSlot, descend, parseXml, textSlot } from '#notations/xml.js';
import type { LawExample } from '../support/law.js';

const child = (path: readonly string[], name: string) => (text: string) => {
  const file = parseXml(text);
  return childSlot(file, descend(file.root, ...path)!, name);
};
const attribute = (path: readonly string[], name: string) => (text: string) => attributeSlot(descend(parseXml(text).root, ...path)!, name);

const examples: readonly LawExample[] = [
  { title: 'text', text: '<?xml version="1.0"?>\n<a>\n  <b>1</b>\n  <c>2</c>\n</a>\n', at: child(['a'], 'b'), besides: child(['a'], 'c'), values: ['x', '<&>"', ''] },
  { title: 'text with entities and a comment before it', text: '<a><!-- n --><b>x &amp; y</b></a>', at: child(['a'], 'b'), values: ['z'] },
  { title: 'an absent child', text: '<a>\r\n\t<c>2</c>\r\n</a>\r\n', at: child(['a'], 'b'), besides: child(['a'], 'c'), values: ['1'] },
  { title: 'an absent child of an empty element', text: '<a>\n  <d></d>\n</a>\n', at: child(['a', 'd'], 'b'), values: ['1'] },
  { title: 'an absent child of an element that closes itself', text: '<a><d x="1"/></a>', at: child(['a', 'd'], 'b'), besides: attribute(['a', 'd'], 'x'), values: ['1'] },
  { title: 'an element that closes itself', text: '<a><b/></a>', at: (text) => { const file = parseXml(text); return textSlot(file, descend(file.root, 'a', 'b')!); }, values: ['1'] },
  { title: 'an attribute', text: "<a b='1' c=\"2\"/>", at: attribute(['a'], 'b'), besides: attribute(['a'], 'c'), values: ['x', '"&'] },
  { title: 'an absent attribute', text: '<a c="2">t</a>', at: attribute(['a'], 'b'), besides: attribute(['a'], 'c'), values: ['x'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${site.value}', '{{ site_value }}', '@SITE_VALUE@'].map((hole) => quote + hole + quote);
};
