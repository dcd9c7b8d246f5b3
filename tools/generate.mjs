// @ts-check
/** Writes everything that is derived from code. `--check` writes nothing and fails when a committed file differs. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { generated } = await import('../out/test/support/generated.js');
const check = process.argv.includes('--check');
const different = [];
for (const [path, text] of generated()) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  different.push(path);
  if (check) continue;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
if (check && different.length > 0) {
  console.error(`These generated files are not what the code says; run npm run generate and commit them:\n${different.map((path) => `  ${path}`).join('\n')}`);
  process.exitCode = 1;
}
