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
import { channelsOf } from '#notations/windows-channels.js';
import {
  auditTrailsOf, disclosuresOf, firewallsOf, loginsOf, malwareOf, openingsOf, passwordPoliciesOf, portsOf, privilegesOf, sessionsOf, softwareOf, storesOf,
} from '#notations/windows-policies.js';
import type { Registry } from '#notations/windows-registry.js';
import { parseXml, type Xml } from '#notations/xml.js';
import { registryOf, secrets } from './items.js';

/** A file of preferences with the registry its items set. */
interface Preferences {
  readonly xml: Xml;
  readonly registry: Registry;
}

/** The root of a kind of item; or the collection of registry items that the editor writes where somebody drags one out of it. */
const kinds = /<(?:RegistrySettings|Groups|NTServices|ScheduledTasks|DataSources|Drives|Printers)\s[^>]{0,200}clsid\s*=\s*["']\{/;
const collection = /<Collection\s[^>]{0,200}clsid\s*=\s*["']\{53[Bb]533[Ff]5-/;

export default format<Preferences>({
  title: 'Windows group policy preferences',
  files: [{ named: ['**/*.xml'], saying: (head) => kinds.test(head) || collection.test(head) }],
  parse: (text, previous) => {
    const xml = parseXml(text, previous?.xml);
    return { xml, registry: registryOf(xml) };
  },
  comments: ({ xml }) => xml.comments,
  comment: (text) => `<!-- ${text} -->`,
  facts: [
    lowering(Secret, ({ xml }) => secrets(xml)),
    lowering(Malware, ({ registry }) => malwareOf(registry)),
    lowering(Login, ({ registry }) => loginsOf(registry)),
    lowering(PasswordPolicy, ({ registry }) => passwordPoliciesOf(registry)),
    lowering(Session, ({ registry }) => sessionsOf(registry)),
    lowering(Disclosure, ({ registry }) => disclosuresOf(registry)),
    lowering(Privilege, ({ registry }) => privilegesOf(registry)),
    lowering(Software, ({ registry }) => softwareOf(registry)),
    lowering(Firewall, ({ registry }) => firewallsOf(registry)),
    lowering(Opening, ({ registry }) => openingsOf(registry)),
    lowering(Channel, ({ registry }) => channelsOf(registry)),
    lowering(Port, ({ registry }) => portsOf(registry)),
    lowering(Store, ({ registry }) => storesOf(registry)),
    lowering(AuditTrail, ({ registry }) => auditTrailsOf(registry)),
  ],
});
