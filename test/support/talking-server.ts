import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

/** Builds the language server around the talking registry, and gives its path. */
export async function talkingServer(): Promise<string> {
  mkdirSync('.cache', { recursive: true });
  const outfile = '.cache/talking-server.cjs';
  await build({
    entryPoints: ['out/server/hosts/language-server-main.js'], outfile, bundle: true, platform: 'node', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'error',
    define: { HIPAA_LINT_VERSION: '"0.0.0"' },
    plugins: [{ name: 'talking registry', setup: ({ onResolve }) => onResolve({ filter: /registry\.generated\.js$/ }, () => ({ path: resolve('out/test/support/talking-registry.js') })) }],
  });
  return outfile;
}
