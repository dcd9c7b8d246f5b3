import type { Analysis } from '#engine/analysis.js';
import { known, undetermined, type Setting } from '#engine/setting.js';
import type { Edit, Span } from '#engine/text.js';
import { descend, textSlot, type Xml } from '#notations/xml.js';
import { deviceGroups, everyFamily, groupsOf, inWords, joined, rulesOf, type Entry, type Family, type Rule } from './policy.js';

/** The kinds of device a rule is for all of, or why that cannot be told. */
type Scope = readonly Family[] | string;

interface Scoped {
  readonly rule: Rule;
  readonly scope: Scope;
}

/** The rules of a file with what they are for. Without an included group a rule is for every device. */
function scopedRules({ tree, surroundings }: Analysis<Xml>, rules: readonly Rule[]): readonly Scoped[] {
  const groups = new Map<string, Scope>(groupsOf(tree).map(({ id, holds }) => [id, holds]));
  const holding = (id: string): Scope => {
    const { items, complete } = surroundings.exported(deviceGroups, id);
    const unsaid = 'which devices the groups of the rule hold';
    return items[0]?.value ?? (complete ? `no file of the workspace says ${unsaid}` : `another file of the workspace may say ${unsaid}`);
  };
  return rules.map((rule) => {
    let scope: Scope = everyFamily;
    for (const id of rule.included) {
      const holds = groups.get(id) ?? holding(id);
      groups.set(id, holds);
      if (typeof scope !== 'string') scope = typeof holds === 'string' ? holds : scope.filter((kind) => holds.includes(kind));
    }
    return { rule, scope };
  });
}

/** Bits of the access mask for one kind of access, on the disk and in the file system. */
const accesses = [['reading', 9], ['writing', 18], ['running programs', 36]] as const;
const writing = accesses[1][1];
const beyondReading = writing | accesses[2][1];

/** What a rule decides for everybody. The first entry for a bit counts; entries for some people or files are another's decision. */
function decision({ entries }: Rule, bits: number): 'Allow' | 'Deny' | undefined {
  const enforcing = entries.filter(({ type, conditional }) => !conditional && (type === 'Allow' || type === 'Deny'));
  const said = [1, 2, 4, 8, 16, 32].filter((bit) => bits & bit).flatMap((bit) => enforcing.find(({ mask }) => mask & bit)?.type ?? []);
  return said.includes('Deny') ? 'Deny' : said.includes('Allow') ? 'Allow' : undefined;
}

/**
 * The ways of removable media through which health data leaves and programs come in. A rule that lets people read and no more is left alone:
 * patients bring their images. What no rule is for goes by the default enforcement, which is set elsewhere.
 */
export function ports(analysis: Analysis<Xml>) {
  const { rules, whole } = rulesOf(analysis.tree);
  const scoped = scopedRules(analysis, rules);
  const denying = deniers(scoped);
  const stated = scoped.flatMap(({ rule, scope }) => {
    const allowed = accesses.filter(([, bits]) => decision(rule, bits) === 'Allow');
    const wide = allowed.some(([name]) => name !== 'reading');
    if (!wide && decision(rule, writing) !== 'Deny' || typeof scope !== 'string' && scope.length === 0) return [];
    const ways = wide ? joined(allowed.map(([name]) => name)) : 'writing';
    const devices = typeof scope === 'string' ? 'devices' : inWords(scope);
    const label = `${ways[0]!.toUpperCase()}${ways.slice(1)} on ${devices}${rule.name ? ` (rule ${rule.name})` : ''}`;
    const deciding = rule.entries.find(({ type, mask }) => (wide ? type === 'Allow' && mask & beyondReading : type === 'Deny' && mask & writing));
    const span = (deciding ?? rule).element.tag;
    const open = wide ? opened(span, { rule, scope }, denying) : typeof scope === 'string' ? undetermined(span, scope) : known(false, span);
    return [{ label, span, kind: 'removable media' as const, open }];
  });
  const decided = scoped.some(({ rule, scope }) => isFor(scope, 'RemovableMediaDevices') && decision(rule, writing) !== undefined);
  if (!whole || decided || !rules.some(({ entries }) => entries.some(({ mask }) => mask !== 0))) return stated;
  const rest = undetermined(whole.tag, 'the default enforcement decides for devices no rule is for, and is set in group policy or Intune');
  return [...stated, { label: 'Writing on removable media that no rule is for', span: whole.tag, kind: 'removable media' as const, open: rest }];
}

const isFor = (scope: Scope, kind: Family) => typeof scope !== 'string' && scope.includes(kind);

/** How many rules deny writing to everybody, by the kind of device they are for; `unknown` where that cannot be told. */
type Denying = ReadonlyMap<Family | 'unknown', number>;

function deniers(scoped: readonly Scoped[]): Denying {
  const count = new Map<Family | 'unknown', number>();
  for (const { rule, scope } of scoped) {
    if (decision(rule, writing) !== 'Deny') continue;
    for (const kind of typeof scope === 'string' ? ['unknown' as const] : scope) count.set(kind, (count.get(kind) ?? 0) + 1);
  }
  return count;
}

function opened(span: Span, { rule, scope }: Scoped, denying: Denying): Setting<boolean> {
  if (typeof scope === 'string') return undetermined(span, scope);
  if (rule.entries.some(({ type, mask, conditional }) => conditional && type === 'Deny' && mask & beyondReading)) {
    return undetermined(span, 'an entry of the rule denies it to some people or for some files');
  }
  const own = decision(rule, writing) === 'Deny' ? 1 : 0;
  // Group policy takes the first rule that fits, Intune takes them in any order.
  return denying.has('unknown') || scope.some((kind) => (denying.get(kind) ?? 0) > own)
    ? undetermined(span, 'another rule denies some of it, and which one comes first depends on how the rules are handed out') : known(true, span);
}

/**
 * Options of an entry: 2 sends an event from an audit entry; 4 keeps audit entries from answering to an enforcing one; 8 and 16 keep a copy
 * of what was printed or written.
 */
const [event, silent, copy] = [2, 4, 24];

/**
 * Whether what a rule allows or denies is recorded. Every audit entry that fits answers, whichever rule it stands in: one of a rule for the
 * same groups, or for every device, does for certain. The rules of a group policy are all there are; one handed out by itself has others beside it.
 */
export function auditTrails(analysis: Analysis<Xml>) {
  const { rules, whole } = rulesOf(analysis.tree);
  const byGroups = new Map<string, Entry[]>();
  const everywhere: Entry[] = [];
  const all = rules.flatMap(({ entries }) => entries);
  for (const { rule, scope } of scopedRules(analysis, rules)) {
    const same = byGroups.get(groupsIn(rule));
    if (same) same.push(...rule.entries);
    else byGroups.set(groupsIn(rule), [...rule.entries]);
    if (typeof scope !== 'string' && scope.length === everyFamily.length && rule.excluded.length === 0) everywhere.push(...rule.entries);
  }
  return (['Allow', 'Deny'] as const).flatMap((type) => {
    const answering = type === 'Allow' ? 'AuditAllowed' : 'AuditDenied';
    const audits = (entries: readonly Entry[]) => entries.filter((entry) => entry.type === answering);
    const [general, any] = [heard(audits(everywhere)), heard(audits(all))];
    const beside = new Map([...byGroups].map(([groups, entries]) => [groups, { near: audits(entries), sure: heard(audits(entries), general) }]));
    return rules.flatMap((rule) => {
      const enforcing = rule.entries.filter((entry) => entry.type === type && entry.mask !== 0);
      if (enforcing.length === 0) return [];
      const { near, sure } = beside.get(groupsIn(rule))!;
      const label = `Device control, for what ${rule.name ? `the rule ${rule.name}` : 'a rule'} ${type === 'Allow' ? 'allows' : 'denies'},`;
      const unheard = enforcing.filter((entry) => !isHeard(sure, entry));
      const unsent = unheard.filter((entry) => entry.options === silent || whole && !isHeard(any, entry));
      const span = (unsent[0] ?? unheard[0] ?? enforcing[0]!).element.tag;
      const enabled = unheard.length === 0 ? known(true, span)
        : unsent.length > 0
        ? known(false, span, (wanted) => (wanted ? recording(analysis.tree, unsent, near, sure) : []))
        : undetermined(span, 'another rule may record it');
      return [{ label, span, enabled }];
    });
  });
}

const groupsIn = ({ included, excluded }: Rule) => `${[...included].sort().join()} ${[...excluded].sort().join()}`;

/** The access that audit entries send an event of: for everybody, and for some people or files as well. */
interface Heard {
  readonly everybody: number;
  readonly some: number;
}

function heard(audits: readonly Entry[], before: Heard = { everybody: 0, some: 0 }): Heard {
  let { everybody, some } = before;
  for (const { options, mask, conditional } of audits) {
    if (!(options & event)) continue;
    some |= mask;
    if (!conditional) everybody |= mask;
  }
  return { everybody, some };
}

/** Whether all of the access of an enforcing entry sends an event. An audit entry for some people counts for an entry for some as well. */
function isHeard({ everybody, some }: Heard, { mask, options, conditional }: Entry): boolean {
  return Boolean(options & copy) || options !== silent && (mask & ~(conditional ? some : everybody)) === 0;
}

/** The edits after which events of some entries are sent: only where an audit entry is there, for a new one needs an identifier of its own. */
function recording(file: Xml, entries: readonly Entry[], audits: readonly Entry[], before: Heard): readonly Edit[] {
  const louder = audits.filter(({ options, conditional }) => !(options & event) && (!conditional || entries.some((entry) => entry.conditional)))
    .map((audit) => ({ ...audit, options: audit.options | event }));
  const spoken = entries.map((entry) => ({ ...entry, options: entry.options === silent ? 0 : entry.options }));
  const after = heard(louder, before);
  if (!spoken.every((entry) => isHeard(after, entry))) return [];
  const changed = [...spoken.filter((_, i) => entries[i]!.options === silent), ...louder];
  const edits = changed.map(({ element, options }) => {
    const said = descend(element, 'Options');
    return said ? textSlot(file, said).write(String(options)) : [];
  });
  return edits.every((one) => one.length > 0) ? edits.flat() : [];
}
