import { argument, descendants, parseBlocks, words, type Block } from '#notations/blocks.js';
import type { LawExample } from '../support/law.js';

const blockOf = (text: string, path: readonly string[]): Block => {
  let block: Block = parseBlocks(text);
  for (const name of path) block = block.statements.find((statement) => statement.name === name)!.block!;
  return block;
};
const all = (name: string, ...path: string[]) => (text: string) => words(parseBlocks(text), blockOf(text, path), name);
const one = (name: string, ...path: string[]) => (text: string) => argument(parseBlocks(text), blockOf(text, path), name);

const site = 'server {\n    listen 443 ssl;\n    # Versions\n    ssl_protocols TLSv1 TLSv1.2; # old clients\n\n    location / {\n        root /srv;\n    }\n}\n';

const examples: readonly LawExample[] = [
  { title: 'the words of a directive', text: site, at: all('ssl_protocols', 'server'), besides: all('listen', 'server'), values: ['TLSv1.2', 'TLSv1.2 TLSv1.3'] },
  { title: 'an absent directive before the inner block', text: site, at: one('ssl_ciphers', 'server'), besides: one('root', 'server', 'location'), values: ['HIGH', 'HIGH:!aNULL', 'two words', 'it\'s "quoted"', 'back\\slash', ''] },
  { title: 'an absent directive below its comment', text: 'http {\n\t# server_tokens off;\n\n\tinclude x;\n}\n', at: one('server_tokens', 'http'), besides: one('include', 'http'), values: ['off'] },
  { title: 'an absent directive in a block on one line', text: 'events {}\nhttp { server { listen 80; } }\n', at: one('autoindex', 'http', 'server'), besides: all('listen', 'http', 'server'), values: ['off'] },
  { title: 'an absent directive in an empty block', text: 'events {}\n', at: one('accept_mutex', 'events'), values: ['off'] },
  { title: 'an absent directive in an empty block of two lines', text: 'http {\n  server {\n  }\n}\n', at: one('autoindex', 'http', 'server'), values: ['off'] },
  { title: 'an absent directive of an empty file', text: '', at: one('user', ...[]), values: ['www-data'] },
  { title: 'an absent directive of a file without a last line end', text: 'pid /run/p;', at: one('user', ...[]), besides: one('pid', ...[]), values: ['www-data'] },
  { title: 'an absent directive in a block of blocks', text: 'http {\n  server {\n    listen 80;\n  }\n}\n', at: one('autoindex', 'http'), besides: all('listen', 'http', 'server'), values: ['on'] },
  { title: 'a quoted argument', text: "http {\n  ssl_ciphers 'HIGH:!aNULL';\n  a b;\n}\n", at: one('ssl_ciphers', 'http'), besides: one('a', 'http'), values: ['HIGH', "it's", 'a;b'] },
  { title: 'the first argument alone', text: 'error_log /dev/null crit;\n', at: one('error_log', ...[]), values: ['/var/log/e', 'a b'] },
  { title: 'arguments over several lines', text: 'http {\n  log_format main\n    "a"  # first\n    "b";\n  x 1;\n}\n', at: all('log_format', 'http'), besides: all('x', 'http'), values: ['main c'] },
  { title: 'a directive without arguments', text: 'location {\n  internal;\n}\n', at: one('internal', 'location'), values: ['x'] },
  { title: 'carriage returns', text: 'http {\r\n  a 1;\r\n  server {\r\n    b 2;\r\n  }\r\n}\r\n', at: one('c', 'http'), besides: all('b', 'http', 'server'), values: ['3'] },
  { title: 'a raw body with braces of its own', text: 'server {\n  content_by_lua_block {\n    local s = "}" -- }\n    if x then y = [[ } ]] end\n    t = { a = 1 }\n  }\n  b 2;\n}\n', at: all('b', 'server'), values: ['3'] },
  { title: 'a variable in braces', text: 'http {\n  a ${b}c;\n  d 1;\n}\n', at: all('d', 'http'), besides: all('a', 'http'), values: ['2'] },
  { title: 'blocks nested beyond reason', text: `${'x {'.repeat(20_000)}a 1;${'}'.repeat(20_000)}\nb 2;\n`, at: (text) => { descendants(parseBlocks(text)); return words(parseBlocks(text), parseBlocks(text), 'b'); }, values: ['3'] },
];

export default examples;

/** Templates fill values in when a file is deployed. */
export const elsewhere = (value: string): readonly string[] => {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return ['${SITE_VALUE}', '{{ site_value }}'].map((hole) => quote + hole + quote);
};
