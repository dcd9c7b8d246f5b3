import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import { change, elements, nodeAt, placeOf, type Json } from '#notations/json.js';
import { field, policies, word } from './reading.js';
import { yesNo } from '#engine/codec.js';

/** Ways from the work profile to the personal one that are open, with what goes through. */
export const workData = query<Json, { what: string; open: Setting<boolean> }>('android-policy', 'ways out of the work profile', ({ tree }) =>
  policies(tree).flatMap(({ path }) => ([
    ['crossProfileCopyPaste', 'Text copied in apps of work may be pasted in personal apps', 'CROSS_PROFILE_COPY_PASTE_ALLOWED', 'COPY_FROM_WORK_TO_PERSONAL_DISALLOWED'],
    ['crossProfileDataSharing', 'Files of apps of work may be shared with personal apps', 'CROSS_PROFILE_DATA_SHARING_ALLOWED', 'DATA_SHARING_FROM_WORK_TO_PERSONAL_DISALLOWED'],
  ] as const).flatMap(([key, what, allowed, closed]) => {
    const said = word(tree, [...path, 'crossProfilePolicies', key]);
    return said?.kind === 'stated' ? [{ what, open: { ...said, value: said.value === allowed, write: (open: boolean) => (open ? [] : said.write(closed)) } }] : [];
  })));

/** Whether traffic stops while the always-on VPN is down. */
export const vpnLockdown = query<Json, Setting<boolean>>('android-policy', 'lockdown of the VPN', ({ tree }) =>
  policies(tree).flatMap(({ path }) => {
    const node = nodeAt(tree, [...path, 'alwaysOnVpnPackage']);
    if (node?.type !== 'object') return [];
    const setting = field(tree, [...path, 'alwaysOnVpnPackage', 'lockdownEnabled'], 'literal', yesNo(['true'], ['false']), false, placeOf(node.children?.[0]?.children?.[1] ?? node));
    return setting ? [setting] : [];
  }));

/** Whether the lock screen keeps the content of notifications to itself, where the policy says what it hides. */
export const lockScreen = query<Json, Setting<boolean>>('android-policy', 'notifications on the lock screen', ({ tree }) =>
  policies(tree).flatMap(({ path }) => {
    const node = nodeAt(tree, [...path, 'keyguardDisabledFeatures']);
    if (node?.type !== 'array') return [];
    const words = elements(node).map(({ value }) => String(value));
    const hidden = words.some((said) => said === 'ALL_FEATURES' || said === 'NOTIFICATIONS' || said === 'UNREDACTED_NOTIFICATIONS');
    return [known(hidden, placeOf(node), (hide) => (hide ? change(tree, [...path, 'keyguardDisabledFeatures'], [...words, 'UNREDACTED_NOTIFICATIONS']) : []))];
  }));
