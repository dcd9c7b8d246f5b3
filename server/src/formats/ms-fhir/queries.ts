import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import { elements, nodeAt, type Json } from '#notations/json.js';
import { pathOf, switchAt, switchOr } from './reading.js';

/** Whether roles decide what a caller may do. */
export const roles = query<Json, Setting<boolean>>('ms-fhir', 'authorization', ({ tree }) => {
  const on = switchAt(tree, 'FhirServer', 'Security', 'Authorization', 'Enabled');
  return on ? [on] : [];
});

/** Whether pages of any web site may ask with the log-in of the person who opens them. */
export const openOrigins = query<Json, Setting<boolean>>('ms-fhir', 'origins', ({ tree }) => {
  const origins = elements(nodeAt(tree, pathOf(tree, ['FhirServer', 'Cors', 'Origins']))).map(({ value }) => String(value));
  const credentials = switchOr(tree, { value: false, source: 'Microsoft FHIR server, appsettings.json' }, 'FhirServer', 'Cors', 'AllowCredentials');
  if (origins.length === 0) return [];
  return [credentials.kind === 'undetermined' ? credentials : credentials.kind === 'default' ? known(false, credentials.span) : {
    ...credentials, value: credentials.value && origins.includes('*'),
  }];
});
