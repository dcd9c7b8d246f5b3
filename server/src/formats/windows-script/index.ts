import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Disclosure } from '#concepts/disclosure.js';
import { Firewall } from '#concepts/firewall.js';
import { Lockout } from '#concepts/lockout.js';
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
import { channelsOf } from '#notations/windows-channels.js';
import {
  auditTrails, exclusions, firewalls, lockout, logins, malware, openings, passwordPolicy, software, stores,
} from '#notations/windows-command-facts.js';
import { registryOf } from '#notations/windows-command-registry.js';
import { parseCommands, type Commands } from '#notations/windows-commands.js';
import {
  auditTrailsOf, disclosuresOf, firewallsOf, loginsOf, malwareOf, openingsOf, passwordPoliciesOf, portsOf, privilegesOf, sessionsOf, softwareOf, storesOf,
} from '#notations/windows-policies.js';
import type { Registry } from '#notations/windows-registry.js';
import { secrets, writtenSecrets } from './secrets.js';

/** A script with what it leaves in the registry. */
export interface Script extends Commands {
  readonly registry: Registry;
}

/** Commands that decide security, or write to the registry. */
const commands = /\b(?:reg(?:\.exe)?[ \t]+add[ \t]|(?:Set|New)-ItemProperty\b|netsh(?:\.exe)?[ \t]+advfirewall\b|Set-NetFirewallProfile\b|New-NetFirewallRule\b|(?:Set|Add)-MpPreference\b|net1?(?:\.exe)?[ \t]+(?:accounts|user|use)\b|auditpol(?:\.exe)?[ \t]+\/set|Set-Smb(?:Server|Client)Configuration\b|ConvertTo-SecureString\b|Disable-BitLocker\b|manage-bde\b|Set-ExecutionPolicy\b|cmdkey\b|sc(?:\.exe)?[ \t]+config\b|Set-Service\b|WSMan:|winrm(?:\.cmd)?[ \t]+set\b)/i;

export default format<Script>({
  title: 'Windows script',
  files: [{ named: ['**/*.ps1', '**/*.bat', '**/*.cmd'], saying: commands }],
  parse: (text) => {
    const file = parseCommands(text);
    return { ...file, registry: registryOf(file) };
  },
  // No single mark begins a comment in both languages, so none is offered to write.
  comments: (file) => file.comments,
  facts: [
    lowering(PasswordPolicy, (file) => [...passwordPolicy(file), ...passwordPoliciesOf(file.registry)]),
    lowering(Lockout, (file) => lockout(file)),
    lowering(Login, (file) => [...logins(file), ...loginsOf(file.registry)]),
    lowering(AuditTrail, (file) => [...auditTrails(file), ...auditTrailsOf(file.registry)]),
    lowering(Session, (file) => sessionsOf(file.registry)),
    lowering(Disclosure, (file) => disclosuresOf(file.registry)),
    lowering(Privilege, (file) => privilegesOf(file.registry)),
    lowering(Channel, (file) => channelsOf(file.registry)),
    lowering(Software, (file) => [...software(file), ...softwareOf(file.registry)]),
    lowering(Malware, (file) => [...malware(file), ...exclusions(file), ...malwareOf(file.registry)]),
    lowering(Firewall, (file) => [...firewalls(file), ...firewallsOf(file.registry)]),
    lowering(Opening, (file) => [...openings(file), ...openingsOf(file.registry)]),
    lowering(Port, (file) => portsOf(file.registry)),
    lowering(Store, (file) => [...stores(file), ...storesOf(file.registry)]),
    lowering(Secret, (file) => [...secrets(file), ...writtenSecrets(file)]),
  ],
});
