import { Channel } from '#concepts/channel.js';
import { Disclosure } from '#concepts/disclosure.js';
import { Firewall } from '#concepts/firewall.js';
import { Login } from '#concepts/login.js';
import { Malware } from '#concepts/malware.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { Software } from '#concepts/software.js';
import { Store } from '#concepts/store.js';
import { format, lowering } from '#engine/format.js';
import { channelsOf } from '#notations/windows-channels.js';
import {
  disclosuresOf, firewallsOf, loginsOf, malwareOf, privilegesOf, sessionsOf, softwareOf, storesOf,
} from '#notations/windows-policies.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { registryOfSetup } from './commands.js';
import { escalation, firewalls, logins, remoteDesktops, scanner, secrets, updates } from './components.js';

export default format<Xml>({
  title: 'Windows answer file',
  files: [{ named: ['**/*.xml'], saying: /<unattend[\s>][^>]{0,300}urn:schemas-microsoft-com:unattend/ }],
  parse: (text) => parseXml(text),
  comments: (file) => file.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Secret, (file) => secrets(file)),
    lowering(Login, (file) => [...logins(file), ...remoteDesktops(file), ...loginsOf(registryOfSetup(file))]),
    lowering(Firewall, (file) => [...firewalls(file), ...firewallsOf(registryOfSetup(file))]),
    lowering(Privilege, (file) => [...escalation(file), ...privilegesOf(registryOfSetup(file))]),
    lowering(Software, (file) => [...updates(file), ...softwareOf(registryOfSetup(file))]),
    lowering(Malware, (file) => [...scanner(file), ...malwareOf(registryOfSetup(file))]),
    lowering(Channel, (file) => channelsOf(registryOfSetup(file))),
    lowering(Session, (file) => sessionsOf(registryOfSetup(file))),
    lowering(Disclosure, (file) => disclosuresOf(registryOfSetup(file))),
    lowering(Store, (file) => storesOf(registryOfSetup(file))),
  ],
});
