import { Backup } from '#concepts/backup.js';
import { Channel } from '#concepts/channel.js';
import { Disclosure } from '#concepts/disclosure.js';
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
import { Tunnel } from '#concepts/tunnel.js';
import { format, lowering } from '#engine/format.js';
import { backups, firewalls, macLogins, malware, portsOf, secrets, software, stores } from './device.js';
import { disclosures } from './disclosures.js';
import { channels, networkLogins } from './networks.js';
import { lockouts, passcodePolicies, sessions } from './passcode.js';
import { parseProfile, type Profile } from './payloads.js';
import { channelsOfDevice, deviceLogins, deviceSessions, nearby, networksOfMac, programs, storesOfDevice, timeMachine } from './stated.js';
import { tunnels } from './tunnels.js';

/** What no other property list has: payloads with a type each. */
const isProfile = (head: string) => /<plist[\s>]/.test(head) && /<key>\s*PayloadType\s*<\/key>/.test(head) && /<key>\s*Payload(?:Content|UUID|Identifier)\s*<\/key>/.test(head);

export default format<Profile>({
  title: 'Apple configuration profile',
  files: ['**/*.mobileconfig', { named: ['**/*.plist'], saying: isProfile }],
  devicePolicy: true,
  parse: (text) => parseProfile(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text.replace(/--+/g, '-')} -->`,
  facts: [
    lowering(PasswordPolicy, (_file, analysis) => passcodePolicies(analysis)),
    lowering(Lockout, (file) => lockouts(file)),
    lowering(Session, (file, analysis) => [...sessions(file), ...deviceSessions(analysis)]),
    lowering(Disclosure, (_file, analysis) => disclosures(analysis)),
    lowering(Store, (file, analysis) => [...stores(file), ...storesOfDevice(analysis)]),
    lowering(Backup, (_file, analysis) => [...backups(analysis), ...timeMachine(analysis)]),
    lowering(Software, (_file, analysis) => [...software(analysis), ...programs(analysis)]),
    lowering(Malware, (file) => malware(file)),
    lowering(Firewall, (file, analysis) => [...firewalls(file), ...networksOfMac(analysis)]),
    lowering(Port, (_file, analysis) => [...portsOf(analysis), ...nearby(analysis)]),
    lowering(Channel, (file, analysis) => [...channels(file), ...channelsOfDevice(analysis)]),
    lowering(Login, (file, analysis) => [...networkLogins(file), ...macLogins(file), ...deviceLogins(analysis)]),
    lowering(Tunnel, (file) => tunnels(file)),
    lowering(Secret, (file) => secrets(file)),
  ],
});
