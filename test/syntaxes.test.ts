/** Every grammar colours its sample as the snapshot beside it says, with the engine the editor uses. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { IGrammar, StateStack } from 'vscode-textmate';
import { registry } from '#registry/registry.generated.js';

interface Coloured {
  readonly title: string;
  readonly grammar: string;
  readonly comment: string;
  readonly formats: readonly string[];
  readonly elsewhere: readonly string[];
}
const languages = JSON.parse(readFileSync('client/src/languages.json', 'utf8')) as Readonly<Record<string, Coloured>>;
const accept = process.env['HIPAA_LINT_ACCEPT'] === '1';
const require = createRequire(import.meta.url);
const textmate = require('vscode-textmate') as typeof import('vscode-textmate');
const oniguruma = require('vscode-oniguruma') as typeof import('vscode-oniguruma');

const scopeOf = (grammar: string) => `source.${grammar}`;
const pathOf = (grammar: string) => `syntaxes/${grammar}.tmLanguage.json`;
const ready = oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
const grammars = new textmate.Registry({
  onigLib: ready.then(() => ({
    createOnigScanner: (sources) => oniguruma.createOnigScanner(sources),
    createOnigString: (text) => oniguruma.createOnigString(text),
  })),
  loadGrammar: (scope) => {
    const path = pathOf(scope.replace(/^source\./, ''));
    return Promise.resolve(existsSync(path) ? textmate.parseRawGrammar(readFileSync(path, 'utf8'), path) : null);
  },
});

/** The first names a scope may have, from TextMate's manual and what themes of the editor colour. */
const roots = /^(comment|constant|entity|invalid|keyword|markup|meta|punctuation|storage|string|support|variable|source)\./;

async function grammarOf(name: string): Promise<IGrammar> {
  const grammar = await grammars.loadGrammar(scopeOf(name));
  assert.ok(grammar, pathOf(name));
  return grammar;
}

/** Each line of a text, with its words and their scopes below it. */
function coloured(grammar: IGrammar, text: string): string {
  let stack: StateStack = textmate.INITIAL;
  const lines = text.trimEnd().split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    const told = tokens
      .map(({ startIndex, endIndex, scopes }) => ({ word: line.slice(startIndex, endIndex), scopes: scopes.slice(1) }))
      .filter(({ word, scopes }) => word.trim() !== '' && scopes.length > 0)
      .map(({ word, scopes }) => `    ${JSON.stringify(word)} ${scopes.join(' ')}`);
    return [`> ${line}`, ...told].join('\n');
  });
  return `${lines.join('\n')}\n`;
}

test('every grammar has a language, and every language a grammar and formats', () => {
  const files = readdirSync('syntaxes').filter((name) => name.endsWith('.json')).map((name) => name.replace(/\.tmLanguage\.json$/, ''));
  assert.deepEqual(Object.values(languages).map(({ grammar }) => grammar).sort(), files.sort());
  const formats = Object.values(languages).flatMap(({ formats }) => formats);
  assert.deepEqual(formats.filter((name) => !registry.formats.has(name)), []);
  assert.equal(new Set(formats).size, formats.length, 'a format has one language');
});

for (const { grammar: name } of Object.values(languages)) {
  describe(`the grammar ${name}`, () => {
    const sample = readFileSync(`test/syntaxes/${name}.sample`, 'utf8');

    test('colours its sample', async () => {
      const place = `test/syntaxes/${name}.snapshot`;
      const now = coloured(await grammarOf(name), sample);
      if (accept) writeFileSync(place, now);
      const before = existsSync(place) ? readFileSync(place, 'utf8') : '';
      assert.equal(before, now, `${place} does not say what happens; run npm test -- --accept and read the difference`);
    });

    test('leaves no line of it plain', async () => {
      const lines = coloured(await grammarOf(name), sample).split('\n> ');
      assert.deepEqual(lines.filter((line) => line.trim() !== '' && !line.includes('\n    ')), []);
    });

    test('names scopes as TextMate does', () => {
      const names = [...readFileSync(pathOf(name), 'utf8').matchAll(/"(?:name|contentName)": "([^"]+)"/g)].map((match) => match[1]!);
      // The first is the title.
      assert.deepEqual(names.slice(1).filter((scope) => !roots.test(scope) || !scope.endsWith(`.${name}`)), []);
    });

    test('takes a long line in its stride', async () => {
      const grammar = await grammarOf(name);
      for (const piece of ['a ', '= ', '"', '{ ', '10.', ':', 'allow-']) {
        const { stoppedEarly } = grammar.tokenizeLine(piece.repeat(20_000 / piece.length), textmate.INITIAL, 5000);
        assert.equal(stoppedEarly, false, JSON.stringify(piece));
      }
    });
  });
}
