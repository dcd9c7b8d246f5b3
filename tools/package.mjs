// @ts-check
/**
 * `npm run package`: puts what the build made into one .vsix, and refuses a package that lacks something, carries
 * something it should not, or is too large.
 *
 * What goes in is the `files` key of package.json, which governs the npm package as well. Dependencies are bundled by the
 * build, so no node_modules folder is looked at.
 */
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exists, REPOSITORY } from './vscode-server.mjs';

/** What was packaged last, as files. */
export const STAGING = join(REPOSITORY, '.cache', 'package');

const LARGEST = 2 * 1024 * 1024;

/** Without these the extension does not start, or the marketplace page is empty. */
const NEEDED = ['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'dist/extension.cjs', 'dist/server.cjs', 'dist/web/extension.js', 'dist/web/server.js'];

/**
 * What of package.json only concerns this repository. `type` has to go: for a package of modules VS Code in a browser takes
 * `dist/web/extension.js` for one, which it cannot load, and before 1.101 it loads no other ending.
 */
const LEFT_OUT = ['type', 'imports', 'scripts', 'devDependencies'];

/** The npm package and the extension are made of these and nothing else. */
const ALLOWED = [
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
  /^dist\/[\w.-]+\.(cjs|js)$/,
  /^dist\/web\/(extension|server)\.js$/,
  /^docs\/rules\/.+\.md$/,
  /^(syntaxes|schemas)\/.+\.json$/,
  /^language-configuration.*\.json$/,
  /^(docs\/images\/)?icon\.png$/,
];

/**
 * @param {{ root?: string | undefined, quiet?: boolean }} [options] root: the folder with the extension's package.json
 * @returns {Promise<string>} the file made
 */
export async function packageExtension({ root = REPOSITORY, quiet = false } = {}) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  if (!(await exists(join(root, manifest.main)))) throw new Error(`${manifest.main} is missing: run \`npm run build\` first.`);
  if (!Array.isArray(manifest.files)) throw new Error('package.json has no `files`: everything in the folder would be packaged.');

  const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((file) => file.replaceAll('\\', '/'));
  const missing = NEEDED.filter((file) => !files.includes(file));
  const stray = files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)));
  if (missing.length) throw new Error(`The package would lack ${missing.join(', ')}.`);
  if (stray.length) throw new Error(`The package would carry ${stray.slice(0, 10).join(', ')}${stray.length > 10 ? ` and ${stray.length - 10} more` : ''}: see \`files\` in package.json.`);

  for (const name of await readdir(root)) {
    if (name.startsWith(`${manifest.name}-`) && name.endsWith('.vsix')) await rm(join(root, name));
  }
  const packagePath = join(root, `${manifest.name}-${manifest.version}.vsix`);
  await rm(STAGING, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(STAGING, file)), { recursive: true });
    await cp(join(root, file), join(STAGING, file));
  }
  const kept = Object.entries(manifest).filter(([key]) => !LEFT_OUT.includes(key));
  await writeFile(join(STAGING, 'package.json'), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
  // vsce knows no quiet: it tells of the files with console.log.
  const { log } = console;
  if (quiet) console.log = () => {};
  try {
    // Links relative to the repository are left alone: it has no public address that they could be made to point at.
    await createVSIX({ cwd: STAGING, packagePath, dependencies: false, rewriteRelativeLinks: false, allowMissingRepository: true });
  } finally {
    console.log = log;
  }
  const { size } = await stat(packagePath);
  if (size > LARGEST) throw new Error(`${packagePath} is ${megabytes(size)}, and may be ${megabytes(LARGEST)} at most.`);
  return packagePath;
}

/** @param {number} bytes */
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;

if (process.argv[1] === import.meta.filename) {
  try {
    const file = await packageExtension({ root: process.argv[2] && resolve(process.argv[2]) });
    console.log(`${file} (${megabytes((await stat(file)).size)})`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
