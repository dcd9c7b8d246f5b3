// @ts-check
/**
 * What the runner hands to the browser tests, which mocha loads by file name.
 * @typedef {object} Session
 * @property {import('playwright-core').Browser} browser
 * @property {string} screenshots
 * @property {{ folder: string, url: string }} clinic a copy of the example
 * @property {{ url: string }} bulk a folder with very many files
 * @property {boolean} keepImage whether the README's picture is to be renewed
 */

/** @type {Session | undefined} */
let current;

/** @param {Session} session */
export const setSession = (session) => { current = session; };

/** @returns {Session} */
export const session = () => {
  if (!current) throw new Error('start these tests through run.mjs');
  return current;
};
