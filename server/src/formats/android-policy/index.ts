import { Channel } from '#concepts/channel.js';
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
import { channels, logins, malware, ports, secrets, software, stores } from './device.js';
import { lockouts, passwordPolicies, sessions } from './passcode.js';

/** Words of the API with their values: a description of the API has the names, but not the values. */
const signs: readonly RegExp[] = [
  /"passwordQuality"\s*:\s*"(?:COMPLEXITY_|NUMERIC|ALPHA|COMPLEX|SOMETHING|BIOMETRIC_|PASSWORD_QUALITY_)/,
  /"playStoreMode"\s*:\s*"(?:WHITELIST|BLACKLIST|PLAY_STORE_MODE_UNSPECIFIED)"/,
  /"installType"\s*:\s*"(?:FORCE_INSTALLED|KIOSK|PREINSTALLED|AVAILABLE|BLOCKED|REQUIRED_FOR_SETUP)"/,
  /"untrustedAppsPolicy"\s*:\s*"/, /"developerSettings"\s*:\s*"DEVELOPER_SETTINGS_/, /"usbDataAccess"\s*:\s*"(?:ALLOW_|DISALLOW_|USB_)/, /"googlePlayProtectVerifyApps"\s*:\s*"/,
  /"maximumTimeToLock"\s*:\s*"?\d/, /"encryptionPolicy"\s*:\s*"(?:ENABLED_WITH|ENCRYPTION_POLICY_)/, /"keyguardDisabled(?:Features)?"\s*:\s*(?:\[|true|false)/,
  /"advancedSecurityOverrides"\s*:\s*\{/, /"openNetworkConfiguration"\s*:\s*\{/, /"passwordPolicies"\s*:\s*\[/, /"name"\s*:\s*"enterprises\/[^"]{1,100}\/policies\//,
  /"mountPhysicalMediaDisabled"\s*:\s*(?:true|false)/, /"usbFileTransferDisabled"\s*:\s*(?:true|false)/, /"appAutoUpdatePolicy"\s*:\s*"/, /"alwaysOnVpnPackage"\s*:\s*\{/,
  /"crossProfilePolicies"\s*:\s*\{/, /"minimumWifiSecurityLevel"\s*:\s*"/, /"statusReportingSettings"\s*:\s*\{/,
];

const says = (least: number) => (head: string) => !/"discoveryVersion"|"\$schema"|"\$ref"/.test(head) && signs.filter((sign) => sign.test(head)).length >= least;

export default format<Json>({
  title: 'Android Management API policy',
  files: [
    { named: ['**/policy*.json', '**/*policy.json', '**/enterprises_*.json', '**/android*.json'], saying: says(1) },
    { named: ['**/*.json'], saying: says(2) },
  ],
  devicePolicy: true,
  parse: (text) => parseJson(text),
  comments: () => [],
  facts: [
    lowering(PasswordPolicy, (file) => passwordPolicies(file)),
    lowering(Lockout, (file) => lockouts(file)),
    lowering(Session, (file) => sessions(file)),
    lowering(Store, (file) => stores(file)),
    lowering(Software, (file) => software(file)),
    lowering(Malware, (file) => malware(file)),
    lowering(Port, (file) => ports(file)),
    lowering(Channel, (file) => channels(file)),
    lowering(Login, (file) => logins(file)),
    lowering(Secret, (file) => secrets(file)),
  ],
});
