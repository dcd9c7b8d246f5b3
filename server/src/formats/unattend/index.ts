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
  auditTrails, exclusions, firewalls as firewallsOfCommands, lockout, logins as loginsOfCommands, malware, openings,
    passwordPolicy, software, stores,
} from '#notations/windows-command-facts.js';
import {
  auditTrailsOf, disclosuresOf, firewallsOf, loginsOf, malwareOf, openingsOf, passwordPoliciesOf, portsOf,
    privilegesOf, sessionsOf, softwareOf,
  storesOf,
} from '#notations/windows-policies.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { commandsOfSetup, registryOfSetup } from './commands.js';
import { escalation, firewalls, logins, remoteDesktops, scanner, updates } from './components.js';
import { secrets, secretsOfCommands, secretsOfComments } from './secrets.js';

export default format<Xml>({
  title: 'Windows answer file',
  files: [{ named: ['**/*.xml'], saying: /<unattend[\s>][^>]{0,300}urn:schemas-microsoft-com:unattend/ }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Secret, (file) => [...secrets(file), ...secretsOfCommands(file), ...secretsOfComments(file)]),
    lowering(PasswordPolicy, (file) => [...passwordPolicy(commandsOfSetup(file)),
      ...passwordPoliciesOf(registryOfSetup(file))]),
    lowering(Lockout, (file) => lockout(commandsOfSetup(file))),
    lowering(Login, (file) =>
      [...logins(file), ...remoteDesktops(file), ...loginsOfCommands(commandsOfSetup(file)),
        ...loginsOf(registryOfSetup(file))]),
    lowering(Firewall, (file) => [...firewalls(file), ...firewallsOfCommands(commandsOfSetup(file)),
      ...firewallsOf(registryOfSetup(file))]),
    lowering(Opening, (file) => [...openings(commandsOfSetup(file)), ...openingsOf(registryOfSetup(file))]),
    lowering(Privilege, (file) => [...escalation(file), ...privilegesOf(registryOfSetup(file))]),
    lowering(Software, (file) => [...updates(file), ...software(commandsOfSetup(file)),
      ...softwareOf(registryOfSetup(file))]),
    lowering(Malware, (file) =>
      [...scanner(file), ...malware(commandsOfSetup(file)), ...exclusions(commandsOfSetup(file)),
        ...malwareOf(registryOfSetup(file))]),
    lowering(AuditTrail, (file) => [...auditTrails(commandsOfSetup(file)), ...auditTrailsOf(registryOfSetup(file))]),
    lowering(Channel, (file) => channelsOf(registryOfSetup(file))),
    lowering(Session, (file) => sessionsOf(registryOfSetup(file))),
    lowering(Disclosure, (file) => disclosuresOf(registryOfSetup(file))),
    lowering(Port, (file) => portsOf(registryOfSetup(file))),
    lowering(Store, (file) => [...stores(commandsOfSetup(file)), ...storesOf(registryOfSetup(file))]),
  ],
});
