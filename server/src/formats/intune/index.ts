import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Firewall } from '#concepts/firewall.js';
import { Lockout } from '#concepts/lockout.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Port } from '#concepts/port.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { parseJson, type Json } from '#notations/json.js';
import { backups, channels, firewalls, logins, malware, ports, secrets, software, stores } from './device.js';
import { lockouts, passwordPolicies, sessions } from './passcode.js';

/** Resources of Graph that are policies of Intune; many others end in Configuration too. */
const policy = /"@odata\.type"\s*:\s*"#microsoft\.graph\.(?:(?:windows|ios|macOS|android|aosp)\w{0,60}(?:CompliancePolicy|GeneralConfiguration|GeneralDeviceConfiguration|W[iI]-?[fF]iConfiguration|EndpointProtectionConfiguration)|windowsUpdateForBusinessConfiguration)"/;
const catalog = /"settingDefinitionId"\s*:\s*"/;

export default format<Json>({
  title: 'Microsoft Intune policy',
  files: [{ named: ['**/*.json'], saying: (head) => policy.test(head) || (catalog.test(head) && /"(?:choiceSettingValue|simpleSettingValue|settingInstance)"\s*:/.test(head) && /"settings"\s*:\s*\[/.test(head)) }],
  devicePolicy: true,
  parse: (text) => parseJson(text),
  comments: () => [],
  facts: [
    lowering(PasswordPolicy, (_file, analysis) => passwordPolicies(analysis)),
    lowering(Lockout, (_file, analysis) => lockouts(analysis)),
    lowering(Session, (_file, analysis) => sessions(analysis)),
    lowering(Store, (_file, analysis) => stores(analysis)),
    lowering(Backup, (_file, analysis) => backups(analysis)),
    lowering(Software, (_file, analysis) => software(analysis)),
    lowering(Malware, (_file, analysis) => malware(analysis)),
    lowering(Firewall, (_file, analysis) => firewalls(analysis)),
    lowering(Port, (_file, analysis) => ports(analysis)),
    lowering(Channel, (_file, analysis) => channels(analysis)),
    lowering(Login, (_file, analysis) => logins(analysis)),
    lowering(Secret, (_file, analysis) => secrets(analysis)),
  ],
});
