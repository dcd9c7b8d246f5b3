/** Where the client asks for completion and explanations: with a made-up editor, as a real one cannot be given the YAML extension here. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { before, test } from 'node:test';
import { build } from 'esbuild';

/** What of the editor is asked for. */
const editor = { installed: new Set<string>(), yaml: {} as Record<string, boolean> };
Object.assign(globalThis, {
  editorForTests: {
    extensions: { getExtension: (id: string) => (editor.installed.has(id) ? {} : undefined) },
    workspace: { getConfiguration: (section: string) => ({ get: (name: string) => (section === 'yaml' ? editor.yaml[name] : undefined) }) },
  },
});

let middleware: any;
before(async () => {
  mkdirSync('.cache', { recursive: true });
  const outfile = resolve('.cache/client-completion.cjs');
  await build({
    entryPoints: ['client/src/completion.ts'], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error',
    plugins: [{
      name: 'made-up editor',
      setup: ({ onResolve, onLoad }) => {
        onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'editor' }));
        onLoad({ filter: /.*/, namespace: 'editor' }, () => ({ contents: 'module.exports = globalThis.editorForTests;' }));
      },
    }],
  });
  middleware = createRequire(import.meta.url)(outfile).middleware;
});

function asks(path: string, languageId: string, line = ''): { readonly completion: boolean; readonly hover: boolean } {
  const document = { uri: { path }, languageId, lineAt: () => ({ text: line }) };
  const position = { line: 0, character: line.length };
  return {
    completion: middleware.provideCompletionItem(document, position, {}, {}, () => 'asked') === 'asked',
    hover: middleware.provideHover(document, position, {}, () => 'asked') === 'asked',
  };
}

test('completion is asked for in our file, and behind the mark of an exception in others; hover everywhere', () => {
  assert.deepEqual(asks('/c:/clinic/.hipaa-lint.yaml', 'yaml'), { completion: true, hover: true });
  assert.deepEqual(asks('/clinic/sshd_config', 'plaintext', 'Port 2'), { completion: false, hover: true });
  assert.deepEqual(asks('/clinic/compose.yaml', 'yaml', 'policy:'), { completion: false, hover: true });
  assert.deepEqual(asks('/clinic/sshd_config', 'plaintext', '# hipaa-lint allow '), { completion: true, hover: true });
  assert.deepEqual(asks('/clinic/not.hipaa-lint.yaml', 'yaml'), { completion: false, hover: true });
});

test('where the YAML extension is installed our file is left to it, as far as it is not told to be quiet', () => {
  editor.installed.add('redhat.vscode-yaml');
  assert.deepEqual(asks('/clinic/.hipaa-lint.yaml', 'yaml'), { completion: false, hover: false });
  assert.deepEqual(asks('/clinic/.hipaa-lint.yaml', 'plaintext'), { completion: true, hover: true });
  assert.deepEqual(asks('/clinic/compose.yaml', 'yaml', '  a: b # hipaa-lint allow '), { completion: true, hover: true });
  editor.yaml = { completion: false, hover: true };
  assert.deepEqual(asks('/clinic/.hipaa-lint.yaml', 'yaml'), { completion: true, hover: false });
  editor.yaml = { completion: true, hover: false };
  assert.deepEqual(asks('/clinic/.hipaa-lint.yaml', 'yaml'), { completion: false, hover: true });
});
