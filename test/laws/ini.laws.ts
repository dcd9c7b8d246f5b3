import { parseIni, slot } from '#notations/ini.js';
import type { LawExample } from '../support/law.js';

const at = (section: string, name: string) => (text: string) => slot(parseIni(text), section, name, { wins: 'last' });
const template = '[Unicode]\r\nUnicode=yes\r\n[System Access]\r\nMinimumPasswordLength = 0\r\n; note\r\n[Registry Values]\r\nMACHINE\\Software\\X Y\\Z=4,0\r\n';

const examples: readonly LawExample[] = [
  { title: 'a value', text: template, at: at('System Access', 'MinimumPasswordLength'), besides: at('Unicode', 'Unicode'), values: ['14'] },
  { title: 'a name with spaces and backslashes', text: template, at: at('Registry Values', 'MACHINE\\Software\\X Y\\Z'), besides: at('Unicode', 'Unicode'), values: ['4,1'] },
  { title: 'an absent value', text: template, at: at('System Access', 'LockoutBadCount'), besides: at('Registry Values', 'MACHINE\\Software\\X Y\\Z'), values: ['5'] },
  { title: 'an absent section', text: '[a]\nb=1', at: at('c', 'd'), besides: at('a', 'b'), values: ['5'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}', '<%= site_value %>'].map((hole) => quote + hole + quote);
};
