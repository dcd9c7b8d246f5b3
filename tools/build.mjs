// @ts-check
/** Builds everything: registry, compile, bundle. `--watch` is not needed: `tsc -b` and esbuild are quick enough to run again. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
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
forgetWhatHasNoSource();

/** What was compiled from a file that is gone or has moved: the compiler leaves it, and tests that are gone would still run. */
function forgetWhatHasNoSource() {
  for (const [compiled, source] of [['out/server', 'server/src'], ['out/test', 'test']]) {
    for (const entry of readdirSync(/** @type {string} */ (compiled), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(/** @type {string} */ (compiled), path).replace(/(?:\.d\.ts|\.js)(?:\.map)?$/, '');
      if (entry.isFile() && !existsSync(join(/** @type {string} */ (source), `${name}.ts`))) rmSync(path);
    }
  }
}

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true, target: 'es2022', minify: true, logLevel: 'warning', metafile: true,
  // The notices of all packages are gathered in one file, see tools/notices.mjs.
  legalComments: 'none',
  // Without it the CommonJS main of jsonc-parser is bundled, which loads its parts by computed names and fails at start.
  mainFields: ['module', 'main'],
};
const version = JSON.parse(readFileSync('package.json', 'utf8')).version;
const define = { HIPAA_LINT_VERSION: JSON.stringify(version) };
const onNode = { ...shared, platform: /** @type {const} */ ('node'), format: /** @type {const} */ ('cjs'), define };
/** For browsers, where a module of Node's own cannot be resolved and fails the build. */
const inBrowser = { ...shared, platform: /** @type {const} */ ('browser'), define };
const external = ['vscode'];
/** A module has no `require`, which packages that are not modules ask for Node's own parts. */
const requiring = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
/** @type {readonly import('esbuild').BuildOptions[]} */
const bundles = [
  { ...onNode, entryPoints: ['out/server/hosts/language-server-main.js'], outfile: 'dist/server.cjs' },
  { ...onNode, entryPoints: ['out/server/hosts/cli-main.js'], outfile: 'dist/cli.cjs', banner: { js: '#!/usr/bin/env node' } },
  { ...onNode, entryPoints: ['out/server/hosts/library.js'], outfile: 'dist/library.mjs', format: 'esm', banner: { js: requiring } },
  { ...onNode, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.cjs', external },
  { ...inBrowser, format: 'iife', entryPoints: ['server/src/hosts/worker-main.ts'], outfile: 'dist/web/server.js' },
  { ...inBrowser, format: 'cjs', entryPoints: ['client/src/extension-web.ts'], outfile: 'dist/web/extension.js', external },
];
/** @type {Set<string>} */
const inputs = new Set();
for (const bundle of bundles) {
  const { metafile } = await build(bundle);
  for (const input of Object.keys(metafile?.inputs ?? {})) inputs.add(input);
}
// The installed command is started as a program.
chmodSync('dist/cli.cjs', 0o755);
writeFileSync('dist/bundled.json', `${JSON.stringify(packagesOf(inputs), null, 2)}\n`);
declareTypes('out/server/hosts/library.d.ts');

/**
 * The packages that files were taken from, as folders below this one.
 * @param {Iterable<string>} files
 */
function packagesOf(files) {
  const folders = [...files].flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * Puts the types of the library into dist/types: the declarations it is made of and no others, which find each other by
 * relative paths, because the names with `#` are this repository's own.
 * @param {string} entry
 */
function declareTypes(entry) {
  /** @type {Record<string, string>} */
  const names = JSON.parse(readFileSync('package.json', 'utf8')).imports;
  const todo = [entry];
  const done = new Set(todo);
  for (const file of todo) {
    const text = readFileSync(file, 'utf8').replace(/(from '|import\(')([#.][^']+)'/g, (_all, head, /** @type {string} */ name) => {
      const folder = /^#\w+\//.exec(name)?.[0];
      const path = folder ? join(names[`${folder}*`].replace('*', ''), name.slice(folder.length)) : join(dirname(file), name);
      const declaration = path.replace(/\.js$/, '.d.ts');
      if (!done.has(declaration)) todo.push(declaration);
      done.add(declaration);
      const near = relative(dirname(file), path).replaceAll('\\', '/');
      return `${head}${near.startsWith('.') ? near : `./${near}`}'`;
    });
    const place = join('dist/types', relative('out/server', file));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text.replace(/^\/\/# sourceMappingURL=.*\n?/m, ''));
  }
}
