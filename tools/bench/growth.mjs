// @ts-check
/** What costs more than in proportion: of every format a long file, blocks that repeat, and many files of one folder. */
const { blocks, cost, folders, longFile } = await import('../../out/test/support/growth.js');

/** Twice as much may cost twice as much, and a little for a machine that others use. */
const perDoubling = 2.6;
/** Below so many milliseconds nothing can be told. */
const least = 100;

/** @param {import('../../out/test/support/growth.js').Growing} growing @param {number} size */
async function measured(growing, size) {
  const least = async (/** @type {number} */ times) => Math.min(await cost(growing.files(times * size)), await cost(growing.files(times * size)));
  return [await least(1), await least(2), await least(4)];
}

/** @param {readonly string[]} formats @param {boolean} quick */
export async function growth(formats, quick) {
  console.log('Growth: processor\'s time in milliseconds for n, 2n and 4n, the slowest of each kind.');
  console.log(`format                   input                     n       n      2n      4n   per doubling (named above ${perDoubling})`);
  const named = [];
  for (const format of formats) {
    const long = longFile(format);
    /** @type {[string, number, readonly import('../../out/test/support/growth.js').Growing[]][]} */
    const all = [['long file', 1000, long ? [long] : []], ['repeated block', 500, blocks(format, quick ? 4 : 40)], ['files of a folder', 250, folders(format, quick ? 1 : 4)]];
    for (const [kind, size, inputs] of all) {
      let shown;
      for (const input of inputs) {
        const [one, two, four] = /** @type {[number, number, number]} */ (await measured(input, size));
        const rate = Math.sqrt(four / one);
        // A dear example that only the longer file holds makes a step: what grows goes on growing.
        const grows = four > least && (rate > perDoubling || four / two > perDoubling + 0.4) && await cost(input.files(8 * size)) > perDoubling * four;
        if (grows) named.push(`${input.title}: ${one.toFixed(0)}, ${two.toFixed(0)}, ${four.toFixed(0)} ms`);
        if (!shown || rate > shown.rate && four > least || grows) shown = { one, two, four, rate };
      }
      if (shown) console.log(`${format.padEnd(24)} ${kind.padEnd(20)} ${String(size).padStart(6)} ${[shown.one, shown.two, shown.four].map((value) => value.toFixed(0).padStart(7)).join(' ')}   ${shown.rate.toFixed(1)}`);
    }
  }
  console.log(named.length > 0 ? `Grows more than in proportion:\n  ${named.join('\n  ')}\n` : 'Everything grows in proportion.\n');
}
