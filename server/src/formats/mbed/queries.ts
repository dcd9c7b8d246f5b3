import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Json } from '#notations/json.js';
import { entries, macros } from './reading.js';

/** A macro that takes the source of random numbers away. */
export const noEntropy = query<Json, Setting<boolean>>('mbed', 'random numbers for tests', ({ tree }) =>
  macros(tree).filter(({ name }) => withoutEntropy.has(name)).map(({ span, remove }) => known(true, span, remove)));

const withoutEntropy = new Set(['MBEDTLS_TEST_NULL_ENTROPY', 'MBEDTLS_NO_DEFAULT_ENTROPY_SOURCES']);

/** Whether the device management client uses the credentials of one developer for every device. */
export const developerMode = query<Json, Setting<boolean>>('mbed', 'developer credentials', ({ tree }) =>
  entries(tree).filter(({ name }) => /(?:^|\.)developer-mode$/.test(name)).map(({ value, span }) => known(value === '1' || value === 'true', span)));
