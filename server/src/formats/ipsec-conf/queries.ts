import { query } from '#engine/query.js';
import { isFilledIn } from '#engine/holes.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { slot, type Directives } from '#notations/directives.js';
import { readProposals } from '#notations/ipsec-proposals.js';
import { connections, place, product, setup } from './connections.js';

/** Something that is as it should be or is not. */
export interface Matter<T = boolean> {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<T>;
}

/** Proposals that are not the last word: strongSwan adds its own list where the `!` is missing. */
export const openProposals = query<Directives, Matter & { readonly parameter: string }>('ipsec-conf', 'proposals', ({ tree: file }) =>
  product(file) !== 'strongSwan' ? [] : connections(file).flatMap((connection) => ['ike', 'esp'].flatMap((parameter) => {
    const { slot: at, label } = place(file, connection, parameter);
    return at.raw === undefined ? [] : [{ label, parameter, span: at.span, good: known<boolean>(readProposals(at.raw).strict, at.span, () => at.write(`${at.raw}!`)) }];
  })));

/** Whether traffic may leave in clear when no tunnel comes up; Libreswan alone can be told so. */
export const fallbacks = query<Directives, Matter>('ipsec-conf', 'fallbacks', ({ tree: file }) =>
  connections(file).flatMap((connection) => ['failureshunt', 'negotiationshunt'].flatMap((parameter) => {
    const { slot: at, label } = place(file, connection, parameter);
    return at.raw === undefined ? [] : [{ label, span: at.span, good: known<boolean>(at.raw.toLowerCase() !== 'passthrough', at.span, () => at.write(parameter === 'failureshunt' ? 'drop' : 'hold')) }];
  })));

/** Whether keys and other secrets are written to the log. strongSwan: level 4 of `charondebug`; Libreswan: `private` in `plutodebug`. */
export const debugging = query<Directives, Matter>('ipsec-conf', 'debugging', ({ tree: file }) => {
  const section = setup(file);
  return section === undefined ? [] : ['charondebug', 'plutodebug'].flatMap((parameter) => {
    const at = slot(file, section, parameter, { wins: 'last' });
    if (at.raw === undefined) return [];
    const bad = parameter === 'charondebug' ? /(?:^|[\s,])\w+\s+4\b/.test(at.raw) : /(?:^|[\s,])private\b/.test(at.raw);
    const calm = parameter === 'charondebug' ? at.raw.replace(/(?<=\w\s{1,20})4\b/g, '2') : 'none';
    return [{ label: 'The log of IPsec', span: at.span, good: known<boolean>(!bad, at.span, () => at.write(calm)) }];
  });
});

/** How long a key is used, in seconds. */
export const lifetimes = query<Directives, Matter<number>>('ipsec-conf', 'lifetimes', ({ tree: file }) =>
  connections(file).flatMap((connection) => [['lifetime', 'keylife', 'salifetime'], ['ikelifetime']].flatMap(([first, ...more]): readonly Matter<number>[] => {
    const { slot: at, label } = place(file, connection, first!, ...more);
    const read = /^(\d{1,9})\s*([smhd]?)$/i.exec(at.raw ?? '');
    if (!read) return isFilledIn(at.raw ?? '') ? [{ label, span: at.span, good: undetermined(at.span, 'what it is filled in with decides') }] : [];
    const seconds = Number(read[1]) * table({ s: 1, m: 60, h: 3600, d: 86_400 })[(read[2] || 's').toLowerCase() as 's' | 'm' | 'h' | 'd'];
    return [{ label, span: at.span, good: known(seconds, at.span, () => at.write(first === 'ikelifetime' ? '24h' : '8h')) }];
  })));
