import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { slot, valuesOf, type Ldif } from '#notations/ldif.js';
import { isA, textOf } from './devices.js';

/** An AE title of the archive that takes calls, and whether it knows who may call. */
export const callers = query<Ldif, { title: string; span: Span; named: boolean }>('dcm4chee', 'callers', ({ tree }) => tree.entries.flatMap((entry) => {
  if (entry.isChange || !isA(entry, 'dcmArchiveNetworkAE') || textOf(entry, 'dicomAssociationAcceptor')?.toUpperCase() !== 'TRUE') return [];
  const named = valuesOf(entry, 'dcmAcceptedCallingAETitle');
  return [{ title: textOf(entry, 'dicomAETitle') ?? 'without a title', span: named[0]?.span ?? entry.dn.span, named: named.length > 0 }];
}));

/** Switches that let the archive talk to anyone under the name of another server. */
export const trust = query<Ldif, Setting<boolean>>('dcm4chee', 'trust', ({ tree }) => tree.entries.flatMap((entry) => [
  'dcmTLSAllowAnyHostname', 'dcmTLSDisableTrustManager',
].flatMap((name) => {
  const place = slot(tree, entry, name);
  return /^(?:TRUE|FALSE)$/i.test(place.raw ?? '') ? [known(place.raw!.toUpperCase() === 'TRUE', place.span, (on) => place.write(on ? 'TRUE' : 'FALSE'))] : [];
})));
