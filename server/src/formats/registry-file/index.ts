import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Disclosure } from '#concepts/disclosure.js';
import { Firewall } from '#concepts/firewall.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { Opening } from '#concepts/opening.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Port } from '#concepts/port.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { parseReg, type RegFile } from '#notations/reg.js';
import { channelsOf } from '#notations/windows-channels.js';
import {
  auditTrailsOf, disclosuresOf, firewallsOf, loginsOf, malwareOf, openingsOf, passwordPoliciesOf, portsOf, privilegesOf, sessionsOf, softwareOf, storesOf,
} from '#notations/windows-policies.js';
import { secrets } from './secrets.js';

/** Keys that decide security. A file of file types, games or fonts has none of them and is left alone. */
const keys = new RegExp([
  String.raw`\\(?:Policies|PolicyManager|CapabilityAccessManager|Windows Defender|Internet Settings)[\\\]]`,
  String.raw`\\Control\\(?:Lsa|SecurityProviders|Terminal Server|Remote Assistance|Session Manager|BitLocker|StorageDevicePolicies)\b`,
  String.raw`\\Services\\(?:LanManServer|LanmanWorkstation|Netlogon|LDAP|NTDS|Kdc|Netbt|Tcpip6?|Dnscache|USBSTOR|SNMP|TlntSvr|FTPSVC|MSFTPSVC|TFTPD|EventLog|MpsSvc`
    + String.raw`|WinDefend|wuauserv|mrxsmb10|SharedAccess)\b`,
  String.raw`Winlogon\]|\\Control Panel\\Desktop\]|\\PowerShell\\1\\ShellIds|\\WcmSvc\\wifinetworkmanager|file\\shell\\runasuser\]`,
  String.raw`(?:Tight|Real|Tiger|Ultra)VNC|ORL\\WinVNC3`,
  String.raw`"[^"\n]{0,60}(?:password|passwd|pwd)"="`,
].join('|'), 'i');

export default format<RegFile>({
  title: 'Windows registry file',
  files: [{ named: ['**/*.reg'], saying: (head) => /^[\ufeff\s]*(?:Windows Registry Editor Version 5\.00|REGEDIT4)/.test(head.slice(0, 200)) && keys.test(head) }],
  parse: (text) => parseReg(text),
  comments: (file) => file.comments,
  comment: (text) => `; ${text}`,
  devicePolicy: true,
  facts: [
    lowering(PasswordPolicy, (file) => passwordPoliciesOf(file)),
    lowering(Login, (file) => loginsOf(file)),
    lowering(AuditTrail, (file) => auditTrailsOf(file)),
    lowering(Session, (file) => sessionsOf(file)),
    lowering(Disclosure, (file) => disclosuresOf(file)),
    lowering(Privilege, (file) => privilegesOf(file)),
    lowering(Channel, (file) => channelsOf(file)),
    lowering(Software, (file) => softwareOf(file)),
    lowering(Malware, (file) => malwareOf(file)),
    lowering(Firewall, (file) => firewallsOf(file)),
    lowering(Opening, (file) => openingsOf(file)),
    lowering(Port, (file) => portsOf(file)),
    lowering(Store, (file) => storesOf(file)),
    lowering(Secret, (file) => secrets(file)),
  ],
});
