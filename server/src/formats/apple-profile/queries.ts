import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { restriction } from './device.js';
import { flag, number, payloadsNamed, schema, textAt, type Profile } from './payloads.js';
import { vpns } from './tunnels.js';

const one = <T>(setting: Setting<T> | undefined): readonly Setting<T>[] => (setting ? [setting] : []);

/** Whether documents of managed apps may be opened in apps the person installed. */
export const openIn = query<Profile, Setting<boolean>>('apple-profile', 'managed open-in', (analysis) => one(restriction(analysis, 'allowOpenFromManagedToUnmanaged', true)));

/** Whether AirDrop takes documents of managed apps: it does unless it is off or counts as unmanaged. */
export const airDrop = query<Profile, Setting<boolean>>('apple-profile', 'AirDrop', (analysis) => {
  const allowed = restriction(analysis, 'allowAirDrop', true, 'ignored');
  if (allowed && allowed.kind !== 'undetermined' && !allowed.value) return [];
  const managed = restriction(analysis, 'allowOpenFromManagedToUnmanaged', true);
  // Where managed documents may go anywhere, AirDrop adds nothing to it.
  if (!managed || managed.kind === 'undetermined' || managed.value) return [];
  const unmanaged = restriction(analysis, 'forceAirDropUnmanaged', false);
  return unmanaged ? [unmanaged] : [];
});

/** Whether the device is copied to iCloud as a whole. */
export const cloudBackup = query<Profile, Setting<boolean>>('apple-profile', 'iCloud backup', (analysis) => one(restriction(analysis, 'allowCloudBackup', true)));

/** Whether people may accept a certificate that nobody vouches for. */
export const untrustedCertificates = query<Profile, Setting<boolean>>('apple-profile', 'untrusted certificates', (analysis) => one(restriction(analysis, 'allowUntrustedTLSPrompt', true)));

/** Whether people may install profiles and certificates themselves. */
export const profileInstallation = query<Profile, Setting<boolean>>('apple-profile', 'installation of profiles', (analysis) => one(restriction(analysis, 'allowUIConfigurationProfileInstallation', true)));

/** Whether people may switch the encryption of the disk off again. */
export const decryption = query<Profile, Setting<boolean>>('apple-profile', 'decryption of the disk', ({ tree }) =>
  payloadsNamed(tree, 'com.apple.MCX').flatMap((payload) => one(flag(tree, payload, 'dontAllowFDEDisable'))));

/** Whether the recovery key of the disk is shown to the user although it is kept elsewhere. */
export const recoveryKey = query<Profile, Setting<boolean>>('apple-profile', 'recovery key', ({ tree }) => {
  const kept = payloadsNamed(tree, 'com.apple.security.FDERecoveryKeyEscrow').length > 0;
  return payloadsNamed(tree, 'com.apple.MCX.FileVault2').filter(({ settings }) => textAt(settings, 'Enable') === 'On' && textAt(settings, 'UseRecoveryKey') !== 'false')
    .flatMap((payload) => one(kept ? flag(tree, payload, 'ShowRecoveryKey', true) : undefined));
});

/** A VPN that rests on one secret all its users know. */
export const sharedSecrets = query<Profile, { label: string; shared: Setting<boolean> }>('apple-profile', 'VPN with a shared secret', ({ tree }) =>
  vpns(tree).filter(({ kind, own }) => kind !== 'PPTP' && own !== undefined).map(({ label, own, kind }) => {
    const entry = own!.settings.entries.get('AuthenticationMethod');
    const said = textAt(own!.settings, 'AuthenticationMethod');
    const extended = ['1', 'true'].includes(textAt(own!.settings, 'ExtendedAuthEnabled') ?? '');
    const shared = said === 'SharedSecret' || (kind === 'IKEv2' ? said === 'None' && !extended : said === undefined);
    const span = entry?.span ?? own!.head;
    return { label, shared: entry ? known(shared, span) : { kind: 'default' as const, value: shared, source: schema('com.apple.vpn.managed'), span, write: () => [] } };
  }));

/** Seconds from the last touch until a passcode is needed: the idle time and the grace behind it. */
export const grace = query<Profile, { span: Span; seconds: Setting<number>; idle: number }>('apple-profile', 'grace behind the lock', ({ tree }) => {
  const passcode = payloadsNamed(tree, 'com.apple.mobiledevice.passwordpolicy').flatMap((payload) => {
    const minutes = number(tree, payload, 'maxGracePeriod');
    const idle = number(tree, payload, 'maxInactivity');
    if (!minutes) return [];
    const seconds: Setting<number> = minutes.kind === 'undetermined' ? minutes : { ...minutes, value: minutes.value * 60, write: (wanted) => minutes.write(Math.floor(wanted / 60)) };
    return [{ span: payload.head, seconds, idle: idle?.kind === 'stated' ? idle.value * 60 : 0 }];
  });
  const screen = payloadsNamed(tree, 'com.apple.screensaver').flatMap((payload) => {
    const seconds = number(tree, payload, 'askForPasswordDelay');
    const idle = number(tree, payload, 'idleTime');
    // The largest number there is means that nothing is asked at all, which the lock of the screen says.
    if (!seconds || (seconds.kind === 'stated' && seconds.value >= 2_147_483_647)) return [];
    return [{ span: payload.head, seconds, idle: idle?.kind === 'stated' ? idle.value : 0 }];
  });
  return [...passcode, ...screen];
});
