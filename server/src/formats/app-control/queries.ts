import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Xml } from '#notations/xml.js';
import { allowances, option, policyOf, type Allowance, type Option, type Policy } from './policy.js';

/** A policy whose options hold, with each of them. */
export interface Options {
  readonly policy: Policy;
  of(name: Option): Setting<boolean>;
}

/** The policy of a file, whichever kind. Options that a supplemental policy may set hold there too. */
export const policies = query<Xml, Options>('app-control', 'policies', ({ tree }) => {
  const policy = policyOf(tree);
  return policy ? [{ policy, of: (name) => option(tree, policy, name) }] : [];
});

export const bases = query<Xml, Options>('app-control', 'base policies', (analysis) =>
  policies.select(analysis).filter(({ policy }) => policy.kind === 'base'));

/** Policies whose rules for programs count. A base policy without `Enabled:UMCI` looks at drivers alone, whatever else it lists. */
export const overPrograms = query<Xml, Options>('app-control', 'policies over programs', (analysis) => policies.select(analysis).filter(({ policy, of }) => {
  const checked = of('Enabled:UMCI');
  return policy.kind === 'supplemental' || checked.kind === 'stated' && checked.value;
}));

/** Base policies that list which programs may run. One that allows all but a few lists none. */
export const programLists = query<Xml, Options>('app-control', 'lists of programs', (analysis) =>
  overPrograms.select(analysis).filter(({ policy }) => policy.kind === 'base' && policy.listsPrograms && !policy.allowsAll));

/** A rule that allows programs, and whether Windows is kept from checking who may write where they lie. */
export interface Allowed extends Allowance {
  readonly unprotected: Setting<boolean>;
}

export const allowed = query<Xml, Allowed>('app-control', 'rules that allow', (analysis) => overPrograms.select(analysis).flatMap(({ policy, of }) => {
  const unprotected = of('Disabled:Runtime FilePath Rule Protection');
  return allowances(policy).map((allowance) => ({ ...allowance, unprotected }));
}));
