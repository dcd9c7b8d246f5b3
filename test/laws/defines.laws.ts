import { parseDefines, presence, slot, type MacroText } from '#notations/defines.js';
import type { LawExample } from '../support/law.js';

const at = (name: string, how: MacroText) => (text: string) => slot(parseDefines(text), name, how);
const there = (name: string) => (text: string) => presence(parseDefines(text), name);

const guarded = '#ifndef _CONFIG_H_\n#define _CONFIG_H_\n#undef  A\n#define A 1 // note\n#endif  // _CONFIG_H_\n';

const examples: readonly LawExample[] = [
  { title: 'a plain value with a comment', text: guarded, at: at('A', 'plain'), besides: there('_CONFIG_H_'), values: ['2', 'LOG_LEVEL_INFO'] },
  { title: 'an absent value inside an include guard', text: guarded, at: at('B', 'plain'), besides: at('A', 'plain'), values: ['true'] },
  { title: 'an absent value in an empty file', text: '', at: at('B', 'string'), values: ['x', ''] },
  { title: 'an absent value without a last line end', text: '#define A 1', at: at('B', 'plain'), besides: at('A', 'plain'), values: ['5'] },
  { title: 'text with slashes', text: '#define URL "http://a/b" // "quoted"\n#define A 1\n', at: at('URL', 'string'), besides: at('A', 'plain'), values: ['https://a/b', 'a "b" \\ c', ''] },
  { title: 'a value behind an undef', text: '#define A 1\n#undef A\n', at: at('A', 'plain'), values: ['3'] },
  { title: 'a default that is set once', text: '#ifndef A\n#define A "x"\n#endif\n#define B 1\n', at: at('A', 'string'), besides: at('B', 'plain'), values: ['y'] },
  { title: 'a bare name', text: '#define USE_CORS\n#define B 1\n', at: there('USE_CORS'), besides: at('B', 'plain'), values: ['no', 'yes'] },
  { title: 'an absent name', text: '#define B 1\n', at: there('USE_CORS'), besides: at('B', 'plain'), values: ['yes', 'no'] },
  { title: 'carriage returns', text: '#define A 1\r\n#define B 2\r\n', at: at('A', 'plain'), besides: at('B', 'plain'), values: ['3'] },
  { title: 'a block comment above', text: '/* #define A 9\n */\n#define A 1\n', at: at('A', 'plain'), values: ['3'] },
];

export default examples;
