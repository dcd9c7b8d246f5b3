// @ts-check
/**
 * `npm run fuzz`: judges broken texts of every format and tries every fix on them. `--inputs N` (10,000), `--seed S` (1), `--format F`
 * that format alone, `--from I` the first number, `--jobs J` processes (1), `--resume` goes on where the last run of the same seed ended,
 * `--built` takes what is built. A fault is printed once for each cause, with its seed and number and the shortest text that shows it;
 * `--keep` adds it to test/fuzz-seeds.jsonl, which every test run asks again.
 */
import { fork, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
/** How many inputs a process is given at a time, and how long one may take before its process is ended, in milliseconds. */
const [chunk, patience] = [500, 60_000];
/** Faults of one cause that are made short; the others are counted. */
const mostOfOneCause = 1;

/** @param {string} name @param {string} otherwise */
const option = (name, otherwise) => (process.argv.includes(name) ? (process.argv[process.argv.indexOf(name) + 1] ?? otherwise) : otherwise);
const [seed, from, inputs, jobs] = [Number(option('--seed', '1')), Number(option('--from', '0')), Number(option('--inputs', '10000')), Number(option('--jobs', '1'))];
const only = process.argv.includes('--format') ? option('--format', '') : undefined;

if (process.argv.includes('--worker')) await work();
else await lead();

/** Judges what it is given, and says what came of it. */
async function work() {
  const { inputOf } = await import('../out/test/support/fuzz-inputs.js');
  const { causeOf, checked } = await import('../out/test/support/fuzz-checks.js');
  const { shrunk } = await import('../out/test/support/fuzz-shrink.js');
  /** @type {Map<string, number>} */
  const met = new Map();
  process.on('message', (/** @type {{ start: number, end: number }} */ { start, end }) => {
    /** @type {Record<string, { inputs: number, findings: number, fixes: number, faults: number }>} */
    const figures = {};
    /** @type {object[]} */
    const shown = [];
    for (let number = start; number < end; number++) {
      if (number % 20 === 0) process.send?.({ at: number });
      const input = inputOf(seed, number, only);
      const { findings, fixes, faults } = checked(input);
      const sum = (figures[input.format] ??= { inputs: 0, findings: 0, fixes: 0, faults: 0 });
      sum.inputs++;
      sum.findings += findings;
      sum.fixes += fixes;
      sum.faults += faults.length;
      for (const fault of faults) {
        const cause = causeOf(input.format, fault);
        met.set(cause, (met.get(cause) ?? 0) + 1);
        if ((met.get(cause) ?? 0) > mostOfOneCause) shown.push({ cause });
        else {
          const least = shrunk(input, (shorter) => checked(shorter).faults.some((other) => causeOf(shorter.format, other) === cause));
          shown.push({ cause, number, detail: fault.detail, ...least });
        }
      }
    }
    process.send?.({ start, end, figures, shown });
  });
  process.send?.({ ready: true });
}

async function lead() {
  if (!process.argv.includes('--built') && spawnSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' }).status !== 0) process.exit(1);
  mkdirSync('.cache', { recursive: true });
  const place = `.cache/fuzz-${seed}${only === undefined ? '' : `-${only}`}.json`;
  const since = performance.now();
  /** @type {{ next: number, seconds: number, figures: Record<string, { inputs: number, findings: number, fixes: number, faults: number }>, causes: Record<string, number> }} */
  let state = { next: from, seconds: 0, figures: {}, causes: {} };
  if (process.argv.includes('--resume') && existsSync(place)) state = JSON.parse(readFileSync(place, 'utf8'));
  const before = state.seconds;
  const last = from + inputs;
  let given = state.next;
  /** @type {Set<number>} */
  const running = new Set();
  let said = performance.now();

  /** @param {{ start: number, end: number, figures: typeof state.figures, shown: any[] }} result */
  const take = ({ start, figures, shown }) => {
    running.delete(start);
    for (const [format, { inputs, findings, fixes, faults }] of Object.entries(figures)) {
      const sum = (state.figures[format] ??= { inputs: 0, findings: 0, fixes: 0, faults: 0 });
      sum.inputs += inputs;
      sum.findings += findings;
      sum.fixes += fixes;
      sum.faults += faults;
    }
    for (const one of shown) {
      const isNew = !(one.cause in state.causes);
      state.causes[one.cause] = (state.causes[one.cause] ?? 0) + 1;
      if (isNew && one.text !== undefined) show(one);
    }
    state.next = Math.min(given, ...running);
    state.seconds = before + (performance.now() - since) / 1000;
    writeFileSync(place, JSON.stringify(state));
    if (performance.now() - said < 15_000) return;
    said = performance.now();
    console.log(`# ${state.next - from} inputs, ${Math.round((state.next - from) / state.seconds)} a second, ${Object.keys(state.causes).length} causes of faults`);
  };

  await Promise.all(Array.from({ length: jobs }, () => new Promise((done) => begin(done))));

  /** A process that judges until all is given out; one that hangs is ended, and another takes its place behind the input. @param {(value?: unknown) => void} done */
  function begin(done) {
    const child = fork(fileURLToPath(import.meta.url), ['--worker', ...process.argv.slice(2)], { stdio: 'inherit' });
    /** @type {{ start: number, end: number } | undefined} */
    let mine;
    let at = 0;
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const give = (/** @type {{ start: number, end: number } | undefined} */ rest = undefined) => {
      if (!rest && given >= last) {
        child.disconnect();
        return done();
      }
      mine = rest ?? { start: given, end: Math.min(last, given + chunk) };
      if (!rest) given = mine.end;
      running.add(mine.start);
      child.send(mine);
    };
    child.on('message', (/** @type {any} */ message) => {
      clearTimeout(timer);
      if (message.figures) take(message);
      if (message.at !== undefined) at = message.at;
      if (message.ready || message.figures) give();
      timer = setTimeout(() => child.kill('SIGKILL'), patience);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (!mine || (code === 0 && signal === null)) return done();
      console.log(`FAULT hangs: inputs ${at} to ${at + 19} of seed ${seed} ended their process (${signal ?? code})`);
      state.causes['hangs'] = (state.causes['hangs'] ?? 0) + 1;
      running.delete(mine.start);
      begin(done);
    });
    child.once('error', () => done());
  }

  /** @param {{ cause: string, number: number, detail: string, format: string, path: string, text: string, before: string, complete: boolean }} fault */
  function show({ cause, number, detail, format, path, text, before: prior, complete }) {
    console.log(`FAULT ${cause}: --seed ${seed} --from ${number} --inputs 1${only === undefined ? '' : ` --format ${only}`}\n  ${detail}\n  ${path}${complete ? ' (complete)' : ''} ${JSON.stringify(text)}${prior === text ? '' : `\n  before ${JSON.stringify(prior)}`}`);
    if (process.argv.includes('--keep')) {
      appendFileSync('test/fuzz-seeds.jsonl', `${JSON.stringify({ cause, format, path, text, ...(prior !== text && { before: prior }), ...(complete && { complete }) })}\n`);
    }
  }

  const rows = Object.entries(state.figures).sort(([a], [b]) => (a < b ? -1 : 1));
  console.log(`\n| format | inputs | findings | fixes tried | faults |\n|---|---:|---:|---:|---:|`);
  for (const [format, { inputs, findings, fixes, faults }] of rows) console.log(`| ${format} | ${inputs} | ${findings} | ${fixes} | ${faults} |`);
  const sum = (/** @type {'inputs' | 'findings' | 'fixes' | 'faults'} */ name) => rows.reduce((all, [, figures]) => all + figures[name], 0);
  console.log(`\n${sum('inputs')} inputs of ${rows.length} formats, ${sum('findings')} findings, ${sum('fixes')} fixes tried, ${sum('faults')} faults of ${Object.keys(state.causes).length} causes, ${Math.round(state.seconds)} s`);
  for (const [cause, count] of Object.entries(state.causes).sort(([, a], [, b]) => b - a)) console.log(`  ${count} ${cause}`);
  process.exitCode = Object.keys(state.causes).length > 0 ? 1 : 0;
}
