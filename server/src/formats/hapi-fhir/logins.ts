import type { LoginFields } from '#concepts/login.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { inReleases, type Changed } from '#engine/release.js';
import { undetermined, type Setting } from '#engine/setting.js';
import { releasesByImage } from '#notations/running-images.js';
import type { Document } from '#notations/yaml.js';
import { property, switchOf, varies } from './reading.js';

/** Who may ask the server. The starter project asks nobody who they are; what does is added in front or in code. */
export function logins(document: Document, analysis: Analysis): readonly (Fact & Fields<LoginFields>)[] {
  const place = property(document, 'hapi.fhir');
  const anySiteSignedIn = origins(document, analysis);
  return [
    ...(place.kind === 'map' ? [{
      label: 'The FHIR server', span: place.head,
      anonymous: undetermined(place.head, 'the server itself asks for no log-in: a proxy or an interceptor must'),
    }] : []),
    ...(anySiteSignedIn ? [{ label: 'The FHIR server', span: anySiteSignedIn.span, anySiteSignedIn }] : []),
  ];
}

/** Whether the log-in is sent along where `allow_Credentials` is left out: AppProperties.java of 5.0, 6.10, 7.6, 8.8 and 8.10. */
const sentAlong: Changed<boolean> = { product: 'the HAPI FHIR starter', page: 'AppProperties.java', values: [['5.0', true], ['8.10.0', false]], to: '8.10.0' };

/** Whether pages of any web site may ask with the cookies and log-in of the person who opens them. */
function origins(document: Document, analysis: Analysis): Setting<boolean> | undefined {
  if (property(document, 'hapi.fhir.cors').kind !== 'map') return undefined;
  const used = releasesByImage(analysis, /(?:^|\/)hapi$/);
  const credentials = switchOf(document, 'hapi.fhir.cors.allow_Credentials', inReleases(sentAlong, used, 'state allow_Credentials'));
  const origin = property(document, 'hapi.fhir.cors.allowed_origin');
  const all = origin.kind === 'list' ? origin.items.map(({ text }) => text) : origin.kind === 'scalar' ? [origin.text] : ['*'];
  if (all.some((one) => one === undefined || varies(one))) return undetermined(origin.head, 'the environment names the web sites');
  if (credentials.kind === 'undetermined') return credentials;
  return { ...credentials, value: credentials.value && all.includes('*'), write: (open) => credentials.write(open) };
}
