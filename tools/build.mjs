// @ts-check
/** Builds everything: registry, compile, bundle. `--watch` is not needed: `tsc -b` and esbuild are quick enough to run again. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** @param {string[]} args */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

node('tools/generate-registry.mjs');
node('node_modules/typescript/bin/tsc', '-b');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true, target: 'es2022', minify: true, legalComments: 'none', logLevel: 'warning',
  // Without it the CommonJS main of jsonc-parser is bundled, which loads its parts by computed names and fails at start.
  mainFields: ['module', 'main'],
};
const version = JSON.parse(readFileSync('package.json', 'utf8')).version;
const define = { HIPAA_LINT_VERSION: JSON.stringify(version) };
const nodeBundle = { ...shared, platform: /** @type {const} */ ('node'), format: /** @type {const} */ ('cjs'), define };
const entries = [
  { in: 'out/server/hosts/language-server-main.js', out: 'dist/server.cjs', banner: '' },
  { in: 'out/server/hosts/cli-main.js', out: 'dist/cli.cjs', banner: '#!/usr/bin/env node' },
  { in: 'client/src/extension.ts', out: 'dist/extension.cjs', banner: '' },
];
for (const entry of entries) {
  if (!existsSync(entry.in)) continue;
  await build({ ...nodeBundle, entryPoints: [entry.in], outfile: entry.out, external: ['vscode'], ...(entry.banner && { banner: { js: entry.banner } }) });
}
/** For browsers, where a module of Node's own cannot be resolved and fails the build. */
const webBundle = { ...shared, platform: /** @type {const} */ ('browser'), define };
await build({ ...webBundle, format: 'iife', entryPoints: ['server/src/hosts/worker-main.ts'], outfile: 'dist/web/server.js' });
await build({ ...webBundle, format: 'cjs', entryPoints: ['client/src/extension-web.ts'], outfile: 'dist/web/extension.js', external: ['vscode'] });
// `npx hipaa-lint` runs it as a program.
chmodSync('dist/cli.cjs', 0o755);
