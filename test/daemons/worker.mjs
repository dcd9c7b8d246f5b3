// @ts-check
/** Does one check after another, so that several can wait for their programs at the same time. */
import { parentPort, workerData } from 'node:worker_threads';
import { Stage } from './support.mjs';
import { compare, defaultsIn, inWords } from '../../out/test/support/defaults.js';

/** @typedef {import('./support.mjs').Judge} Judge @typedef {import('./support.mjs').Check} Check @typedef {import('./support.mjs').Result} Result */

/** @type {Map<string, Promise<{ default: Judge }>>} */
const judges = new Map();

/** @param {Check} check @param {Stage} stage @returns {Promise<Result>} */
async function perform(check, stage) {
  let loading = judges.get(check.judge);
  if (!loading) judges.set(check.judge, (loading = import(`./${check.judge}`)));
  const { default: judge } = await loading;
  switch (check.kind) {
    case 'accepts': {
      const problem = await judge.accepts(stage, check.files, check.format, check.before);
      return typeof problem === 'string' ? { problem } : (problem ?? {});
    }
    case 'refuses': {
      const text = judge.refuses[check.format] ?? '';
      const problem = await judge.accepts(stage, [{ name: 'example', text }], check.format, []);
      return typeof problem === 'string' ? {} : { problem: 'accepts a file that is wrong, so that its acceptance means nothing' };
    }
    case 'prints': {
      const printed = await judge.prints?.(stage, check.files, check.format);
      if (printed === undefined) return { skipped: 'does not accept the example as it stands' };
      const { same, other } = compare(check.format, check.files, printed, judge.apart);
      return { same, ...(other.length > 0 && { problem: other.join('\n') }) };
    }
    case 'default': {
      const { format, name, text, of = '', observe } = /** @type {import('./support.mjs').Observed} */ (judge.defaults?.[check.index]);
      const ours = defaultsIn(format, [{ name: 'example', text }]).filter((one) => one.name === name && one.place.includes(of));
      if (ours.length === 0) return { problem: `nothing rests on a default ${name} in this text` };
      const theirs = inWords(await observe(stage, text));
      const wrong = ours.find(({ value }) => value !== theirs);
      return wrong ? { problem: `${wrong.name} is ${wrong.value} by ${wrong.source}, and the program does ${theirs}` } : { same: ours };
    }
    case 'live':
      return (await judge.live?.[check.index]?.run(stage)) ?? {};
  }
}

parentPort?.on('message', async (/** @type {Check} */ check) => {
  const stage = new Stage(workerData.certificates, workerData.shared);
  /** @type {Result} */
  let result;
  try {
    result = await perform(check, stage);
  } catch (error) {
    result = { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await stage.close();
  }
  parentPort?.postMessage(result);
});
