import { AuditTrail } from '#concepts/audit-trail.js';
import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { Privilege } from '#concepts/privilege.js';
import { Secret } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import type { Directives } from '#notations/directives.js';
import { auditTrails, logins, privileges, secrets } from './access.js';
import { channelsOf } from './channels.js';
import { inclusionsOf, parse } from './sections.js';

/** Lines that only this broker has beside a `listener`. */
const brokers = /^(?:password_file|acl_file|psk_file|persistence_location|per_listener_settings|allow_zero_length_clientid|use_identity_as_username|max_queued_messages) \S/m;

export default format<Directives>({
  title: 'Eclipse Mosquitto',
  files: [
    '**/mosquitto*.conf', '**/mosquitto/conf.d/*.conf', '**/mosquitto/config/*.conf', '**/mosquitto/*.conf',
    { named: ['**/*.conf'], saying: (head) => /^allow_anonymous (?:true|false)[ \t]*\r?$/m.test(head) || (/^listener \d/m.test(head) && brokers.test(head)) },
  ],
  parse,
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  includes: inclusionsOf,
  facts: [
    lowering(Channel, (file) => channelsOf(file)),
    lowering(Login, logins),
    lowering(AuditTrail, (file) => auditTrails(file)),
    lowering(Secret, (file, analysis) => secrets(file, analysis)),
    lowering(Privilege, (file) => privileges(file)),
  ],
});
