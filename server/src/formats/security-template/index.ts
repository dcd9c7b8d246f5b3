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
  auditTrailsOf, disclosuresOf, firewallsOf, loginsOf, malwareOf, openingsOf, passwordPoliciesOf, portsOf, privilegesOf, sessionsOf, softwareOf, storesOf,
} from '#notations/windows-policies.js';
import { auditTrails, lockout, logins, passwordPolicy } from './accounts.js';
import { privileges } from './rights.js';
import { parseTemplate, secrets, type Template } from './template.js';

/** Sections that only a template has. The setup files of drivers share the ending and `$CHICAGO$`, and none of these. */
const sectionsOfTemplates = /^[ \t]*\[(?:System Access|Event Audit|Registry Values|Privilege Rights|Kerberos Policy|Service General Setting|File Security|Group Membership)\]/im;
const sectionsOfDrivers = /^[ \t]*\[(?:Manufacturer|DestinationDirs|SourceDisksNames|DefaultInstall[\w.]*|ClassInstall32[\w.]*)\]/im;

export default format<Template>({
  title: 'Windows security template',
  files: [
    { named: ['**/*.inf', '**/secpol*.cfg', '**/secpol*.txt', '**/secedit*.cfg', '**/secedit*.txt'], saying: (head) => sectionsOfTemplates.test(head) && !sectionsOfDrivers.test(head) },
    { named: ['**/*.cfg'], saying: (head) => /^[ \t]*\[Unicode\]/im.test(head) && sectionsOfTemplates.test(head) },
  ],
  parse: (text) => parseTemplate(text),
  comments: (file) => file.comments,
  comment: (text) => `; ${text}`,
  devicePolicy: true,
  facts: [
    lowering(PasswordPolicy, (file) => [...passwordPolicy(file), ...passwordPoliciesOf(file.registry)]),
    lowering(Lockout, (file) => lockout(file)),
    lowering(Login, (file) => [...logins(file), ...loginsOf(file.registry)]),
    lowering(AuditTrail, (file) => [...auditTrails(file), ...auditTrailsOf(file.registry)]),
    lowering(Session, (file) => sessionsOf(file.registry)),
    lowering(Disclosure, (file) => disclosuresOf(file.registry)),
    lowering(Privilege, (file) => [...privileges(file), ...privilegesOf(file.registry)]),
    lowering(Channel, (file) => channelsOf(file.registry)),
    lowering(Software, (file) => softwareOf(file.registry)),
    lowering(Malware, (file) => malwareOf(file.registry)),
    lowering(Firewall, (file) => firewallsOf(file.registry)),
    lowering(Opening, (file) => openingsOf(file.registry)),
    lowering(Port, (file) => portsOf(file.registry)),
    lowering(Store, (file) => storesOf(file.registry)),
    lowering(Secret, (file) => secrets(file)),
  ],
});
