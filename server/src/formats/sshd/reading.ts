import type { Analysis } from '#engine/analysis.js';
import { query } from '#engine/query.js';
import { documented } from '#engine/release.js';
import { setting, undetermined, type Codec, type Setting, type Slot, type Undetermined } from '#engine/setting.js';
import { named, sections, slot, type Directive, type Directives, type Section } from '#notations/directives.js';
import { reach, sitesOf, type Site } from './includes.js';
import { isMatch } from './lines.js';

export const source = documented('OpenSSH', '7.4 to 10.5', 'sshd_config(5)');

/** The lines that hold for everyone, or those of one `Match` block. */
export interface Scope {
  readonly analysis: Analysis<Directives>;
  readonly section: Section;
  /** `The SSH server`, or with the criteria of the block behind it. */
  readonly label: string;
  /** `main` is what the daemon is started with: only there does an absent keyword mean its default. */
  readonly kind: 'main' | 'drop-in' | 'match';
  /** The criteria of the `Match` block it is, or that the whole file is included in. */
  readonly criteria?: string;
  /** Where other files take this one in. */
  readonly sites: readonly Site[];
}

/** Whether a scope binds everyone: `Match all` does. */
export const bindsAll = ({ criteria }: Scope) => criteria === undefined || /^all$/i.test(criteria);

export const isDropIn = (path: string) => /\.d\/[^/]+$/.test(path);

export const scopes = query<Directives, Scope>('sshd', 'scopes', (analysis) => {
  const found = sitesOf(analysis);
  const sites = found === 'pending' ? [] : found;
  // What every include of it stands below is a condition of the file's own lines.
  const [first] = sites;
  const shared = first && sites.every(({ criteria }) => criteria !== undefined && !/^all$/i.test(criteria)) ? first.criteria : undefined;
  return sections(analysis.tree, isMatch).map((section): Scope => {
    const criteria = section.head?.value ?? shared;
    const label = criteria === undefined ? 'The SSH server' : `The SSH server for Match ${criteria}`;
    const kind = criteria !== undefined ? 'match' : sites.length > 0 || isDropIn(analysis.path) ? 'drop-in' : 'main';
    return { analysis, section, label, kind, sites, ...(criteria !== undefined && { criteria }) };
  });
});

/** What holds without a statement. `judged`: the default itself may be a finding, so an include that may state it leaves it open. */
export interface Unstated<T> {
  readonly value: T;
  readonly judged?: true;
}

/**
 * What a scope says of a keyword, under any of its names. The first statement wins, and an include counts where it
 * stands: nothing is said of a line that an earlier file overrides, which is judged in that file.
 */
export function read<T>(scope: Scope, names: string | readonly [string, ...string[]], codec: Codec<T>, unstated?: Unstated<T>): Setting<T> | undefined {
  const all = typeof names === 'string' ? [names] as const : names;
  const found = firstOf(scope.section, all);
  // A keyword that a `Match` block leaves out is the commonest answer, and needs no place.
  if (!found && scope.kind !== 'main') return undefined;
  if (scope.kind !== 'match') {
    const elsewhere = reach(scope, all, found);
    if (elsewhere.stated) return undefined;
    if (!found && elsewhere.open) return scope.kind === 'main' && unstated?.judged ? undetermined(elsewhere.open.span, `a file of Include ${elsewhere.open.value} may state ${all[0]}`) : undefined;
  }
  if (found) return setting(placeOf(scope, all, found), codec, { because: '' });
  return unstated && setting(placeOf(scope, all), codec, { value: unstated.value, source });
}

function firstOf(section: Section, names: readonly string[]): Directive | undefined {
  let first: Directive | undefined;
  for (const name of names) {
    const found = named(section, name.toLowerCase(), 'first');
    if (found && (!first || found.span.start < first.span.start)) first = found;
  }
  return first;
}

/** The place of a keyword, for rules that read its text themselves. */
export function placeOf({ analysis, section }: Scope, names: readonly [string, ...string[]], found = firstOf(section, names)): Slot {
  const place = slot(analysis.tree, section, found?.name ?? names[0], { wins: 'first' });
  const hole = place.raw !== undefined && /\{\{|\$\{|<%/.test(place.raw);
  return hole ? { ...place, raw: undefined, obscured: 'a template fills it in' } : place;
}

/** The place of the statement that holds, where a template fills it in; nothing where it is known, or where another file decides. */
export function filledIn(scope: Scope, names: readonly [string, ...string[]]): Undetermined | undefined {
  const directive = firstOf(scope.section, names);
  if (!directive || (scope.kind !== 'match' && reach(scope, names, directive).stated)) return undefined;
  const { obscured } = placeOf(scope, names, directive);
  return obscured === undefined ? undefined : undetermined(directive.span, obscured);
}

/** The statement that holds, as it stands; absent where another file decides or where a template fills it in. */
export function statement(scope: Scope, ...names: readonly [string, ...string[]]): { readonly directive: Directive; readonly place: Slot } | undefined {
  const directive = firstOf(scope.section, names);
  if (!directive || (scope.kind !== 'match' && reach(scope, names, directive).stated)) return undefined;
  const place = placeOf(scope, names, directive);
  return place.raw === undefined ? undefined : { directive, place };
}
