import type { LockoutFields } from '#concepts/lockout.js';
import type { PasswordPolicyFields, PasswordPolicyScope } from '#concepts/password-policy.js';
import type { SessionFields } from '#concepts/session.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, translate, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Json } from '#notations/json.js';
import { amount, choice, chosen } from './catalog.js';
import { deviceOf } from './device.js';
import { allowed, firstOf, flag, number, resources, word, type Resource } from './resources.js';

type PasswordFact = Fact & PasswordPolicyScope & Fields<PasswordPolicyFields>;

export const labelOf = ({ compliance, type }: Resource) => (compliance ? 'The compliance policy' : type === 'settings catalog' ? 'The settings catalog policy' : 'The configuration policy');

/** 0 means never. */
const ageOf = (days: Setting<number>) => translate(days, (n) => (n === 0 ? Infinity : n), (n) => (n === Infinity ? 0 : n));

/** What an Android password type asks for. */
const androidTypes: Readonly<Record<string, { readonly classes: number; readonly simple?: boolean }>> = table({
  any: { classes: 0 }, lowSecurityBiometric: { classes: 0 }, required: { classes: 0 }, numeric: { classes: 1, simple: true }, atLeastNumeric: { classes: 1, simple: true },
  numericComplex: { classes: 1, simple: false }, alphabetic: { classes: 1 }, atLeastAlphabetic: { classes: 1 }, alphanumeric: { classes: 2 }, atLeastAlphanumeric: { classes: 2 }, alphanumericWithSymbols: { classes: 3 },
});

export function passwordPolicies(analysis: Analysis<Json>): readonly PasswordFact[] {
  return resources(analysis.tree).flatMap((resource): readonly PasswordFact[] => {
    if (resource.type === 'settings catalog') return fromCatalog(analysis, resource);
    const { platform, head } = resource;
    const type = word(analysis, resource, 'passwordRequiredType');
    const android = platform === 'android' && type ? androidTypes[type.value] : undefined;
    const stronger = () => type!.write('numericComplex');
    const expiry = firstOf(['passwordExpirationDays', 'passcodeExpirationDays'], (key) => number(analysis, resource, key, [1, 365]));
    const fact: PasswordFact = {
      label: labelOf(resource),
      span: head,
      of: platform === 'ios' || platform === 'android' ? 'device passcode' : undefined,
      required: firstOf(['passwordRequired', 'passcodeRequired', 'workProfileRequirePassword'], (key) => flag(analysis, resource, key)),
      length: firstOf(['passwordMinimumLength', 'passcodeMinimumLength'], (key) => number(analysis, resource, key, [4, 16])),
      classes: android ? known(android.classes, type!.span, stronger)
        : firstOf(['passwordMinimumCharacterSetCount', 'passcodeMinimumCharacterSetCount'], (key) => number(analysis, resource, key, [0, 4])),
      simple: android ? (android.simple === undefined ? undefined : known(android.simple, type!.span, stronger))
        : firstOf(['passwordBlockSimple', 'passcodeBlockSimple'], (key) => allowed(analysis, resource, key)),
      history: firstOf(['passwordPreviousPasswordBlockCount', 'passcodePreviousPasscodeBlockCount'], (key) => number(analysis, resource, key, [0, 24])),
      maximumAge: expiry && ageOf(expiry),
    };
    return [fact];
  });
}

const lock = 'device_vendor_msft_policy_config_devicelock_';
const apple = 'com.apple.mobiledevice.passwordpolicy_';
/** The declaration of Apple, `com.apple.configuration.passcode.settings`: complex means without repeated and running characters. */
const declaration = 'passcode_';
const saver = 'com.apple.screensaver';

/** Windows counts the password as asked for with 0, Apple with true; a key that is not there says nothing. */
function fromCatalog(analysis: Analysis<Json>, resource: Resource): readonly PasswordFact[] {
  const settings = chosen(analysis, resource);
  const label = labelOf(resource);
  const windows: PasswordFact = {
    label,
    span: settings.get(`${lock}devicepasswordenabled`)?.span ?? resource.head,
    required: choice(settings, `${lock}devicepasswordenabled`, '0', '1'),
    length: amount(settings, `${lock}mindevicepasswordlength`),
    classes: amount(settings, `${lock}mindevicepasswordcomplexcharacters`),
    simple: choice(settings, `${lock}allowsimpledevicepassword`, '1', '0'),
    history: amount(settings, `${lock}devicepasswordhistory`),
    maximumAge: both(amount(settings, `${lock}devicepasswordexpiration`)),
  };
  const ios: PasswordFact = {
    label,
    span: settings.get(`${apple}forcepin`)?.span ?? resource.head,
    of: 'device passcode',
    required: choice(settings, `${apple}forcepin`, 'true', 'false'),
    length: amount(settings, `${apple}minlength`),
    simple: choice(settings, `${apple}allowsimple`, 'true', 'false'),
    history: amount(settings, `${apple}pinhistory`),
    maximumAge: both(amount(settings, `${apple}maxpinageindays`)),
  };
  const declared: PasswordFact = {
    label,
    span: settings.get(`${declaration}requirepasscode`)?.span ?? resource.head,
    of: 'device passcode',
    required: choice(settings, `${declaration}requirepasscode`, 'true', 'false'),
    length: amount(settings, `${declaration}minimumlength`),
    simple: choice(settings, `${declaration}requirecomplexpasscode`, 'false', 'true'),
    history: amount(settings, `${declaration}passcodereuselimit`),
    maximumAge: both(amount(settings, `${declaration}maximumpasscodeageindays`)),
  };
  return [windows, ios, declared].filter((policy) =>
    policy.required ?? policy.length ?? policy.classes ?? policy.simple ?? policy.history ?? policy.maximumAge);
}

const both = (days: Setting<number> | undefined) => days && ageOf(days);

/** Wrong passcodes before the device, or the work profile on it, is erased. */
export function lockouts(analysis: Analysis<Json>): readonly (Fact & Fields<LockoutFields>)[] {
  return resources(analysis.tree).flatMap((resource) => {
    const keys = ['passcodeSignInFailureCountBeforeWipe', 'passwordSignInFailureCountBeforeFactoryReset', 'workProfilePasswordSignInFailureCountBeforeFactoryReset'];
    const count = resource.type === 'settings catalog' ? amount(chosen(analysis, resource), `${apple}maxfailedattempts`) : firstOf(keys, (key) => number(analysis, resource, key, [1, 16]));
    return count ? [{ label: labelOf(resource), span: resource.head, attemptsBeforeErase: translate(count, (n) => (n === 0 || (n > 10 && resource.type === 'settings catalog') ? Infinity : n), (n) => n) }] : [];
  });
}

const idleKeys = [`${lock}maxinactivitytimedevicelock`, `${apple}maxinactivity`, `${declaration}maximuminactivityinminutes`];

/** Minutes without a touch, and whether a password is asked for then. */
export function sessions(analysis: Analysis<Json>): readonly (Fact & Fields<SessionFields>)[] {
  return resources(analysis.tree).flatMap((resource) => {
    const keys = ['passwordMinutesOfInactivityBeforeLock', 'passcodeMinutesOfInactivityBeforeLock', 'passwordMinutesOfInactivityBeforeScreenTimeout', 'passcodeMinutesOfInactivityBeforeScreenTimeout'];
    const settings = resource.type === 'settings catalog' ? chosen(analysis, resource) : undefined;
    const minutes = settings ? firstOf(idleKeys, (key) => amount(settings, key)) : firstOf(keys, (key) => number(analysis, resource, key, [1, 60]));
    const locks = settings ? undefined : firstOf(['passwordRequiredToUnlockFromIdle', 'passwordRequireWhenResumeFromIdleState'], (key) => flag(analysis, resource, key));
    const screen = settings ? screenOfMac(settings) : [];
    if (!minutes && !locks) return screen;
    return [...screen, { label: deviceOf(resource), span: resource.head, locks,
      idle: minutes && translate(minutes, (n) => (n === 0 ? Infinity : n * 60), (seconds) => Math.max(1, Math.floor(seconds / 60))) }];
  });
}

/** The screen saver of the Mac: when it starts, in seconds, and whether a password is asked for then. */
function screenOfMac(settings: ReturnType<typeof chosen>): readonly (Fact & Fields<SessionFields>)[] {
  const id = [`${saver}_idletime`, `${saver}.user_idletime`].find((key) => settings.has(key)) ?? `${saver}_idletime`;
  const seconds = amount(settings, id);
  const locks = choice(settings, `${saver}_askforpassword`, 'true', 'false');
  const span = settings.get(id)?.span ?? settings.get(`${saver}_askforpassword`)?.span;
  return span ? [{ label: 'The screen of the Mac', span, locks, idle: seconds && translate(seconds, (n) => (n === 0 ? Infinity : n), (n) => n) }] : [];
}
