import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Disclosure } from '#concepts/disclosure.js';
import { Firewall } from '#concepts/firewall.js';
import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Port } from '#concepts/port.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import type { Analysis } from '#engine/analysis.js';
import { format, lowering } from '#engine/format.js';
import { parseJson, type Json } from '#notations/json.js';
import { channelsOf } from '#notations/windows-channels.js';
import {
  auditTrailsOf, disclosuresOf, firewallsOf, loginsOf, malwareOf, passwordPoliciesOf, portsOf, privilegesOf,
    sessionsOf, softwareOf, storesOf,
} from '#notations/windows-policies.js';
import type { Registry } from '#notations/windows-registry.js';
import { backups, channels, firewalls, logins, malware, ports, secrets, software, stores } from './device.js';
import { lockouts, passwordPolicies, sessions } from './passcode.js';
import { registriesOf } from './policy-registry.js';

/** Resources of Graph that are policies of Intune; many others end in Configuration too. */
const policy = /"@odata\.type"\s*:\s*"#microsoft\.graph\.(?:(?:windows|ios|macOS|android|aosp)\w{0,60}(?:CompliancePolicy|GeneralConfiguration|GeneralDeviceConfiguration|W[iI]-?[fF]iConfiguration|EndpointProtectionConfiguration)|windowsUpdateForBusinessConfiguration)"/;
const catalog = /"settingDefinitionId"\s*:\s*"/;

/** What the settings catalog states of the registry of Windows, as every file of Windows does. */
const ofCatalog = <F>(analysis: Analysis<Json>, read: (registry: Registry) => readonly F[]): readonly F[] =>
  registriesOf(analysis.tree).flatMap((registry) => read(registry));

export default format<Json>({
  title: 'Microsoft Intune policy',
  files: [{ named: ['**/*.json'], saying: (head) => policy.test(head) || (catalog.test(head)
    && /"(?:choiceSettingValue|simpleSettingValue|settingInstance)"\s*:/.test(head)
      && /"settings"\s*:\s*\[/.test(head)) }],
  devicePolicy: true,
  parse: (text) => parseJson(text),
  comments: () => [],
  facts: [
    lowering(PasswordPolicy, (_file, analysis) => [...passwordPolicies(analysis), ...ofCatalog(analysis,
      passwordPoliciesOf)]),
    lowering(Lockout, (_file, analysis) => lockouts(analysis)),
    lowering(Session, (_file, analysis) => [...sessions(analysis), ...ofCatalog(analysis, sessionsOf)]),
    lowering(Store, (_file, analysis) => [...stores(analysis), ...ofCatalog(analysis, storesOf)]),
    lowering(Backup, (_file, analysis) => backups(analysis)),
    lowering(Software, (_file, analysis) => [...software(analysis), ...ofCatalog(analysis, softwareOf)]),
    lowering(Malware, (_file, analysis) => [...malware(analysis), ...ofCatalog(analysis, malwareOf)]),
    lowering(Firewall, (_file, analysis) => [...firewalls(analysis), ...ofCatalog(analysis, firewallsOf)]),
    lowering(Port, (_file, analysis) => [...ports(analysis), ...ofCatalog(analysis, portsOf)]),
    lowering(Channel, (_file, analysis) => [...channels(analysis), ...ofCatalog(analysis, channelsOf)]),
    lowering(Login, (_file, analysis) => [...logins(analysis), ...ofCatalog(analysis, loginsOf)]),
    lowering(Privilege, (_file, analysis) => ofCatalog(analysis, privilegesOf)),
    lowering(AuditTrail, (_file, analysis) => ofCatalog(analysis, auditTrailsOf)),
    lowering(Disclosure, (_file, analysis) => ofCatalog(analysis, disclosuresOf)),
    lowering(Secret, (_file, analysis) => secrets(analysis)),
  ],
});
