import { parseProperties, slot } from '#notations/properties.js';
import type { LawExample } from '../support/law.js';

const at = (key: string) => (text: string) => slot(parseProperties(text), key);

const examples: readonly LawExample[] = [
  { title: 'a value', text: 'a = 1\nb=2\n', at: at('a'), besides: at('b'), values: ['x', 'a:b=c', 'a\\b', ' led', ''] },
  { title: 'a colon', text: 'a : 1\r\nb=2\r\n', at: at('a'), besides: at('b'), values: ['x'] },
  { title: 'only a space between', text: 'a 1\nb 2', at: at('b'), besides: at('a'), values: ['x y'] },
  { title: 'an empty value', text: 'a =\nb = 2\n', at: at('a'), besides: at('b'), values: ['x'] },
  { title: 'a bare key', text: 'a\nb = 2\n', at: at('a'), besides: at('b'), values: ['x'] },
  { title: 'escapes', text: 'u=jdbc\\:mysql\\://h\\:3306/d?a\\=1\nb=2\n', at: at('u'), besides: at('b'), values: ['jdbc:mysql://h/d?b=2'] },
  { title: 'continued lines', text: 'a = 1,\\\n    2,\\\n    3\nb = 2\n', at: at('a'), besides: at('b'), values: ['9', '1,2,3'] },
  { title: 'continued lines with carriage returns', text: 'a = 1,\\\r\n    2\r\nb = 2\r\n', at: at('a'), besides: at('b'), values: ['9'] },
  { title: 'the last of two', text: 'a=1\na=2\nb=3\n', at: at('a'), besides: at('b'), values: ['9'] },
  { title: 'absent', text: '# head\nb=2', at: at('a'), besides: at('b'), values: ['1', 'a\\b'] },
  { title: 'absent below its comment', text: '# a = 1\nb = 2\n', at: at('a'), besides: at('b'), values: ['1'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}', '<%= site_value %>'].map((hole) => quote + hole + quote);
};
