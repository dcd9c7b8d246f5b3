import type { LockoutFields } from '#concepts/lockout.js';
import type { PasswordPolicyFields, PasswordPolicyScope } from '#concepts/password-policy.js';
import type { SessionFields } from '#concepts/session.js';
import { integer } from '#engine/codec.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, translate, undetermined, type Codec, type Setting } from '#engine/setting.js';
import type { Edit } from '#engine/text.js';
import { table } from '#engine/table.js';
import { change, elements, nodeAt, placeOf, type Json, type JSONPath } from '#notations/json.js';
import { at, field, flag, policies, raw, source, type Policy } from './reading.js';

type PasswordFact = Fact & PasswordPolicyScope & Fields<PasswordPolicyFields>;

/** What a quality of the API asks for: kinds of character, least length where the quality fixes it, whether 1234 passes. */
const qualities: Readonly<Record<string, { readonly classes: number; readonly length?: number; readonly simple?: boolean }>> = table({
  BIOMETRIC_WEAK: { classes: 0 }, SOMETHING: { classes: 0, simple: true }, NUMERIC: { classes: 1, simple: true }, NUMERIC_COMPLEX: { classes: 1, simple: false }, ALPHABETIC: { classes: 1 },
  ALPHANUMERIC: { classes: 2 }, COMPLEX: { classes: 3 }, COMPLEXITY_LOW: { classes: 0, simple: true }, COMPLEXITY_MEDIUM: { classes: 1, length: 4, simple: false },
  COMPLEXITY_HIGH: { classes: 1, length: 6, simple: false },
});

/** Qualities with which passwordMinimumLength is enforced. */
const measured: ReadonlySet<string> = new Set(['NUMERIC', 'NUMERIC_COMPLEX', 'ALPHABETIC', 'ALPHANUMERIC', 'COMPLEX']);

/** The requirements of a policy with where they stand: the list, or the older single object. */
function requirements(file: Json, { path }: Policy): readonly JSONPath[] {
  const list = elements(nodeAt(file, [...path, 'passwordPolicies'])).map((_, i): JSONPath => [...path, 'passwordPolicies', i]);
  return nodeAt(file, [...path, 'passwordRequirements'])?.type === 'object' ? [...list, [...path, 'passwordRequirements']] : list;
}

export function passwordPolicies(file: Json): readonly PasswordFact[] {
  return policies(file).flatMap((policy): readonly (Fact & Fields<LockoutFields>)[] => {
    const stated = requirements(file, policy);
    return stated.length === 0 ? [nothingAsked(file, policy)] : stated.map((path) => requirement(file, path));
  });
}

/** A kiosk is not unlocked by hand: whether it needs a passcode depends on where it hangs. */
function nothingAsked(file: Json, { path, span, kiosk }: Policy): PasswordFact {
  const label = 'The policy';
  if (kiosk) return { label, span, required: undetermined(span, 'the device is a kiosk: check who can reach it, and whether the app asks who one is') };
  const write = (wanted: boolean): readonly Edit[] => (wanted ? change(file, [...path, 'passwordPolicies'], [{ passwordScope: 'SCOPE_DEVICE', passwordQuality: 'COMPLEXITY_HIGH' }]) : []);
  return { label, span, of: 'device passcode', required: { kind: 'default', value: false, source, span, write } };
}

function requirement(file: Json, path: JSONPath): PasswordFact {
  const node = nodeAt(file, path)!;
  const legacy = path.at(-1) === 'passwordRequirements';
  const span = { start: legacy ? placeOf(node).start : node.offset, end: node.offset + 1 };
  const scope = raw(file, [...path, 'passwordScope']);
  const label = scope === 'SCOPE_PROFILE' ? 'The work profile' : 'The device';
  const quality = raw(file, [...path, 'passwordQuality']) ?? 'PASSWORD_QUALITY_UNSPECIFIED';
  const place = at(file, [...path, 'passwordQuality']) ?? span;
  const upgrade = (word: string) => (): readonly Edit[] => change(file, [...path, 'passwordQuality'], word);
  const means = qualities[quality];
  if (!means) {
    return { label, span, required: quality === 'PASSWORD_QUALITY_UNSPECIFIED' ? known(false, place, upgrade(legacy ? 'NUMERIC_COMPLEX' : 'COMPLEXITY_HIGH')) : undetermined(place, `${quality.slice(0, 40)} is not a quality the API describes`) };
  }
  const length = means.length !== undefined ? { ...known(means.length, place, upgrade('COMPLEXITY_HIGH')), through: `by ${quality}` }
    : measured.has(quality) ? field(file, [...path, 'passwordMinimumLength'], 'literal', integer, 0, place) : undefined;
  return {
    label,
    span,
    of: 'device passcode',
    required: known(true, place),
    length,
    classes: known(means.classes, place, () => change(file, [...path, 'passwordQuality'], legacy ? 'NUMERIC_COMPLEX' : 'COMPLEXITY_HIGH')),
    simple: means.simple === undefined ? undefined : known(means.simple, place, () => change(file, [...path, 'passwordQuality'], quality.startsWith('COMPLEXITY_') ? 'COMPLEXITY_MEDIUM' : 'NUMERIC_COMPLEX')),
    history: field(file, [...path, 'passwordHistoryLength'], 'literal', integer),
    maximumAge: field(file, [...path, 'passwordExpirationTimeout'], 'string', days),
  };
}

/** Durations are seconds with an `s`; zero means never. */
const days: Codec<number> = {
  read: (said) => {
    const seconds = /^(\d{1,12})(?:\.\d{1,9})?s$/.exec(said)?.[1];
    return seconds === undefined ? undefined : Number(seconds) === 0 ? Infinity : Math.ceil(Number(seconds) / 86_400);
  },
  print: (value) => `${value === Infinity ? 0 : value * 86_400}s`,
};

/** Wrong passcodes before the device, or the work profile, is erased; 0 is the default and means never. */
export function lockouts(file: Json): readonly (Fact & Fields<LockoutFields>)[] {
  return policies(file).flatMap((policy): readonly (Fact & Fields<LockoutFields>)[] => {
    const stated = requirements(file, policy);
    const never = { kind: 'default' as const, value: Infinity, source, span: policy.span, write: () => [] };
    if (stated.length === 0) return policy.kiosk ? [] : [{ label: 'The policy', span: policy.span, attemptsBeforeErase: never }];
    return stated.map((path) => {
      const node = nodeAt(file, path)!;
      const span = { start: node.offset, end: node.offset + 1 };
      const wipe = field(file, [...path, 'maximumFailedPasswordsForWipe'], 'literal', integer, 0, span)!;
      return { label: 'The policy', span, attemptsBeforeErase: translate(wipe, (n) => (n === 0 ? Infinity : n), (n) => n) };
    });
  });
}

/** Milliseconds as text; 0 is the default and means no limit. */
const milliseconds: Codec<number> = {
  read: (said) => (/^\d{1,12}$/.test(said) ? (Number(said) === 0 ? Infinity : Number(said) / 1000) : undefined),
  print: (seconds) => String(seconds === Infinity ? 0 : seconds * 1000),
};

export function sessions(file: Json): readonly (Fact & Fields<SessionFields>)[] {
  return policies(file).map(({ path, span, kiosk }) => {
    const idle = field(file, [...path, 'maximumTimeToLock'], 'string', milliseconds, Infinity, span)!;
    const awake = elements(nodeAt(file, [...path, 'stayOnPluggedModes'])).length > 0;
    const keyguard = flag(file, [...path, 'keyguardDisabled']);
    const open: Setting<number> = idle.kind === 'default' && (kiosk || awake)
      ? undetermined(span, kiosk ? 'the device is a kiosk: check what its app shows when nobody uses it' : 'the device stays on while it is plugged in') : idle;
    return { label: 'The device', span, idle: open, locks: keyguard && translate(keyguard, (off) => !off, (locks) => !locks) };
  });
}
