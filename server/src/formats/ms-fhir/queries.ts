import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Json } from '#notations/json.js';
import { switchAt } from './reading.js';

/** Whether roles decide what a caller may do. */
export const roles = query<Json, Setting<boolean>>('ms-fhir', 'authorization', ({ tree }) => {
  const on = switchAt(tree, 'FhirServer', 'Security', 'Authorization', 'Enabled');
  return on ? [on] : [];
});
