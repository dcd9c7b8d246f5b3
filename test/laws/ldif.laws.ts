import { parseLdif, slot } from '#notations/ldif.js';
import type { LawExample } from '../support/law.js';

const at = (name: string) => (text: string) => {
  const file = parseLdif(text);
  return slot(file, file.entries[0]!, name);
};

const examples: readonly LawExample[] = [
  { title: 'a value', text: '# head\ndn: cn=a\ncn: a\nport: 104\n\ndn: cn=b\nport: 1\n', at: at('port'), besides: at('cn'), values: ['2762', 'x: y'] },
  { title: 'a folded value', text: 'dn: cn=a\nd: one\n  two\ncn: a\n', at: at('d'), besides: at('cn'), values: ['three'] },
  { title: 'names in any case', text: 'dn: cn=a\r\nPort:104\r\ncn: a\r\n', at: at('port'), besides: at('cn'), values: ['105'] },
  { title: 'an absent value', text: 'dn: cn=a\ncn: a\n\ndn: cn=b\n', at: at('port'), besides: at('cn'), values: ['104'] },
  { title: 'an absent value at the end of the file', text: 'dn: cn=a\r\ncn: a', at: at('port'), besides: at('cn'), values: ['104'] },
  { title: 'a value in Base64', text: 'dn: cn=a\nport:: MTA0\ncn: a\n', at: at('port'), besides: at('cn'), values: ['2762', '104 x'] },
  { title: 'a value in another file', text: 'dn: cn=a\nport:< file:///port\ncn: a\n', at: at('port'), besides: at('cn'), values: ['2762'] },
];

export default examples;
