/**
 * What the values of the Windows registry mean for accounts: how passwords are kept, who signs in, and with what
 * proof.
 */
import { yesNo } from '#engine/codec.js';
import { stated, translate, undetermined, type Setting } from '#engine/setting.js';
import {
  control, fileClient, fileServer, lsa, netlogon, policies, services, system, terminals, windows, winlogon,
} from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { cautioned, factOf, numberAt, off, on, switched, switches, type Switch } from './windows-switches.js';

/** How Windows keeps passwords, and what it asks of the password of the local administrator (LAPS). */
export function passwordPoliciesOf(registry: Registry) {
  const hash = (bad: 'weak' | 'none') => (setting: Setting<boolean> | undefined) => setting && translate(setting,
    (so): 'strong' | 'weak' | 'reversible' | 'none' => (so ? bad : 'strong'), (wanted) => wanted !== 'strong');
  const kept = [
    ...factOf('The account database of Windows', 'hash', hash('weak')(stated(registry.value(lsa, 'NoLMHash', 'dword'),
      yesNo(['0'], ['1'])))),
    ...factOf('The memory of Windows (WDigest)', 'hash',
      hash('none')(stated(registry.value(`${control}\\SecurityProviders\\WDigest`, 'UseLogonCredential', 'dword'),
        yesNo(['1'], ['0'])))),
  ];
  const laps = [`${policies} Services\\AdmPwd`, `${windows}\\Policies\\LAPS`].flatMap((key) => {
    const label = 'The password of the local administrator (LAPS)';
    const kinds = numberAt(registry, key, 'PasswordComplexity');
    return [
      ...factOf(label, 'length', numberAt(registry, key, 'PasswordLength')),
      // 1 to 4 add capitals, small letters, digits and others; 5 is 4 without letters that look alike; 6 to 8 are
      // phrases.
      ...(kinds?.kind === 'stated' && kinds.value <= 5 ? factOf(label, 'classes', translate(kinds, (n) => Math.min(n,
        4), (n) => n)) : []),
      ...factOf(label, 'maximumAge', numberAt(registry, key, 'PasswordAgeDays')),
    ];
  });
  const pins = [[`${policies}\\FVE`, 'MinimumPIN', 'The PIN that BitLocker asks for at the start'],
    [`${policies}\\PassportForWork\\PINComplexity`, 'MinimumPINLength', 'The PIN of Windows Hello']] as const;
  return [...kept, ...laps, ...pins.flatMap(([key, name, label]) => factOf(label, 'length', numberAt(registry, key,
    name)).map((fact) => ({ ...fact, of: 'device passcode' as const }))),
    ...machinePassword(registry)];
}

/** The password of the computer itself in its domain, which it changes every 30 days unless a policy stops it. */
function machinePassword(registry: Registry) {
  const label = 'The domain, for the password of this computer,';
  return ['DisablePasswordChange', 'RefusePasswordChange'].flatMap((name) => {
    const stays = switched(registry, on(label, netlogon, name));
    return factOf(label, 'maximumAge', stays && translate(stays, (so) => (so ? Infinity : 30), (days) =>
      days === Infinity));
  });
}

/** Ways to come in without a proof of identity, or with a weak one. */
export function loginsOf(registry: Registry) {
  const level = numberAt(registry, lsa, 'LmCompatibilityLevel');
  const weak = (label: string, key: string, name: string, caution?: string) =>
    factOf(label, 'method', cautioned(asMethod(stated(registry.value(key, name, 'dword'), yesNo(['1'], ['0']))),
      caution));
  const shares = ['NullSessionShares', 'NullSessionPipes'].flatMap((name) => {
    const listed = stated(registry.value(fileServer, name, 'list'), { read: (raw) => raw.split('\n').some((item) =>
      item.trim() !== '' && !needed.test(item.trim())), print: () => '' });
    return factOf(name === 'NullSessionShares' ? 'The list of shares for callers without a name'
      : 'The list of pipes for callers without a name', 'anonymous', listed);
  });
  return [
    ...switches(registry, 'anonymous', anonymous),
    ...shares,
    ...switches(registry, 'emptyPassword', [off('Windows', lsa, 'LimitBlankPasswordUse')]),
    ...switches(registry, 'provenFirst', [
      ...terminals.map((key) =>
        on('Remote Desktop (UserAuthentication)', key, 'UserAuthentication', { caution: 'Clients older than Windows 7 are refused.' })),
      ...startOfDrive,
    ]),
    ...switches(registry, 'exposed', handedOver),
    ...switches(registry, 'namesShown', namesShown),
    ...switches(registry, 'outsideAccounts', outsideAccounts),
    ...proofs(registry),
    ...keptLogins(registry),
    ...factOf('The network log-in of Windows (LmCompatibilityLevel)', 'method', cautioned(level && translate(level,
      (n): Method => (n >= 5 ? 'strong' : 'weak'), (wanted) => (wanted === 'strong' ? 5 : 3)),
      'Modalities, scanners and storage that know only NTLM version 1 can no longer reach shares: look for event 4624 with "NTLM V1" first.')),
    ...weak('The Windows file client', fileClient, 'EnablePlainTextPassword'),
    ...[['Client', 'client'], ['Service', 'service']].flatMap(([side, word]) =>
      weak(`Remote management (WinRM ${word!})`, `${policies}\\Windows\\WinRM\\${side!}`, 'AllowBasic')),
    ...weak('Remote management (WinRM client)', `${policies}\\Windows\\WinRM\\Client`, 'AllowDigest'),
    ...registry.under(`${services}\\SNMP\\Parameters\\ValidCommunities`).filter(({ name }) =>
      /^(public|private)$/i.test(name)).map(({ slot: { span } }) => ({
      label: 'The SNMP service of Windows', span, defaultCredential: { kind: 'stated' as const, value: true, span,
        write: () => [] },
    })),
  ];
}

/** Pipes that domain controllers and licence servers need to offer: CIS Benchmarks for Windows Server. */
const needed = /^(?:netlogon|samr|lsarpc|browser|hydralspipe|termservlicensing)$/i;

type Method = 'none' | 'weak' | 'imitable' | 'password' | 'strong';

function asMethod(weak: Setting<boolean> | undefined): Setting<Method> | undefined {
  return weak && translate(weak, (so): Method => (so ? 'weak' : 'strong'), (wanted) => wanted === 'weak');
}

const firmware = 'The computer needs virtualization in its firmware, and drivers that can live with it.';

const anonymous: readonly Switch[] = [
  { label: 'The list of accounts and shares of Windows (RestrictAnonymous)', key: lsa, name: 'RestrictAnonymous',
    yes: ['0'], no: ['1', '2'] },
  { label: 'The list of accounts of Windows (RestrictAnonymousSAM)', key: lsa, name: 'RestrictAnonymousSAM',
    yes: ['0'], no: ['1'] },
  { label: 'Windows, which counts callers without a name as Everyone,', key: lsa, name: 'EveryoneIncludesAnonymous',
    yes: ['1'], no: ['0'] },
  { label: 'The Windows file server (RestrictNullSessAccess)', key: fileServer, name: 'RestrictNullSessAccess',
    yes: ['0'], no: ['1'] },
  { label: 'The Windows console (AutoAdminLogon)', key: winlogon, name: 'AutoAdminLogon', type: 'text', yes: ['1'],
    no: ['0'],
    caution: 'A device that must come up by itself, such as a display or a modality, then waits for somebody to sign in: agree on it with those who use it, and name the emergency access procedure, 164.312(a)(2)(ii).' },
  { label: 'The remote procedure service of Windows', key: `${policies}\\Windows NT\\Rpc`,
    name: 'RestrictRemoteClients', yes: ['0'], no: ['1', '2'] },
  ...['HKLM', 'HKCU'].flatMap((hive) => [{ label: 'Remote control (TightVNC)',
    key: `${hive}\\SOFTWARE\\TightVNC\\Server`, name: 'UseVncAuthentication', yes: ['0'], no: ['1'] } as const]),
];

/** Log-ins that Windows keeps in memory, keeps for the next time, or hands to other computers. */
const handedOver: readonly Switch[] = [
  { label: 'The memory of Windows, without LSA protection,', key: lsa, name: 'RunAsPPL', yes: ['0'], no: ['1', '2'],
    caution: 'Smart-card and single sign-on add-ons that are not signed for it stop loading.' },
  { label: 'Windows, without Credential Guard,', key: `${policies}\\Windows\\DeviceGuard`, name: 'LsaCfgFlags',
    yes: ['0'], no: ['1', '2'],
    caution: 'The computer needs virtualization in its firmware; old VPN and Wi-Fi log-ins with MS-CHAPv2 stop signing in by themselves.' },
  // The policy of Windows is kept below `Windows`; files that name the key without it are read the same.
  ...['Windows\\CredentialsDelegation', 'CredentialsDelegation'].map((key) =>
    off('Remote administration, which hands over whole credentials,', `${policies}\\${key}`, 'AllowProtectedCreds')),
  { label: 'Remote Desktop, which trusts computers without the update of 2018 (AllowEncryptionOracle),',
    key: `${windows}\\Policies\\System\\CredSSP\\Parameters`, name: 'AllowEncryptionOracle', yes: ['2'], no: ['0',
      '1'], caution: 'Computers without that update can no longer be reached.' },
  { label: 'Windows, which keeps passwords of network log-ins for the next time,', key: lsa,
    name: 'DisableDomainCreds', yes: ['0'], no: ['1'],
    caution: 'Scheduled tasks with a stored password stop.' },
  off('Windows, without virtualization-based security,', `${policies}\\Windows\\DeviceGuard`,
    'EnableVirtualizationBasedSecurity', { caution: firmware }),
  off('The kernel of Windows, without memory integrity,', `${policies}\\Windows\\DeviceGuard`,
    'HypervisorEnforcedCodeIntegrity', { no: ['1', '2'], caution: 'Drivers that are not made for it stop loading.' }),
  off('The Remote Desktop client, which saves passwords,', terminals[0], 'DisablePasswordSaving'),
  off('Remote Desktop, which takes a saved password instead of asking,', terminals[0], 'fPromptForPassword'),
  off('Remote management (WinRM), which keeps the log-ins of its plug-ins,', `${policies}\\Windows\\WinRM\\Service`,
    'DisableRunAs'),
  off('Windows Hello, which may keep its keys outside the security chip,', `${policies}\\PassportForWork`,
    'RequireSecurityDevice', { caution: 'Computers without a security chip can no longer use Windows Hello.' }),
  on('Windows, which keeps the password of the domain for a PIN (AllowDomainPINLogon),',
    `${policies}\\Windows\\System`, 'AllowDomainPINLogon'),
  off('Windows, which signs the last person in again after an update,', system, 'DisableAutomaticRestartSignOn'),
  off('The box for passwords, which can show what is typed,', `${policies}\\Windows\\CredUI`, 'DisablePasswordReveal'),
  off('Windows, whose keys of people are used without a password,', `${policies}\\Cryptography`, 'ForceKeyProtection',
    { no: ['2', '1'], caution: 'People are asked for a password for every signature.' }),
];

/**
 * What the log-in screen and the question for an administrator show: the policies of CredUI, Logon and interactive
 * log-in.
 */
const namesShown: readonly Switch[] = [
  on('The question for an administrator (EnumerateAdministrators)', `${windows}\\Policies\\CredUI`,
    'EnumerateAdministrators'),
  off('The log-in screen of Windows (DontDisplayLastUserName)', system, 'DontDisplayLastUserName'),
  off('The log-in screen of Windows (DontDisplayUserName)', system, 'DontDisplayUserName'),
  { label: 'The locked screen of Windows (DontDisplayLockedUserId)', key: system, name: 'DontDisplayLockedUserId',
    yes: ['1', '2'], no: ['3'] },
  on('The log-in screen of Windows (EnumerateLocalUsers)', `${policies}\\Windows\\System`, 'EnumerateLocalUsers'),
  off('The log-in screen of Windows (DontEnumerateConnectedUsers)', `${policies}\\Windows\\System`,
    'DontEnumerateConnectedUsers'),
  off('The log-in screen of Windows (BlockUserFromShowingAccountDetailsOnSignin)', `${policies}\\Windows\\System`,
    'BlockUserFromShowingAccountDetailsOnSignin'),
];

/**
 * Accounts of Microsoft that belong to a person: MSAPolicy, `Accounts: Block Microsoft accounts` (1 none is added, 3
 * none signs in), PKU2U.
 */
const outsideAccounts: readonly Switch[] = [
  off('Windows, in its programs (DisableUserAuth),', `${policies}\\MicrosoftAccount`, 'DisableUserAuth'),
  off('The log-in of Windows (NoConnectedUser)', system, 'NoConnectedUser', { no: ['3', '1'] }),
  on('The log-in over the network (AllowOnlineID)', `${lsa}\\pku2u`, 'AllowOnlineID',
    { caution: 'Computers outside the domain that share with online accounts can no longer be reached.' }),
  off('The store of Windows (MSAOptional)', system, 'MSAOptional'),
];

/**
 * BitLocker opens the drive to whoever starts the computer, unless it asks for a PIN first; 2 leaves it to whoever
 * sets the drive up.
 */
const startOfDrive: readonly Switch[] = [
  on('BitLocker, at the start of the computer (UseTPMPIN),', `${policies}\\FVE`, 'UseTPMPIN', { neither: ['2'],
    caution: 'Each start then waits for a PIN: where a computer must restart at night, unlock it over the network (BitLocker Network Unlock).' }),
  on('BitLocker, at the start of the computer (UseAdvancedStartup),', `${policies}\\FVE`, 'UseAdvancedStartup'),
];

/** Log-ins whose proof is missing, can be copied or travels in clear. */
function proofs(registry: Registry) {
  const method = (row: Switch, bad: Method, good: Method = 'strong') => {
    const weak = switched(registry, row);
    return factOf(row.label, 'method', weak && translate(weak, (so): Method => (so ? bad : good), (wanted) =>
      wanted === bad));
  };
  const binding = registry.value(`${services}\\Kdc`, 'StrongCertificateBindingEnforcement', 'dword');
  return [
    ...method(on('A computer that this one reaches as itself (allownullsessionfallback)', `${lsa}\\MSV1_0`,
      'allownullsessionfallback'), 'none'),
    ...method(off('A computer that this one reaches as itself (UseMachineId)', lsa, 'UseMachineId'), 'none'),
    ...method(on('The feed reader of Windows', `${policies}\\Internet Explorer\\Feeds`, 'AllowBasicAuthInClear'),
      'weak'),
    ...method(off('Windows Hello, by the face,', `${policies}\\Biometrics\\FacialFeatures`, 'EnhancedAntiSpoofing',
      { caution: 'Cameras without infrared can no longer be used.' }), 'imitable'),
    // KB5066470: 0 only records, 1 refuses what is derived from NTLM version 1; Credential Guard refuses it anyway.
    ...method(off('Windows, for single sign-on by old log-ins (BlockNtlmv1SSO),', `${lsa}\\MSV1_0`, 'BlockNtlmv1SSO'),
      'weak'),
    // KB5014754: since the updates of September 2025 a domain controller asks for a strong binding whatever the value
    // says.
    ...(binding.raw === '0' ? factOf<'method', Method>('The domain controller, for log-ins with a certificate,',
      'method', undetermined(binding.span,
      'a domain controller with the updates of September 2025 ignores the value, and an older one takes certificates that name no account surely')) : []),
  ];
}

/**
 * Windows keeps the log-ins of ten people unless told otherwise, which is left alone; CIS Benchmarks for Windows: four
 * or fewer.
 */
function keptLogins(registry: Registry) {
  const people = numberAt(registry, winlogon, 'CachedLogonsCount', 'text');
  const label = `Windows, which keeps the log-ins of the last ${people?.kind === 'stated' ? people.value : 'many'} people,`;
  return factOf(label, 'exposed', cautioned(people && translate(people, (n) => n > 10, (wanted) => (wanted ? 10 : 4)),
    'Staff whose log-in is no longer kept cannot sign in while the domain is out of reach: name the emergency access procedure, 164.312(a)(2)(ii).'));
}
