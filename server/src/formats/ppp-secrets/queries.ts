import { query } from '#engine/query.js';
import type { Line, Secrets } from './lines.js';

/** Lines that let someone in or hold what this machine signs in with. */
export const lines = query<Secrets, Line>('ppp-secrets', 'lines', ({ tree }) => tree.lines);
