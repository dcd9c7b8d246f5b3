/**
 * What the values of the Windows registry mean for programs: which run, where they come from, and whether they become
 * administrators.
 */
import { translate } from '#engine/setting.js';
import { control, explorer, policies, services, system } from './windows-keys.js';
import type { Registry } from './windows-registry.js';
import { factOf, off, on, switched, switches, type Switch } from './windows-switches.js';

const officeApps = [['word', 'Microsoft Word'], ['excel', 'Microsoft Excel'], ['powerpoint', 'Microsoft PowerPoint'],
  ['access', 'Microsoft Access'], ['outlook', 'Microsoft Outlook']] as const;

/** Which programs run and where they come from. */
export function softwareOf(registry: Registry) {
  const update = `${policies}\\Windows\\WindowsUpdate`;
  const macros = ['14.0', '15.0', '16.0'].flatMap((version) => officeApps.map(([app, label]): Switch => ({
    label: `${label}, in its macros,`,
      key: `HKCU\\Software\\Policies\\Microsoft\\Office\\${version}\\${app}\\Security`, name: 'VBAWarnings', yes: ['3',
        '2', '4'], no: ['1'],
  })));
  return [
    // Whether a regulated device takes updates by itself is for its manufacturer to say, so no fix switches them on.
    ...switches(registry, 'updated', [
      { label: 'Windows', key: `${update}\\AU`, name: 'NoAutoUpdate', yes: ['0'], no: ['1'], byHand: true },
      { label: 'Windows', key: update, name: 'DisableWindowsUpdateAccess', yes: ['0'], no: ['1'], byHand: true },
      { label: 'Windows', key: `${services}\\wuauserv`, name: 'Start', yes: ['3', '2'], no: ['4'], byHand: true },
    ]),
    ...switches(registry, 'unknownSources', [
      { label: 'Windows, without SmartScreen,', key: `${policies}\\Windows\\System`, name: 'EnableSmartScreen',
        yes: ['0'], no: ['1', '2'] },
      { label: 'Windows', key: `${policies}\\Windows\\Appx`, name: 'AllowAllTrustedApps', yes: ['1'], no: ['0'] },
      ...['HKLM', 'HKCU'].map((hive) => on('Microsoft Edge, without SmartScreen,',
        `${hive}\\SOFTWARE\\Policies\\Microsoft\\Edge`, 'SmartScreenEnabled', { yes: ['0'], no: ['1'] })),
      off('Windows, with drivers of printers from the Web,', `${policies}\\Windows NT\\Printers`,
        'DisableWebPnPDownload'),
      off('Windows, with what feeds bring along,', `${policies}\\Internet Explorer\\Feeds`, 'DisableEnclosureDownload'),
      // 1 forgets which zone an attachment came from, 2 keeps it, so that SmartScreen and Office know.
      ...['HKCU', 'HKLM'].map((hive): Switch =>
        ({ label: 'Windows, which forgets where a file came from (SaveZoneInformation),',
          key: `${hive}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\Attachments`,
            name: 'SaveZoneInformation', yes: ['1'], no: ['2'] })),
    ]),
    ...switches(registry, 'signed', [
      { label: 'PowerShell', key: `${policies}\\Windows\\PowerShell`, name: 'ExecutionPolicy', type: 'text',
        yes: ['RemoteSigned', 'AllSigned', 'Restricted'], no: ['Unrestricted', 'Bypass'] },
      { label: 'PowerShell', key: 'HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds\\Microsoft.PowerShell',
        name: 'ExecutionPolicy', type: 'text', yes: ['RemoteSigned', 'AllSigned', 'Restricted'], no: ['Unrestricted',
          'Bypass'] },
      ...macros,
      // Early launch: 1 good, 3 good and unknown, 8 good alone with those needed to start, 7 all.
      { label: 'Windows, when it starts (DriverLoadPolicy),',
        key: 'HKLM\\SYSTEM\\CurrentControlSet\\Policies\\EarlyLaunch', name: 'DriverLoadPolicy', yes: ['3', '1', '8'],
          no: ['7'] },
    ]),
    ...switches(registry, 'allowList', [
      { label: 'The software restriction policy', key: `${policies}\\Windows\\safer\\codeidentifiers`,
        name: 'DefaultLevel', yes: ['0'], no: ['262144'],
          caution: 'Programs that no rule of the policy allows stop at once, clinical ones included.' },
      ...['Exe', 'Script', 'Msi', 'Dll', 'Appx'].map((kind): Switch => ({ label: `AppLocker (${kind})`,
        key: `${policies}\\Windows\\SrpV2\\${kind}`, name: 'EnforcementMode', yes: ['1'], no: ['0'] })),
    ]),
    ...switches(registry, 'debug', [{ label: 'Windows', key: `${policies}\\Windows\\Appx`,
      name: 'AllowDevelopmentWithoutDevLicense', yes: ['1'], no: ['0'] }]),
  ];
}

/** What keeps programs from becoming administrators unasked. */
export function privilegesOf(registry: Registry) {
  const guards = memoryGuards(registry);
  return [...guards, ...switches(registry, 'escalation', [
    { label: 'A program that an administrator starts (EnableLUA)', key: system, name: 'EnableLUA', yes: ['0'],
      no: ['1'],
        caution: 'It takes effect after a restart; programs that write to their own folder may need rights there.' },
    { label: 'A program that an administrator starts (ConsentPromptBehaviorAdmin)', key: system,
      name: 'ConsentPromptBehaviorAdmin', yes: ['0'], no: ['2', '1', '3', '4', '5'] },
    { label: 'A program that the built-in administrator starts (FilterAdministratorToken)', key: system,
      name: 'FilterAdministratorToken', yes: ['0'], no: ['1'] },
    { label: 'A program that asks without the secure desktop (PromptOnSecureDesktop)', key: system,
      name: 'PromptOnSecureDesktop', yes: ['0'], no: ['1'], caution: 'Remote assistance cannot see the prompt then.' },
    { label: 'A local account that comes over the network (LocalAccountTokenFilterPolicy)', key: system,
      name: 'LocalAccountTokenFilterPolicy', yes: ['1'], no: ['0'],
        caution: 'Remote administration with local accounts stops: use domain accounts.' },
    ...['HKLM', 'HKCU'].map((hive): Switch => ({ label: 'An installation package (AlwaysInstallElevated)',
      key: `${hive}\\SOFTWARE\\Policies\\Microsoft\\Windows\\Installer`, name: 'AlwaysInstallElevated', yes: ['1'],
        no: ['0'] })),
    on('An installation package, by what the person chooses (EnableUserControl),', installer, 'EnableUserControl'),
    on('An installation package that a web page starts (SafeForScripting)', installer, 'SafeForScripting'),
    on('A repair of an installed program (DisableLUAInRepair)', installer, 'DisableLUAInRepair'),
    // 0 refuses, as Microsoft's security baseline asks; 1 and 3 ask for the password of an administrator.
    { label: 'A program that somebody without rights starts (ConsentPromptBehaviorUser)', key: system,
      name: 'ConsentPromptBehaviorUser', yes: ['1', '3'], no: ['0'],
        caution: 'Help desks that type the password of an administrator in the session of the person need another way.' },
    on('A program that helps with the screen, past the secure desktop (EnableUIADesktopToggle),', system,
      'EnableUIADesktopToggle'),
    off('A program that helps with the screen, from any folder (EnableSecureUIAPaths),', system,
      'EnableSecureUIAPaths'),
    off('An installation that asks nobody (EnableInstallerDetection)', system, 'EnableInstallerDetection'),
    off('A program, through the shared objects of Windows (ProtectionMode),', `${control}\\Session Manager`,
      'ProtectionMode'),
    ...['batfile', 'cmdfile', 'exefile', 'mscfile'].map((kind): Switch =>
      ({ label: `A program that is started as another person (${kind})`,
        key: `HKLM\\SOFTWARE\\Classes\\${kind}\\shell\\runasuser`, name: 'SuppressionPolicy', yes: ['0'],
          no: ['4096'] })),
    on('A printer driver that is installed (NoWarningNoElevationOnInstall)', pointAndPrint,
      'NoWarningNoElevationOnInstall', { caution: drivers }),
    { label: 'A printer driver that is renewed (UpdatePromptSettings)', key: pointAndPrint,
      name: 'UpdatePromptSettings', yes: ['1', '2'], no: ['0'], caution: drivers },
    off('A printer driver that anybody installs (RestrictDriverInstallationToAdministrators)', pointAndPrint,
      'RestrictDriverInstallationToAdministrators', { caution: drivers }),
  ])];
}

const installer = `${policies}\\Windows\\Installer`;
const pointAndPrint = `${policies}\\Windows NT\\Printers\\PointAndPrint`;
const drivers = 'People can no longer add a printer whose driver the computer does not have: give it to them by policy.';

/** What keeps a broken program from harming the rest: a value of 1 switches a guard off. */
function memoryGuards(registry: Registry) {
  const rows = [
    [`${policies}\\Windows\\Explorer`, 'NoDataExecutionPrevention', 'data execution prevention of the file explorer'],
    [`${policies}\\Windows\\Explorer`, 'NoHeapTerminationOnCorruption',
      'the stop of the file explorer on corrupted memory'],
    [explorer, 'PreXPSP2ShellProtocolBehavior', 'the protected mode of addresses that open folders'],
    [`${control}\\Session Manager\\kernel`, 'DisableExceptionChainValidation',
      'the protection of exception handlers (SEHOP)'],
  ] as const;
  return rows.flatMap(([key, name, what]) => {
    const without = switched(registry, on('Windows', key, name));
    return factOf('Windows', 'unconfined', without && translate(without, (so): readonly string[] => (so ? [what] : []),
      (wanted) => wanted.length > 0));
  });
}
