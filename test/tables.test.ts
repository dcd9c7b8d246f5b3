/**
 * Names from files are looked up where only the names that were put in are found. A plain object also answers to `constructor`, which
 * anybody may write into a file. Here every object that is written out and looked up by what is not a constant is asked to be a `table`.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'acorn';
import { analyse } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { table } from '#engine/table.js';
import { registry } from '#registry/registry.generated.js';
import { pages } from './support/pages.js';

interface Syntax {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly [field: string]: any;
}

/** The rows of the Security Rule are looked up by citations, which are constants of ours; its folder may import nothing. */
const exempt = /safeguards[\\/]security-rule\.js$/;

const isPlain = (node: Syntax | null | undefined) => node?.type === 'ObjectExpression';
const isConstant = ({ type, operator }: Syntax) => type === 'Literal' || type === 'UnaryExpression' || (type === 'BinaryExpression' && operator !== '+');

/** The object at the left end of `a.b[c]`. */
function base(node: Syntax): Syntax {
  let at = node;
  while (at.type === 'MemberExpression' || at.type === 'ChainExpression') at = at.type === 'ChainExpression' ? at['expression'] : at['object'];
  return at;
}

/** Where plain objects are looked up in modules, by name: those of the module itself, and those of ours that it imports. */
function lookUps(modules: ReadonlyMap<string, Syntax>, root: string): readonly string[] {
  const declared = new Map([...modules].map(([file, { body }]) => [file, new Set((body as Syntax[]).flatMap((statement) => {
    const declaration = (statement.type === 'ExportNamedDeclaration' ? statement['declaration'] : statement) as Syntax | null;
    return declaration?.type === 'VariableDeclaration' ? (declaration['declarations'] as Syntax[]).filter(({ init }) => isPlain(init)).map(({ id }) => id.name as string) : [];
  }))]));
  const found: string[] = [];
  for (const [file, module] of modules) {
    const scopes: Map<string, boolean>[] = [new Map([...declared.get(file)!].map((name) => [name, true]))];
    for (const { type, source, specifiers } of module['body'] as Syntax[]) {
      if (type !== 'ImportDeclaration') continue;
      const from = source.value.startsWith('#') ? resolve(root, source.value.slice(1)) : resolve(dirname(file), source.value);
      for (const { imported, local } of specifiers) if (imported && !exempt.test(from) && declared.get(from)?.has(imported.name)) scopes[0]!.set(local.name, true);
    }
    const isTable = (node: Syntax) => {
      const named = base(node);
      return named.type === 'Identifier' ? scopes.filter((scope) => scope.has(named['name'])).at(-1)?.get(named['name']) === true : isPlain(named);
    };
    const bind = (pattern: Syntax | null, plain: boolean): void => {
      if (!pattern) return;
      if (pattern.type === 'Identifier') scopes.at(-1)!.set(pattern['name'], plain);
      for (const inner of [pattern['properties'], pattern['elements'], pattern['argument'], pattern['left'], pattern['value']].flat()) if (inner?.type) bind(inner, false);
    };
    const look = (node: unknown): void => {
      if (Array.isArray(node)) return node.forEach(look);
      if (typeof node !== 'object' || node === null || !('type' in node)) return;
      const one = node as Syntax;
      const opens = /Function|^For|^BlockStatement$/.test(one.type);
      if (opens) scopes.push(new Map());
      if (/Function/.test(one.type)) for (const parameter of one['params']) bind(parameter, false);
      if (one.type === 'VariableDeclaration' && scopes.length > 1) for (const { id, init } of one['declarations']) bind(id, isPlain(init));
      const looksUp = one.type === 'MemberExpression' ? one['computed'] && !isConstant(one['property']) && isTable(one['object'])
        : one.type === 'BinaryExpression' && one['operator'] === 'in' && one['left'].type !== 'Literal' && isTable(one['right']);
      if (looksUp) found.push(`${file}:${one.loc.start.line}`);
      for (const [field, inner] of Object.entries(one)) if (field !== 'loc') look(inner);
      if (opens) scopes.pop();
    };
    look(module['body']);
  }
  return found;
}

const read = (text: string) => parse(text, { ecmaVersion: 'latest', sourceType: 'module', locations: true }) as unknown as Syntax;

describe('what is looked up by a name', () => {
  test('is a table', () => {
    const root = resolve('out/server');
    const files = (readdirSync(root, { recursive: true }) as string[]).filter((name) => name.endsWith('.js')).map((name) => join(root, name));
    assert.deepEqual(lookUps(new Map(files.map((file) => [file, read(readFileSync(file, 'utf8'))])), root), []);
  });

  test('is told from what is not', () => {
    const lines = (text: string) => lookUps(new Map([['/m.js', read(text)]]), '/').map((at) => at.slice(at.indexOf(':') + 1));
    assert.deepEqual(lines('const t = { a: 1 };\nt[x];\nx in t;\n({ a: 1 })[x];\nt.b[x];\nconst u = table({ a: 1 });\nu[x]; t.a; t["a"]; "a" in t;\nfunction f(t) { return t[x]; }\n[1][x];'), ['2', '3', '4', '5']);
  });

  test('knows its own names alone', () => {
    const own = table<Readonly<Record<string, number>>>({ a: 1 });
    assert.deepEqual([own['a'], own['constructor'], own['__proto__'], 'toString' in own], [1, undefined, undefined, false]);
  });

  test('harms nobody when it is a name every object has', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    const failed: string[] = [];
    for (const { format, path, examples } of pages()) {
      const declared = registry.formats.get(format)!;
      for (const [nth, { files }] of examples.entries()) {
        for (const { text } of files) {
          const words = [...text.matchAll(/[A-Za-z_][\w-]{2,}/g)];
          const name = names[nth % names.length]!;
          for (const word of [words[(nth * 7) % Math.max(1, words.length)], words.at(-1)]) {
            if (!word || text.length > 4_000) continue;
            const changed = text.slice(0, word.index) + name + text.slice(word.index + word[0].length);
            const { failures } = lint(analyse(format, declared, 'x', changed), registry);
            for (const { rule, message } of failures) failed.push(`${path}: ${name} for ${word[0]}: ${rule}: ${message}`);
          }
        }
      }
    }
    assert.deepEqual(failed.slice(0, 20), []);
  });
});
