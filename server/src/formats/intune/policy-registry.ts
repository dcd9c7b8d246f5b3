import { oncePer } from '#engine/attached.js';
import type { Slot } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Json } from '#notations/json.js';
import {
  control, defender, explorer, fileClient, fileServer, lsa, netlogon, policies, services, system, terminals, windows,
  winlogon,
} from '#notations/windows-keys.js';
import { foldedKey, type Registry } from '#notations/windows-registry.js';
import { chosen, type Chosen } from './catalog.js';
import { resources } from './resources.js';

/** How the end of a choice is written in the registry: as it is, or the other way round. */
type Spelling = 'same' | 'opposite' | Readonly<Record<string, string>>;

type Row = readonly [id: string, key: string, name: string, spelling?: Spelling];

const remoteDesktop = terminals[0];
const [scanner] = defender;
const winRm = `${policies}\\Windows\\WinRM`;
const options = 'localpoliciessecurityoptions_';

/**
 * Settings under the name of the policy, behind `device_vendor_msft_policy_config_`. Microsoft Learn, Policy CSP: each
 * says which policy of a group it is.
 */
const policyRows: readonly Row[] = [
  [`${options}accounts_blockmicrosoftaccounts`, system, 'NoConnectedUser'],
  [`${options}accounts_limitlocalaccountuseofblankpasswordstoconsolelogononly`, lsa, 'LimitBlankPasswordUse'],
  [`${options}domainmember_digitallyencryptorsignsecurechanneldataalways`, netlogon, 'RequireSignOrSeal'],
  [`${options}domainmember_digitallyencryptsecurechanneldatawhenpossible`, netlogon, 'SealSecureChannel'],
  [`${options}domainmember_digitallysignsecurechanneldatawhenpossible`, netlogon, 'SignSecureChannel'],
  [`${options}domainmember_disablemachineaccountpasswordchanges`, netlogon, 'DisablePasswordChange'],
  [`${options}domainmember_requirestrongsessionkey`, netlogon, 'RequireStrongKey'],
  [`${options}interactivelogon_displayuserinformationwhenthesessionislocked`, system, 'DontDisplayLockedUserId'],
  [`${options}interactivelogon_donotdisplaylastsignedin`, system, 'DontDisplayLastUserName'],
  [`${options}interactivelogon_donotdisplayusernameatsignin`, system, 'DontDisplayUserName'],
  [`${options}interactivelogon_machineinactivitylimit`, system, 'InactivityTimeoutSecs'],
  [`${options}interactivelogon_machineinactivitylimit_v2`, system, 'InactivityTimeoutSecs'],
  [`${options}interactivelogon_smartcardremovalbehavior`, winlogon, 'ScRemoveOption'],
  [`${options}microsoftnetworkclient_digitallysigncommunicationsalways`, fileClient, 'RequireSecuritySignature'],
  [`${options}microsoftnetworkclient_digitallysigncommunicationsifserveragrees`, fileClient, 'EnableSecuritySignature'],
  [`${options}microsoftnetworkclient_sendunencryptedpasswordtothirdpartysmbservers`, fileClient,
    'EnablePlainTextPassword'],
  [`${options}microsoftnetworkserver_amountofidletimerequiredbeforesuspendingsession`, fileServer, 'AutoDisconnect'],
  [`${options}microsoftnetworkserver_digitallysigncommunicationsalways`, fileServer, 'RequireSecuritySignature'],
  [`${options}microsoftnetworkserver_digitallysigncommunicationsifclientagrees`, fileServer, 'EnableSecuritySignature'],
  [`${options}networkaccess_donotallowanonymousenumerationofsamaccounts`, lsa, 'RestrictAnonymousSAM'],
  [`${options}networkaccess_donotallowanonymousenumerationofsamaccountsandshares`, lsa, 'RestrictAnonymous'],
  [`${options}networkaccess_leteveryonepermissionsapplytoanonymoususers`, lsa, 'EveryoneIncludesAnonymous'],
  [`${options}networkaccess_restrictanonymousaccesstonamedpipesandshares`, fileServer, 'RestrictNullSessAccess'],
  [`${options}networksecurity_allowlocalsystemnullsessionfallback`, `${lsa}\\MSV1_0`, 'allownullsessionfallback'],
  [`${options}networksecurity_allowlocalsystemtousecomputeridentityforntlm`, lsa, 'UseMachineId'],
  [`${options}networksecurity_allowpku2uauthenticationrequests`, `${lsa}\\pku2u`, 'AllowOnlineID'],
  [`${options}networksecurity_donotstorelanmanagerhashvalueonnextpasswordchange`, lsa, 'NoLMHash'],
  [`${options}networksecurity_lanmanagerauthenticationlevel`, lsa, 'LmCompatibilityLevel'],
  [`${options}networksecurity_ldapclientsigningrequirements`, `${services}\\LDAP`, 'LDAPClientIntegrity'],
  [`${options}networksecurity_minimumsessionsecurityforntlmsspbasedclients`, `${lsa}\\MSV1_0`, 'NTLMMinClientSec'],
  [`${options}networksecurity_minimumsessionsecurityforntlmsspbasedservers`, `${lsa}\\MSV1_0`, 'NTLMMinServerSec'],
  [`${options}useraccountcontrol_allowuiaccessapplicationstopromptforelevation`, system, 'EnableUIADesktopToggle'],
  [`${options}useraccountcontrol_behavioroftheelevationpromptforadministrators`, system, 'ConsentPromptBehaviorAdmin'],
  [`${options}useraccountcontrol_behavioroftheelevationpromptforstandardusers`, system, 'ConsentPromptBehaviorUser'],
  [`${options}useraccountcontrol_detectapplicationinstallationsandpromptforelevation`, system,
    'EnableInstallerDetection'],
  [`${options}useraccountcontrol_onlyelevateuiaccessapplicationsthatareinstalledinsecurelocations`, system,
    'EnableSecureUIAPaths'],
  [`${options}useraccountcontrol_runalladministratorsinadminapprovalmode`, system, 'EnableLUA'],
  [`${options}useraccountcontrol_switchtothesecuredesktopwhenpromptingforelevation`, system, 'PromptOnSecureDesktop'],
  [`${options}useraccountcontrol_useadminapprovalmode`, system, 'FilterAdministratorToken'],
  ['applicationmanagement_msiallowusercontroloverinstall', `${policies}\\Windows\\Installer`, 'EnableUserControl'],
  ['applicationmanagement_msialwaysinstallwithelevatedprivileges', `${policies}\\Windows\\Installer`,
    'AlwaysInstallElevated'],
  ['autoplay_disallowautoplayfornonvolumedevices', `${policies}\\Windows\\Explorer`, 'NoAutoplayfornonVolume'],
  ['autoplay_setdefaultautorunbehavior_noautorun_dropdown', explorer, 'NoAutorun', { 1: '1', 2: '0' }],
  ['autoplay_turnoffautoplay_autorun_box', explorer, 'NoDriveTypeAutoRun'],
  ['connectivity_diableprintingoverhttp', `${policies}\\Windows NT\\Printers`, 'DisableHTTPPrinting'],
  ['connectivity_disabledownloadingofprintdriversoverhttp', `${policies}\\Windows NT\\Printers`,
    'DisableWebPnPDownload'],
  ['connectivity_prohibitinstallationandconfigurationofnetworkbridge', `${policies}\\Windows\\Network Connections`,
    'NC_AllowNetBridge_NLA', 'opposite'],
  ['credentialsdelegation_remotehostallowsdelegationofnonexportablecredentials',
    `${policies}\\Windows\\CredentialsDelegation`, 'AllowProtectedCreds'],
  ['credentialsui_enumerateadministrators', `${windows}\\Policies\\CredUI`, 'EnumerateAdministrators'],
  ['defender_allowarchivescanning', `${scanner}\\Scan`, 'DisableArchiveScanning', 'opposite'],
  ['defender_allowbehaviormonitoring', `${scanner}\\Real-Time Protection`, 'DisableBehaviorMonitoring', 'opposite'],
  ['defender_allowcloudprotection', `${scanner}\\Spynet`, 'SpynetReporting'],
  ['defender_allowemailscanning', `${scanner}\\Scan`, 'DisableEmailScanning', 'opposite'],
  ['defender_allowfullscanremovabledrivescanning', `${scanner}\\Scan`, 'DisableRemovableDriveScanning', 'opposite'],
  ['defender_allowioavprotection', `${scanner}\\Real-Time Protection`, 'DisableIOAVProtection', 'opposite'],
  ['defender_allowonaccessprotection', `${scanner}\\Real-Time Protection`, 'DisableOnAccessProtection', 'opposite'],
  ['defender_allowscanningnetworkfiles', `${scanner}\\Scan`, 'DisableScanningNetworkFiles', 'opposite'],
  ['defender_allowscriptscanning', `${scanner}\\Real-Time Protection`, 'DisableScriptScanning', 'opposite'],
  ['defender_enablenetworkprotection', `${scanner}\\Windows Defender Exploit Guard\\Network Protection`,
    'EnableNetworkProtection'],
  ['devicelock_preventenablinglockscreencamera', `${policies}\\Windows\\Personalization`, 'NoLockScreenCamera'],
  ['devicelock_preventlockscreenslideshow', `${policies}\\Windows\\Personalization`, 'NoLockScreenSlideshow'],
  ['eventlogservice_specifymaximumfilesizeapplicationlog_channel_logmaxsize',
    `${policies}\\Windows\\EventLog\\Application`, 'MaxSize'],
  ['eventlogservice_specifymaximumfilesizesecuritylog_channel_logmaxsize', `${policies}\\Windows\\EventLog\\Security`,
    'MaxSize'],
  ['eventlogservice_specifymaximumfilesizesystemlog_channel_logmaxsize', `${policies}\\Windows\\EventLog\\System`,
    'MaxSize'],
  ['fileexplorer_turnoffdataexecutionpreventionforexplorer', `${policies}\\Windows\\Explorer`,
    'NoDataExecutionPrevention'],
  ['fileexplorer_turnoffheapterminationoncorruption', `${policies}\\Windows\\Explorer`,
    'NoHeapTerminationOnCorruption'],
  ['lanmanworkstation_enableinsecureguestlogons', `${policies}\\Windows\\LanmanWorkstation`, 'AllowInsecureGuestAuth'],
  ['localsecurityauthority_configurelsaprotectedprocess', lsa, 'RunAsPPL'],
  ['mssecurityguide_applyuacrestrictionstolocalaccountsonnetworklogon', system, 'LocalAccountTokenFilterPolicy',
    'opposite'],
  ['mssecurityguide_configuresmbv1clientdriver_pol_secguide_smb1clientdriver', `${services}\\mrxsmb10`, 'Start'],
  ['mssecurityguide_configuresmbv1server', fileServer, 'SMB1'],
  ['mssecurityguide_enablestructuredexceptionhandlingoverwriteprotection', `${control}\\Session Manager\\kernel`,
    'DisableExceptionChainValidation', 'opposite'],
  ['mssecurityguide_wdigestauthentication', `${control}\\SecurityProviders\\WDigest`, 'UseLogonCredential'],
  ['remoteassistance_solicitedremoteassistance', remoteDesktop, 'fAllowToGetHelp'],
  ['remoteassistance_unsolicitedremoteassistance', remoteDesktop, 'fAllowUnsolicited'],
  ['remotedesktopservices_clientconnectionencryptionlevel_ts_encryption_level', remoteDesktop, 'MinEncryptionLevel'],
  ['remotedesktopservices_donotallowdriveredirection', remoteDesktop, 'fDisableCdm'],
  ['remotedesktopservices_donotallowpasswordsaving', remoteDesktop, 'DisablePasswordSaving'],
  ['remotedesktopservices_promptforpassworduponconnection', remoteDesktop, 'fPromptForPassword'],
  ['remotedesktopservices_requiresecurerpccommunication', remoteDesktop, 'fEncryptRPCTraffic'],
  ...['client', 'service'].flatMap((side): readonly Row[] => [
    [`remotemanagement_allowbasicauthentication_${side}`, `${winRm}\\${side}`, 'AllowBasic'],
    [`remotemanagement_allowunencryptedtraffic_${side}`, `${winRm}\\${side}`, 'AllowUnencryptedTraffic'],
  ]),
  ['remotemanagement_disallowdigestauthentication', `${winRm}\\Client`, 'AllowDigest', 'opposite'],
  ['remotemanagement_disallowstoringofrunascredentials', `${winRm}\\Service`, 'DisableRunAs'],
  ['smartscreen_enablesmartscreeninshell', `${policies}\\Windows\\System`, 'EnableSmartScreen'],
  ['admx_microsoftdefenderantivirus_signatureupdate_assignaturedue_signatureupdate_assignaturedue',
    `${scanner}\\Signature Updates`, 'ASSignatureDue'],
  ['admx_microsoftdefenderantivirus_signatureupdate_avsignaturedue_signatureupdate_avsignaturedue',
    `${scanner}\\Signature Updates`, 'AVSignatureDue'],
  ['admx_microsoftdefenderantivirus_signatureupdate_scheduleday_signatureupdate_scheduleday',
    `${scanner}\\Signature Updates`, 'ScheduleDay'],
  ['system_bootstartdriverinitialization_selectdriverloadpolicy',
    'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\EarlyLaunch', 'DriverLoadPolicy'],
  ['windowsconnectionmanager_prohitconnectiontonondomainnetworkswhenconnectedtodomainauthenticatednetwork',
    `${policies}\\Windows\\WcmSvc\\GroupPolicy`, 'fBlockNonDomain'],
  ['windowslogon_allowautomaticrestartsignon', system, 'DisableAutomaticRestartSignOn', 'opposite'],
  ['windowslogon_enumeratelocalusersondomainjoinedcomputers', `${policies}\\Windows\\System`, 'EnumerateLocalUsers'],
  ['windowspowershell_turnonpowershellscriptblocklogging', `${policies}\\Windows\\PowerShell\\ScriptBlockLogging`,
    'EnableScriptBlockLogging'],
];

/** Settings of services of their own: the firewall, BitLocker. Whether a firewall is on is read elsewhere. */
const ownRows: readonly Row[] = [
  ...['Domain', 'Private', 'Public'].flatMap((name): readonly Row[] => {
    const [id, key] = [`vendor_msft_firewall_mdmstore_${name.toLowerCase()}profile_`,
      `${policies}\\WindowsFirewall\\${name}Profile`];
    return [
      [`${id}defaultinboundaction`, key, 'DefaultInboundAction'],
      [`${id}allowlocalpolicymerge`, key, 'AllowLocalPolicyMerge'],
      [`${id}allowlocalipsecpolicymerge`, key, 'AllowLocalIPsecPolicyMerge'],
      [`${id}enablelogdroppedpackets`, `${key}\\Logging`, 'LogDroppedPackets'],
      [`${id}enablelogsuccessconnections`, `${key}\\Logging`, 'LogSuccessfulConnections'],
      [`${id}logmaxfilesize`, `${key}\\Logging`, 'LogFileSize'],
    ];
  }),
  ['device_vendor_msft_bitlocker_fixeddrivesrequireencryption',
    'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FVE', 'FDVDenyWriteAccess'],
  ['device_vendor_msft_bitlocker_removabledrivesrequireencryption',
    'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\Microsoft\\FVE', 'RDVDenyWriteAccess'],
];

/** Every row under the value of the registry it speaks of. */
const byValue: ReadonlyMap<string, readonly Row[]> = (() => {
  const found = new Map<string, Row[]>();
  for (const [id, key, name, spelling] of [...ownRows, ...policyRows.map(([id, ...rest]): Row =>
    [`device_vendor_msft_policy_config_${id}`, ...rest])]) {
    const at = foldedKey(`${key}\\${name}`);
    found.set(at, [...(found.get(at) ?? []), [id, key, name, spelling ?? 'same']]);
  }
  return found;
})();

/**
 * Where policies keep their values: there a setting of the catalog that is called like the value is the same policy.
 */
const ofPolicies = /\\policies\\|\\policymanager\\/;
const device = /^(?:device|user)_vendor_msft_policy_config_[a-z0-9]+_([a-z0-9]+)$/;

/** What is read of the catalog by its own name already. */
const readByName = new Set(['AllowAllTrustedApps']);

const nothing: Slot = { span: { start: 0, end: 0 }, write: () => [] };
const words: Readonly<Record<string, string>> = table({ true: '1', false: '0' });
const opposite: Readonly<Record<string, string>> = table({ 0: '1', 1: '0', true: '0', false: '1' });

/** What the settings catalog states, as the registry of the devices it reaches. */
export const registriesOf = oncePer((tree: Json): readonly Registry[] =>
  resources(tree).flatMap((resource): readonly Registry[] => {
  if (resource.type !== 'settings catalog') return [];
  const settings = chosen({ tree }, resource);
  const named = new Map<string, Chosen>();
  for (const said of settings.values()) {
    const name = device.exec(said.id)?.[1];
    if (name !== undefined) named.set(name, said);
  }
  if (![...settings.keys()].some((id) => /^(?:device_|user_)?vendor_msft_/.test(id))) return [];
  return [{
    value: (key, name) => {
      const at = foldedKey(`${key}\\${name}`);
      for (const [id, , , spelling] of byValue.get(at) ?? []) {
        const said = settings.get(id);
        if (said) return slotOf(said, spelling!);
      }
      const same = ofPolicies.test(at) && !readByName.has(name) ? named.get(name.toLowerCase()) : undefined;
      return same ? slotOf(same, 'same') : nothing;
    },
    under: () => [],
  }];
}));

/** A setting as a value of the registry: the end of its choice, or its number. */
function slotOf({ id, value, span, write }: Chosen, spelling: Spelling): Slot {
  const text = String(value.value);
  const ending = value.type === 'string' && text.startsWith(`${id}_`) ? text.slice(id.length + 1) : text;
  // Not configured, as the policies of Windows number it.
  if (ending === '65535') return nothing;
  const raw = spelling === 'same' ? words[ending] ?? ending : spelling === 'opposite' ? opposite[ending] ?? ending
    : spelling[ending] ?? ending;
  const back = (wanted: string) => {
    if (spelling !== 'same' && spelling !== 'opposite') return Object.entries(spelling).find(([, one]) =>
      one === wanted)?.[0] ?? wanted;
    const said = spelling === 'opposite' ? opposite[wanted] ?? wanted : wanted;
    return ending === 'true' || ending === 'false' ? (said === '1' ? 'true' : 'false') : said;
  };
  return { span, raw, write: (wanted) => (wanted === raw ? [] : write(value.type === 'string' ? JSON.stringify(`${id}_${back(wanted)}`) : back(wanted))) };
}
