/** Keys of the registry under which Windows and its policies keep what decides security. */
export const windows = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
export const policies = 'HKLM\\SOFTWARE\\Policies\\Microsoft';
export const personal = 'HKCU\\SOFTWARE\\Policies\\Microsoft';
export const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
export const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
export const system = `${windows}\\Policies\\System`;
export const explorer = `${windows}\\Policies\\Explorer`;
export const lsa = `${control}\\Lsa`;
export const winlogon = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon';
export const fileServer = `${services}\\LanManServer\\Parameters`;
export const fileClient = `${services}\\LanmanWorkstation\\Parameters`;
export const netlogon = `${services}\\Netlogon\\Parameters`;
/** Where Remote Desktop keeps its settings: the policy, and the settings of the machine. */
export const terminals = [`${policies}\\Windows NT\\Terminal Services`,
  `${control}\\Terminal Server\\WinStations\\RDP-Tcp`] as const;
/** Where Microsoft Defender keeps its settings: the policy, and the settings of the machine. */
export const defender = [`${policies}\\Windows Defender`, 'HKLM\\SOFTWARE\\Microsoft\\Windows Defender'] as const;
