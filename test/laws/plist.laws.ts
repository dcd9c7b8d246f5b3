import { parsePlist, slot, type Dictionary, type Scalar } from '#notations/plist.js';
import type { LawExample } from '../support/law.js';

const at = (key: string, kind: Scalar['kind']) => (text: string) => {
  const file = parsePlist(text);
  return slot(file, file.top as Dictionary, key, kind);
};
const head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n';
const profile = `${head}<plist version="1.0">\n<dict>\n\t<key>minLength</key>\n\t<integer>4</integer>\n\t<!-- note -->\n\t<key>forcePIN</key>\n\t<false/>\n</dict>\n</plist>\n`;

const examples: readonly LawExample[] = [
  { title: 'an integer', text: profile, at: at('minLength', 'integer'), besides: at('forcePIN', 'boolean'), values: ['14'] },
  { title: 'a boolean', text: profile, at: at('forcePIN', 'boolean'), besides: at('minLength', 'integer'), values: ['true'] },
  { title: 'an absent value', text: profile, at: at('maxInactivity', 'integer'), besides: at('minLength', 'integer'), values: ['5'] },
  { title: 'an absent value in an empty dictionary', text: `${head}<plist version="1.0"><dict/></plist>\n`, at: at('a', 'string'), values: ['x & y'] },
];

export default examples;
