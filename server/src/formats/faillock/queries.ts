import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { number } from './reading.js';

/** The time in which failures are counted together, in seconds. */
export interface Counting {
  readonly interval: Setting<number> | undefined;
}

export const counting = query<Directives, Counting>('faillock', 'counting', (analysis) => [{ interval: number(analysis, 'fail_interval', { value: 900 }) }]);
