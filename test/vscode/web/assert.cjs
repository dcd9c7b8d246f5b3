// @ts-check
/** What the tests use of `node:assert/strict`, for where there is no Node. */

/** @param {unknown} value @param {string} [message] */
const ok = (value, message = `${value} is not true`) => { if (!value) throw new Error(message); };
/** @param {unknown} value */
const shown = (value) => JSON.stringify(value) ?? String(value);

module.exports = {
  ok,
  /** @param {unknown} actual @param {unknown} expected @param {string} [message] */
  equal: (actual, expected, message) => ok(Object.is(actual, expected), `${message ?? ''} ${shown(actual)} is not ${shown(expected)}`),
  /** For plain data. @param {unknown} actual @param {unknown} expected @param {string} [message] */
  deepEqual: (actual, expected, message) => ok(shown(actual) === shown(expected), `${message ?? ''} ${shown(actual)} is not ${shown(expected)}`),
  /** @param {string} text @param {RegExp} pattern @param {string} [message] */
  match: (text, pattern, message) => ok(pattern.test(text), `${message ?? ''} ${shown(text)} does not match ${pattern}`),
  /** @param {string} text @param {RegExp} pattern @param {string} [message] */
  doesNotMatch: (text, pattern, message) => ok(!pattern.test(text), `${message ?? ''} ${shown(text)} matches ${pattern}`),
};
