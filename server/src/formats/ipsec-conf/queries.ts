import { isEveryAddress, isEveryone } from '#concepts/network-names.js';
import { query } from '#engine/query.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { slot, type Directives } from '#notations/directives.js';
import { readProposals } from '#notations/ipsec-proposals.js';
import { connections, place, product, setup, value } from './connections.js';
import { howProven } from './tunnels.js';

/** Something that is as it should be or is not. */
export interface Matter<T = boolean> {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<T>;
}

/** Connections whose shared key opens the door to any address. strongSwan: `right` is `%any` where it is left out. */
export const callers = query<Directives, Matter>('ipsec-conf', 'shared keys for any address', ({ tree: file }) =>
  connections(file).filter((connection) => howProven(connection) === 'shared key').map((connection) => {
    const right = place(file, connection, 'right');
    const key = place(file, connection, 'authby', 'rightauth', 'leftauth');
    const { span } = right.slot.raw === undefined ? key.slot : right.slot;
    const { label } = right.slot.raw === undefined ? key : right;
    const ends = right.slot.raw?.split(',');
    const anyone = ends ? ends.some((end) => /^%any[46]?$/i.test(end.trim()) || isEveryAddress(end) || isEveryone(end)) : product(file) === 'strongSwan';
    if (right.slot.obscured !== undefined) return { label, span, good: undetermined(span, right.slot.obscured) };
    // A second proof for each person takes the worst off a key that all of them share.
    const each = value(connection, 'rightauth2', 'rightxauthclient', 'leftxauthserver') !== undefined || /xauth/.test(value(connection, 'authby') ?? '');
    return { label, span, good: anyone && each ? undetermined(span, 'each caller also signs in by name (XAUTH): whether the shared key is changed when one leaves is not in the file') : known(!anyone, span) };
  }));

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
    const calm = parameter === 'charondebug' ? at.raw.replace(/(\w+\s+)4\b/g, (_, word: string) => `${word}2`) : 'none';
    return [{ label: 'The log of IPsec', span: at.span, good: known<boolean>(!bad, at.span, () => at.write(calm)) }];
  });
});

/** How long a key is used, in seconds. */
export const lifetimes = query<Directives, Matter<number>>('ipsec-conf', 'lifetimes', ({ tree: file }) =>
  connections(file).flatMap((connection) => [['lifetime', 'keylife', 'salifetime'], ['ikelifetime']].flatMap(([first, ...more]) => {
    const { slot: at, label } = place(file, connection, first!, ...more);
    const read = /^(\d{1,9})\s*([smhd]?)$/i.exec(at.raw ?? '');
    if (!read) return [];
    const seconds = Number(read[1]) * { s: 1, m: 60, h: 3600, d: 86_400 }[(read[2] || 's').toLowerCase() as 's' | 'm' | 'h' | 'd'];
    return [{ label, span: at.span, good: known(seconds, at.span, () => at.write(first === 'ikelifetime' ? '24h' : '8h')) }];
  })));

/** Whether a certificate that was withdrawn is refused; asked where some connection names certificates. */
export const revocations = query<Directives, Matter>('ipsec-conf', 'revocation', ({ tree: file }) => {
  const section = setup(file);
  const of = product(file);
  const certificates = connections(file).some((connection) => value(connection, 'leftcert', 'rightcert', 'rightca') !== undefined && howProven(connection) === 'certificate');
  if (!section || !of || !certificates || section.directives.length === 0) return [];
  const names = of === 'strongSwan' ? ['strictcrlpolicy'] : ['crl-strict', 'crl_strict'];
  const name = names.find((one) => section.directives.some((directive) => directive.name === one)) ?? names[0]!;
  const at = slot(file, section, name, { wins: 'last' });
  const write = () => at.write(of === 'strongSwan' ? 'ifuri' : 'yes');
  const label = 'IPsec';
  return [{ label, span: at.span, good: at.raw === undefined ? { kind: 'default' as const, value: false, span: at.span, source: `${of === 'strongSwan' ? 'strongSwan 5.9' : 'Libreswan 4.10'}, ipsec.conf(5)`, write }
    : known<boolean>(/^(?:yes|ifuri)$/i.test(at.raw), at.span, write) }];
});
