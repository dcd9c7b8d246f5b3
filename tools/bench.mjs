// @ts-check
/**
 * `npm run bench`: what a person waits for. Keystroke to diagnostics through the real server, for every format there is, and in a
 * large workspace; what grows more than in proportion; cold start; a scan of a generated tree; sizes of the bundles. `--quick`
 * measures less; `--only=nginx,large` these formats alone; `--part=keystrokes,workspace,growth,rest` these parts alone. Targets
 * are printed, not enforced: a shared machine is no judge. The test of growth is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const quick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length).split(',');
if (spawnSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
const { LanguageClient } = await import('../out/test/support/language-client.js');
const { workload } = await import('../out/test/support/workload.js');
const { registry } = await import('../out/server/registry/registry.generated.js');

const { machine, ms, quantile, usage } = await import('./bench/measure.mjs');
const { keystrokes } = await import('./bench/keystrokes.mjs');
const { growth } = await import('./bench/growth.mjs');
const { workspace } = await import('./bench/workspace.mjs');

const parts = process.argv.find((argument) => argument.startsWith('--part='))?.slice('--part='.length).split(',');
/** @param {string} part */
const wants = (part) => (parts ? parts.includes(part) : !only || part !== 'rest' && part !== 'workspace');
console.log(`${machine()}\n`);
const formats = [...registry.formats.keys()];
const measured = only ? formats.filter((format) => only.includes(format)) : formats;
/** Of each kind: enough that the compiler of a fresh server, which slows the first thirty, is part of the worst and not most of the p95. */
if (wants('keystrokes')) await keystrokes(measured, quick ? 3 : 15, !only || only.includes('large'));
if (wants('workspace')) await workspace(quick ? 2000 : 20_000, 500);
if (wants('growth')) await growth(measured, quick);
if (!wants('rest')) process.exit();

const starts = [];
const first = formats.map((format) => workload(format, 50)).find((input) => input !== undefined);
for (let i = 0; first && i < (quick ? 5 : 15); i++) {
  const before = performance.now();
  const client = await LanguageClient.start({ pull: true });
  client.open(`file:///bench/${first.path}`, first.text);
  await client.pull(`file:///bench/${first.path}`);
  starts.push(performance.now() - before);
  await client.stop();
}
console.log(`Cold start to first diagnostic: median ${ms(quantile(starts, 0.5))} ms, p95 ${ms(quantile(starts, 0.95))} ms. Target: at most 400.\n`);

/** Scans a tree of files through the server. @param {string} title @param {{ path: string, text: string }[]} inputs @param {number} count */
async function scan(title, inputs, count) {
  if (inputs.length === 0) return;
  const root = mkdtempSync(join(tmpdir(), 'hipaa-lint-bench-'));
  try {
    let lines = 0;
    for (let i = 0; i < count; i++) {
      const { path, text } = /** @type {{ path: string, text: string }} */ (inputs[i % inputs.length]);
      const target = join(root, `site-${Math.floor(i / inputs.length)}`, String(i % inputs.length), path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
      lines += text.split('\n').length;
    }
    const client = await LanguageClient.start({ pull: true, folders: [pathToFileURL(root).href] });
    const before = performance.now();
    const { files, findings } = await client.request('hipaa-lint/scan', {}, 600_000);
    const seconds = (performance.now() - before) / 1000;
    const { cpu, memory } = usage(client.pid);
    await client.stop();
    console.log(`${title}: ${files} files, ${lines} lines, ${findings} findings in ${seconds.toFixed(1)} s, ${(cpu / 1000).toFixed(1)} s of the processor, `
      + `${memory.toFixed(0)} MB: ${Math.round(files / seconds)} files/s`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const inputs = formats.flatMap((format) => workload(format, 50) ?? []);
/** @param {{ path: string }} input */
const isYaml = ({ path }) => /\.ya?ml$/i.test(path);
const total = quick ? 1000 : 5000;
console.log('Scan of a generated tree, about 50 lines a file. Target: at least 500 files/s.');
await scan('mixed     ', inputs, total);
await scan('YAML alone', inputs.filter(isYaml), Math.round(total / 5));
await scan('no YAML   ', inputs.filter((input) => !isYaml(input)), total);

console.log('\nBundles');
for (const name of existsSync('dist') ? readdirSync('dist').filter((file) => file.endsWith('.cjs')).sort() : []) {
  const bytes = readFileSync(join('dist', name));
  console.log(`${name.padEnd(16)} ${(bytes.length / 1024).toFixed(0).padStart(6)} KB, ${(gzipSync(bytes).length / 1024).toFixed(0).padStart(5)} KB compressed`);
}

console.log(`\n${machine()}`);
