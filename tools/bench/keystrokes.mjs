// @ts-check
/** Keystroke to diagnostics through the real server, for every format there is and every kind of stroke. */
import { ms, quantile, usage } from './measure.mjs';
const { LanguageClient } = await import('../../out/test/support/language-client.js');
const { dense, linesPerFinding } = await import('../../out/test/support/dense.js');
const { largeFiles, workload } = await import('../../out/test/support/workload.js');

/** The formats whose files grow longest in practice. sshd stands for files of single lines. */
const commonest = ['nginx', 'terraform', 'kubernetes', 'docker-compose', 'sshd', 'cisco-ios'];

/** What people type: each is written into the middle of a file and taken away again. @param {string} text @returns {[string, string][]} */
const kinds = (text) => [
  ['letter', 'x'], ['quote', '"'], ['brace', '{'], ['colon', ':'], ['new line', '\n'],
  ['20 lines', text.split('\n').slice(0, 20).map((line) => `${line}\n`).join('')],
];

/** @param {string} uri @param {string} text @param {number} strokes */
async function typed(uri, text, strokes) {
  const client = await LanguageClient.start({ pull: true });
  try {
    client.open(uri, text);
    const found = await client.pull(uri);
    const middle = text.indexOf('\n', text.length / 2);
    const at = middle < 0 ? text.length : middle;
    /** @type {Map<string, number[]>} */
    const samples = new Map();
    const stroke = async (/** @type {string} */ kind, /** @type {{ start: number, end: number, text: string }} */ edit, isMeasured = true) => {
      const before = performance.now();
      client.edit(uri, edit);
      await client.pull(uri);
      if (isMeasured) samples.set(kind, [...(samples.get(kind) ?? []), performance.now() - before]);
    };
    for (let i = 0; i < 10; i++) await stroke('', { start: at, end: at + (i % 2), text: i % 2 ? '' : 'x' }, false);
    const before = usage(client.pid).cpu;
    for (let i = 0; i < strokes; i++) {
      for (const [kind, piece] of kinds(text)) {
        await stroke(kind, { start: at, end: at, text: piece });
        await stroke(kind, { start: at, end: at + piece.length, text: '' });
      }
    }
    const all = [...samples.values()].flat();
    const worst = [...samples].map(([kind, those]) => ({ kind, p95: quantile(those, 0.95) })).sort((a, b) => b.p95 - a.p95)[0];
    return { all, worst, cpu: (usage(client.pid).cpu - before) / all.length, memory: usage(client.pid).memory, found: found.length };
  } finally {
    await client.stop();
  }
}

/** @param {readonly string[]} formats @param {number} strokes @param {boolean} large */
export async function keystrokes(formats, strokes, large) {
  console.log('Keystroke to diagnostics, milliseconds. Target: p95 of 2,000 lines at most 25.');
  console.log(`Typical: what rules allow, and one caught example in twenty. Dense: a finding in ${linesPerFinding} lines or less; "sparse" where no example gives that.`);
  console.log('format                    lines            median     p95   worst  CPU each   MB  diagnostics  slowest kind of stroke (p95)');
  /** @type {string[]} */
  const slow = [];
  const missing = [];
  const one = async (/** @type {string} */ name, /** @type {{ path: string, text: string }} */ input, /** @type {string} */ kind, held = true) => {
    const { all, worst, cpu, memory, found } = await typed(`file:///bench/${input.path}`, input.text, strokes);
    const lines = input.text.split('\n').length - 1;
    const p95 = quantile(all, 0.95);
    if (held && p95 > 25) slow.push(`${name} (${kind})`);
    console.log(`${name.padEnd(24)} ${String(lines).padStart(6)} ${kind.padEnd(8)} ${ms(quantile(all, 0.5))} ${ms(p95)} ${ms(Math.max(...all))}  `
      + `${ms(cpu)}  ${memory.toFixed(0).padStart(4)}  ${String(found).padStart(6)}       ${worst?.kind} ${worst?.p95.toFixed(1)}`);
  };
  for (const format of formats) {
    for (const lines of [200, 2000]) {
      const input = workload(format, lines, 'typical');
      if (input) await one(format, input, 'typical');
      else if (lines === 200) missing.push(format);
    }
    const full = dense(format, 2000);
    if (full) await one(format, full, full.sparseness <= linesPerFinding ? 'dense' : 'sparse');
    if (commonest.includes(format)) {
      const long = dense(format, 10_000);
      if (long) await one(format, long, long.sparseness <= linesPerFinding ? 'dense' : 'sparse', false);
    }
  }
  if (large) {
    console.log('Large device files, the budget of 2,000 lines held for them too:');
    for (const { title, path, text } of largeFiles()) await one(title, { path, text }, `${(text.length / 1e6).toFixed(1)} MB`);
  }
  if (missing.length > 0) console.log(`Not measured, because no example of theirs is recognised by a name: ${missing.join(', ')}`);
  console.log(slow.length > 0 ? `Over the target: ${slow.join(', ')}\n` : 'All within the target.\n');
}
