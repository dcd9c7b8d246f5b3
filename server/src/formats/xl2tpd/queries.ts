import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { sectionsNamed, type Ini, type NamedSection } from '#notations/ini.js';
import { option, parts, place } from './sections.js';

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

const isYes = (file: Ini, section: NamedSection, name: string) => {
  const said = option(file, section, name);
  return said?.kind === 'stated' && said.value;
};

const stated = (file: Ini, section: NamedSection & { readonly label: string }, name: string, wanted: boolean): readonly Matter[] => {
  const read = option(file, section, name);
  if (!read) return [];
  const at = place(file, section, name);
  return [{ label: section.label, span: read.span, good: read.kind === 'undetermined' ? read : known<boolean>(read.value === wanted, read.span, (good) => at.write(good === wanted ? 'yes' : 'no')) }];
};

/** xl2tpd.conf(5), `refuse pap`: hands pppd `refuse-pap`, with which it never sends its own password in clear. `refuse authentication` sends none at all. */
export const papRefusals = query<Ini, Matter>('xl2tpd', 'refused PAP', ({ tree }) =>
  parts(tree, 'lac').filter((section) => !isYes(tree, section, 'refuse authentication')).flatMap((section) => stated(tree, section, 'refuse pap', true)));

/** xl2tpd.conf(5), `unix authentication`: checks callers against the accounts of the machine, which needs their passwords in clear. */
export const machineAccounts = query<Ini, Matter>('xl2tpd', 'accounts of the machine', ({ tree }) =>
  parts(tree, 'lns').filter((section) => isYes(tree, section, 'require authentication')).flatMap((section) => stated(tree, section, 'unix authentication', false)));

/** What is asked of callers and never handed on: xl2tpd 1.3.18 does so only where `require authentication` is yes. */
export const idleDemands = query<Ini, Matter>('xl2tpd', 'demands', ({ tree }) =>
  parts(tree, 'lns').flatMap((section) => ['require chap', 'require pap', 'unix authentication'].filter((name) => isYes(tree, section, name)).map((name) => {
    const { span } = place(tree, section, name);
    return { label: section.label, span, good: known<boolean>(isYes(tree, section, 'require authentication'), span, () => place(tree, section, 'require authentication').write('yes')) };
  })));

/** xl2tpd.conf(5), `challenge`: the two ends of the tunnel prove that they share a secret. */
export const challenges = query<Ini, Matter>('xl2tpd', 'challenges', ({ tree }) =>
  [...parts(tree, 'lns'), ...parts(tree, 'lac')].flatMap((section) => stated(tree, section, 'challenge', true)));

/** xl2tpd.conf(5), `access control`: only addresses named in the sections may call. */
export const accessControls = query<Ini, Matter>('xl2tpd', 'access control', ({ tree }) => {
  // Where no section names an address, nobody could come in.
  if (!tree.directives.some(({ name }) => name === 'lac')) return [];
  return sectionsNamed(tree, 'global').flatMap((section) =>
    stated(tree, { ...section, label: 'The L2TP server' }, 'access control', true));
});
