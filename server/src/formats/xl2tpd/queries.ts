import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import type { Ini } from '#notations/ini.js';
import { option, parts, place } from './sections.js';

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

const said = (name: string, wanted: boolean, kinds: readonly ('lns' | 'lac')[]) => (file: Ini): readonly Matter[] =>
  kinds.flatMap((kind) => parts(file, kind)).flatMap((section) => {
    const at = place(file, section, name);
    const read = option(file, section, name);
    if (!read) return [];
    return [{ label: section.label, span: read.span, good: read.kind === 'undetermined' ? read : known<boolean>(read.value === wanted, read.span, (good) => at.write(good === wanted ? 'yes' : 'no')) }];
  });

/** xl2tpd.conf(5), `refuse pap`: hands pppd `refuse-pap`, with which it never sends its own password in clear. */
export const papRefusals = query<Ini, Matter>('xl2tpd', 'refused PAP', ({ tree }) => said('refuse pap', true, ['lns', 'lac'])(tree));
/** xl2tpd.conf(5), `unix authentication`: checks callers against the accounts of the machine, which needs their passwords in clear. */
export const machineAccounts = query<Ini, Matter>('xl2tpd', 'accounts of the machine', ({ tree }) => said('unix authentication', false, ['lns'])(tree));
/** xl2tpd.conf(5), `challenge`: the two ends of the tunnel prove that they share a secret. */
export const challenges = query<Ini, Matter>('xl2tpd', 'challenges', ({ tree }) => said('challenge', true, ['lns', 'lac'])(tree));
/** xl2tpd.conf(5), `access control`: only addresses named in the sections may call. */
export const accessControls = query<Ini, Matter>('xl2tpd', 'access control', ({ tree }) =>
  tree.sections.filter(({ name }) => name.toLowerCase() === 'global').flatMap((section) => {
    const at = place(tree, section, 'access control');
    const read = option(tree, section, 'access control');
    // Without a section for callers there is nobody to keep out, and without named addresses nobody could come in.
    if (!read || read.kind === 'undetermined' || !tree.directives.some(({ name }) => name === 'lac')) return [];
    return [{ label: 'The L2TP server', span: read.span, good: known<boolean>(read.value, read.span, () => at.write('yes')) }];
  }));
