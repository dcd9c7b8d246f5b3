// @ts-check
/**
 * Writes everything that is derived from code. `--check` writes nothing and fails when a committed file differs; `--built`
 * takes what was built last.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { notices } from './notices.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!process.argv.includes('--built')) {
  const { status } = spawnSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
const { generated } = await import('../out/test/support/generated.js');
const check = process.argv.includes('--check');
const different = [];
/** @type {readonly (readonly [path: string, text: string])[]} */
const wanted = [...generated(), ['THIRD-PARTY-NOTICES.md', notices()]];
for (const [path, text] of wanted) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  different.push(path);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
// A rule that was renamed leaves its published page behind.
const named = new Set(wanted.map(([path]) => path));
for (const entry of readdirSync('docs/rules', { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name).replaceAll('\\', '/');
  if (entry.isDirectory() || named.has(path)) continue;
  different.push(path);
  if (!check) rmSync(path);
}
if (check && different.length > 0) {
  console.error(`These generated files are not what the code says; run npm run generate and commit them:\n${different.map((path) => `  ${path}`).join('\n')}`);
  process.exitCode = 1;
}
