// @ts-check
/**
 * `npm run package`: puts what the build made into one .vsix, and refuses a package that lacks something, carries
 * something it should not, or is too large. Packaging the same tree twice gives the same bytes.
 *
 * Dependencies are bundled by the build, so no node_modules folder is looked at. What the npm package is made of is the
 * `files` key of package.json; `npm pack` makes it.
 */
import { createVSIX } from '@vscode/vsce';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { marketplaceReadme, publicAddress } from './marketplace.mjs';
import { exists, REPOSITORY } from './vscode-server.mjs';

/** What was packaged last, as files. */
export const STAGING = join(REPOSITORY, '.cache', 'package');

const LARGEST = 3 * 1024 * 1024;

/** Without these the extension does not start, or its page is empty. */
const NEEDED = [
  'package.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'docs/images/icon.png',
  'dist/extension.cjs', 'dist/server.cjs', 'dist/web/extension.js', 'dist/web/server.js',
];

/** The folders whose files the extension also carries, and which of them. */
const FOLDERS = /** @type {const} */ ([
  ['docs/rules', /\.md$/],
  ['schemas', /\.json$/],
  ['syntaxes', /\.json$/],
]);

/**
 * What of package.json only concerns this repository or the npm package. `type` has to go: for a package of modules VS Code in
 * a browser takes `dist/web/extension.js` for one, which it cannot load, and before 1.101 it loads no other ending.
 */
const LEFT_OUT = ['type', 'imports', 'exports', 'bin', 'files', 'scripts', 'devDependencies'];

/** The time every file of the package bears, in seconds since 1970: 1980, where the calendar of zip files begins, and a day. */
const TIME = 315_619_200;

/**
 * @param {{ root?: string | undefined, quiet?: boolean }} [options] root: the folder with the extension's package.json
 * @returns {Promise<string>} the file made
 */
export async function packageExtension({ root = REPOSITORY, quiet = false } = {}) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const files = [...NEEDED];
  for (const [folder, pattern] of FOLDERS) {
    if (!(await exists(join(root, folder)))) continue;
    const names = (await readdir(join(root, folder), { recursive: true })).map((name) => name.replaceAll('\\', '/'));
    files.push(...names.filter((name) => pattern.test(name)).sort().map((name) => `${folder}/${name}`));
  }
  for (const file of files) {
    if (!(await exists(join(root, file)))) throw new Error(`${file} is missing: run \`npm run build\` first.`);
  }
  for (const name of await readdir(root)) {
    if (name.startsWith(`${manifest.name}-`) && name.endsWith('.vsix')) await rm(join(root, name));
  }
  const packagePath = join(root, `${manifest.name}-${manifest.version}.vsix`);
  const address = publicAddress(root);
  await rm(STAGING, { recursive: true, force: true });
  for (const file of files) {
    await mkdir(dirname(join(STAGING, file)), { recursive: true });
    await cp(join(root, file), join(STAGING, file));
  }
  const kept = Object.entries(manifest).filter(([key]) => !LEFT_OUT.includes(key));
  const pages = address && {
    repository: { type: 'git', url: `${address}.git` },
    bugs: { url: `${address}/issues` },
    homepage: `${address}#readme`,
  };
  const packaged = { ...Object.fromEntries(kept), ...pages };
  await writeFile(join(STAGING, 'package.json'), `${JSON.stringify(packaged, null, 2)}\n`);
  await writeFile(join(STAGING, 'README.md'), await marketplaceReadme(root, address));
  // Everything that is there was put there; without this file vsce warns that it might be too much.
  await writeFile(join(STAGING, '.vscodeignore'), '');
  for (const file of files) await chmod(join(STAGING, file), 0o644);
  // vsce gives every file this time, and sorts them, where the variable is set; zip files hold the time of a clock on the wall.
  Object.assign(process.env, { SOURCE_DATE_EPOCH: String(TIME), TZ: 'UTC' });
  // vsce knows no quiet: it tells of the files with console.log.
  const { log } = console;
  if (quiet) console.log = () => {};
  try {
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
