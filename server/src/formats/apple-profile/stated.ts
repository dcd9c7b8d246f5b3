import type { BackupFields } from '#concepts/backup.js';
import type { ChannelEnds, ChannelFields } from '#concepts/channel.js';
import type { FirewallFields } from '#concepts/firewall.js';
import type { LoginFields } from '#concepts/login.js';
import type { PortFields, PortKind } from '#concepts/port.js';
import type { SessionFields } from '#concepts/session.js';
import type { SoftwareFields } from '#concepts/software.js';
import type { StoreFields, StoreKind } from '#concepts/store.js';
import type { Analysis } from '#engine/analysis.js';
import type { Fact, Fields } from '#engine/concept.js';
import { observe, translate, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { restriction, restrictions } from './device.js';
import { meaning } from './disclosures.js';
import { flag, number, payloadsNamed, textAt, type Profile } from './payloads.js';

/** A switch of a payload, what it speaks of, and the value that is at fault. Judged where the profile states it. */
type Row = readonly [type: string, key: string, label: string, fault: boolean];

interface Stated {
  readonly label: string;
  readonly span: Span;
  /** Whether the fault holds; writing `false` mends it. */
  readonly faulty: Setting<boolean>;
}

function stated(analysis: Analysis<Profile>, rows: readonly Row[]): readonly Stated[] {
  const file = analysis.tree;
  return rows.flatMap(([type, key, label, fault]) => {
    if (type === restrictions) {
      const setting = restriction(analysis, key, fault, 'ignored');
      const [first] = payloadsNamed(file, type);
      return setting && first ? [{ label, span: first.head, faulty: meaning(setting, fault) }] : [];
    }
    return payloadsNamed(file, type).flatMap((payload) => {
      const setting = flag(file, payload, key);
      return setting ? [{ label, span: payload.head, faulty: meaning(setting, fault) }] : [];
    });
  });
}

const sound = (faulty: Setting<boolean>) => meaning(faulty, false);

const [loginWindow, general, smartCard] = ['com.apple.loginwindow', 'com.apple.MCX',
  'com.apple.security.smartcard'] as const;

/** Passwords that are handed on, filled in or left where others reach them. */
const exposed: readonly Row[] = [
  [restrictions, 'allowPasswordSharing', 'The device, which hands passwords to phones nearby,', true],
  [restrictions, 'allowPasswordProximityRequests', 'The device, which devices nearby may ask for passwords,', true],
  [restrictions, 'forceAuthenticationBeforeAutoFill', 'The device, which fills in passwords without a question,',
    false],
  [restrictions, 'allowAirPrintCredentialsStorage', 'The keychain, which keeps passwords of printers,', true],
  ['com.apple.Terminal', 'SecureKeyboardEntry', 'Terminal, whose keys other programs may read,', false],
  [general, 'DestroyFVKeyOnStandby', 'The Mac, which keeps the key of its disk while it sleeps,', false],
];

const namesShown: readonly Row[] = [[loginWindow, 'SHOWFULLNAME', 'The log-in window of the Mac', false]];

const outsideAccounts: readonly Row[] = [[restrictions, 'allowAccountModification', 'The device', true]];

const cards: readonly Row[] = [
  [smartCard, 'allowSmartCard', 'The log-in of the Mac, which refuses smart cards,', false],
  [smartCard, 'enforceSmartCard', 'The log-in of the Mac', false],
];

/**
 * Who signs in to a device, and with what. `checkCertificateTrust`: 0 not at all, 1 to 3 with revocation ever more
 * strictly.
 */
export function deviceLogins(analysis: Analysis<Profile>): readonly (Fact & Fields<LoginFields>)[] {
  const file = analysis.tree;
  const automatic = payloadsNamed(file, loginWindow).flatMap((payload) => {
    const refused = flag(file, payload, 'com.apple.login.mcx.DisableAutoLoginClient');
    const method = refused && translate(refused, (so): LoginFields['method'] => (so ? 'strong' : 'none'), (wanted) =>
      wanted !== 'none');
    return method ? [{ label: 'The log-in window of the Mac (DisableAutoLoginClient)', span: payload.head, method }]
      : [];
  });
  const unchecked = payloadsNamed(file, smartCard).flatMap((payload) => {
    const level = number(file, payload, 'checkCertificateTrust');
    const method = level && translate(level, (n): LoginFields['method'] => (n === 0 ? 'imitable' : 'strong'),
      (wanted) => (wanted === 'imitable' ? 0 : 2));
    return method ? [{ label: 'The log-in with a smart card (checkCertificateTrust)', span: payload.head, method }]
      : [];
  });
  return [
    ...stated(analysis, exposed).map(({ label, span, faulty }) => ({ label, span, exposed: faulty })),
    ...stated(analysis, namesShown).map(({ label, span, faulty }) => ({ label, span, namesShown: faulty })),
    ...stated(analysis, outsideAccounts).map(({ label, span, faulty }) => ({ label, span, outsideAccounts: faulty })),
    ...stated(analysis, cards).map(({ label, span, faulty }) => ({ label, span, secondFactor: sound(faulty) })),
    ...automatic, ...unchecked,
  ];
}

const comesBack: readonly Row[] = [
  [restrictions, 'allowAutoUnlock', 'The device, near a watch or another device of its user,', true],
  [restrictions, 'forceWatchWristDetection', 'The watch that was taken off', false],
];

/** What opens a locked device besides its passcode, and what a smart card that is pulled does: 0 nothing, 1 locks. */
export function deviceSessions(analysis: Analysis<Profile>): readonly (Fact & Fields<SessionFields>)[] {
  const file = analysis.tree;
  return [
    ...stated(analysis, comesBack).map(({ label, span, faulty }) => ({ label, span, locks: sound(faulty) })),
    ...payloadsNamed(file, smartCard).flatMap((payload) => {
      const action = number(file, payload, 'tokenRemovalAction');
      return action ? [{ label: 'The Mac from which a smart card is pulled', span: payload.head,
        locks: translate(action, (n) => n !== 0, (locks) => (locks ? 1 : 0)) }] : [];
    }),
  ];
}

const near: readonly (readonly [...Row, PortKind['kind']])[] = [
  [restrictions, 'allowAirDrop', 'AirDrop', true, 'radio'],
  [restrictions, 'allowAirPlayIncomingRequests', 'The receiver of AirPlay', true, 'radio'],
  [restrictions, 'forceAirPlayIncomingRequestsPairingPassword', 'The receiver of AirPlay, without a password,', false,
    'radio'],
  [restrictions, 'allowUnpairedExternalBootToRecovery', 'The start into recovery from any computer', true, 'usb'],
  ['com.apple.MCXBluetooth', 'DisableBluetooth', 'Bluetooth', false, 'radio'],
  ['com.apple.driver.AppleIRController', 'DeviceEnabled', 'The infrared receiver', true, 'radio'],
];

/** Radios and services that whoever is near may use. */
export function nearby(analysis: Analysis<Profile>): readonly (Fact & PortKind & Fields<PortFields>)[] {
  return near.flatMap(([type, key, label, fault, kind]) => stated(analysis, [[type, key, label, fault]]).map(({ span,
    faulty }) => ({ label, span, kind, open: faulty })));
}

const markets: readonly Row[] = [
  [restrictions, 'allowMarketplaceAppInstallation', 'The device, from markets of others,', true],
  [restrictions, 'allowWebDistributionAppInstallation', 'The device, from web pages,', true],
];
const anyApp: readonly Row[] = [
  [restrictions, 'allowAppInstallation', 'The device', true],
  [restrictions, 'allowUIAppInstallation', 'The device, from the store of Apple,', true],
];
const unsigned: readonly Row[] = [
  ['com.apple.security.libraryvalidation', 'DisableLibraryValidation', 'The Mac, in libraries of its programs,', true],
  ['com.apple.systempolicy.managed', 'DisableOverride', 'The Mac, where its user opens what Gatekeeper refuses,',
    false],
];
/** Releases of the system may wait where the profile has security responses installed by themselves. */
const releases: readonly Row[] = [
  ['com.apple.SoftwareUpdate', 'AutomaticallyInstallMacOSUpdates', 'The Mac', false],
  ['com.apple.SoftwareUpdate', 'AutomaticDownload', 'The Mac (AutomaticDownload)', false],
];
const stale: readonly Row[] = [
  ['com.apple.SoftwareUpdate', 'AutomaticallyInstallAppUpdates', 'The Mac, in its apps,', false],
  [restrictions, 'allowOTAPKIUpdates', 'The list of trusted certificates', false],
];

/**
 * Where programs come from and whether they stay up to date. What switches updates on is for a person, as a device may
 * be under the rule of its maker.
 */
export function programs(analysis: Analysis<Profile>): readonly (Fact & Fields<SoftwareFields>)[] {
  const responses = payloadsNamed(analysis.tree, 'com.apple.SoftwareUpdate').some(({ settings }) => textAt(settings,
    'CriticalUpdateInstall') === 'true');
  return [
    ...stated(analysis, markets).map(({ label, span, faulty }) => ({ label, span, unknownSources: faulty })),
    ...stated(analysis, anyApp).map(({ label, span, faulty }) => ({ label, span, allowList: sound(faulty) })),
    ...stated(analysis, unsigned).map(({ label, span, faulty }) => ({ label, span, signed: sound(faulty) })),
    ...stated(analysis, responses ? stale : [...releases, ...stale]).map(({ label, span, faulty }) => ({ label, span,
      updated: observe(faulty, (so) => !so) })),
  ];
}

/** Whether the Mac passes on what comes in, and lets programs open the firewall themselves. */
export function networksOfMac(analysis: Analysis<Profile>): readonly (Fact & Fields<FirewallFields>)[] {
  const shared = stated(analysis, [[general, 'forceInternetSharingOff', 'The Mac, by sharing its connection,', false]]);
  const own = stated(analysis, [['com.apple.security.firewall', 'AllowSignedApp', 'The firewall of the Mac', true]]);
  return [
    ...shared.map(({ label, span, faulty }) => ({ label, span, forward: translate(faulty, (so): 'drop' | 'accept' =>
      (so ? 'accept' : 'drop'), (does) => does === 'accept') })),
    ...own.map(({ label, span, faulty }) => ({ label, span, localRules: faulty })),
  ];
}

/** Names that Bonjour spreads, and printers whose certificate nobody checks. */
export function channelsOfDevice(analysis: Analysis<Profile>): readonly (Fact & ChannelEnds & Fields<ChannelFields>)[] {
  return [
    ...stated(analysis, [['com.apple.mDNSResponder', 'NoMulticastAdvertisements', 'The Mac, over Bonjour,', false]])
      .map(({ label, span, faulty }) => ({ label, span, role: 'connects' as const, protocol: 'mdns',
        anyoneAnswers: faulty })),
    ...stated(analysis, [[restrictions, 'forceAirPrintTrustedTLSRequirement', 'The connection to a printer (AirPrint)',
      false]])
      .map(({ label, span, faulty }) => ({ label, span, role: 'connects' as const, protocol: 'ipp',
        peerVerified: sound(faulty) })),
  ];
}

/** The disk while a Mac is set up, and what its user may erase. */
export function storesOfDevice(analysis: Analysis<Profile>): readonly (Fact & StoreKind & Fields<StoreFields>)[] {
  const file = analysis.tree;
  const encrypted = (payload: (typeof file.payloads)[number]) => textAt(payload.settings, 'Enable') === 'On';
  const setUp = payloadsNamed(file, 'com.apple.MCX.FileVault2').filter((payload) =>
    !encrypted(payload)).flatMap((payload) => {
    const forced = flag(file, payload, 'ForceEnableInSetupAssistant');
    return forced ? [{ label: 'The Mac, when it is set up,', span: payload.head, kind: 'disk',
      encrypted: observe(forced, (so) => so) }] : [];
  });
  return [...setUp, ...stated(analysis, [[restrictions, 'allowEraseContentAndSettings', 'All that is on the device',
    true]])
    .map(({ label, span, faulty }) => ({ label, span, kind: 'disk', deletionProtected: sound(faulty) }))];
}

/** Time Machine. */
export function timeMachine(analysis: Analysis<Profile>): readonly (Fact & Fields<BackupFields>)[] {
  return stated(analysis, [['com.apple.TimeMachine', 'AutoBackup', 'The Mac', false]]).map(({ label, span, faulty }) =>
    ({ label, span, enabled: sound(faulty) }));
}
